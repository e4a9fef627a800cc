#include "kernels/conv2d.h"
#include "session/compile_ahead.h"
#include "support/gpu.h"
#include "support/test_main.h"
#include "vulkan/buffer.h"

#include <thread>

using namespace inceptoscope;

namespace {

/// Of a 1x1 convolution over so many steps, as a session would dispatch them.
std::vector<Dispatch> dispatchesOf(uint32_t steps, ConvForm form, uint64_t address)
{
    const auto place = [](uint32_t channels) {
        const TensorLayout layout{
            .shape = {channels, 4, 4}, .halo = {}, .rowStride = 4, .planeStride = 16};
        return Placed{.layout = layout};
    };
    const Conv2d op{.outChannels = 32, .kernel = {1, 1}};
    std::vector<Dispatch> all =
        conv2d(op, place(steps * 4), place(32), {.form = form, .address = address});
    for (Dispatch& dispatch : all)
        dispatch.groups = {1, 1, 1};
    return all;
}

uint32_t steps(const std::vector<Dispatch>& dispatches)
{
    uint32_t sum = 0;
    for (const Dispatch& dispatch : dispatches)
        sum += dispatch.constants.at(1);
    return sum;
}

} // namespace

class TestCompileAhead : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_gpu = std::make_unique<Gpu>(); }
    void cleanup() { QVERIFY(m_gpu->noMessages()); }
    void halvesOfLongCode();
    void nothingAheadWhereItIsNoUse();
    void compilesBesideTheDevice();

private:
    std::unique_ptr<Gpu> m_gpu;
};

void TestCompileAhead::halvesOfLongCode()
{
    if (!m_gpu->device().info().texelReads || std::thread::hardware_concurrency() < 2)
        QSKIP("not llvmpipe on two processors");
    std::vector<Dispatch> all;
    for (const uint32_t size : {9U, 24U, 48U, 96U, 51U})
        for (const Dispatch& dispatch : dispatchesOf(size == 51 ? 49 : size, ConvForm::Direct, 0))
            all.push_back(dispatch);
    const CompileSplit split = splitForCompiling(m_gpu->device(), all);
    QCOMPARE(split.here.size() + split.ahead.size(), all.size());
    QCOMPARE(steps(split.here) + steps(split.ahead), steps(all));
    const auto larger = std::max(steps(split.here), steps(split.ahead));
    QVERIFY(larger <= steps(all) * 6 / 10);
    for (const Dispatch& dispatch : split.ahead)
        QVERIFY(dispatch.constants.at(1) > 9); // what is quick stays
}

void TestCompileAhead::nothingAheadWhereItIsNoUse()
{
    const auto ahead = [&](const std::vector<Dispatch>& dispatches) {
        return splitForCompiling(m_gpu->device(), dispatches).ahead.size();
    };
    QCOMPARE(ahead({}), 0U);
    QCOMPARE(ahead(dispatchesOf(96, ConvForm::Direct, 0)), 0U); // one alone
    QCOMPARE(ahead(dispatchesOf(960, ConvForm::Loop, 0)), 0U);
}

/// The layers of validation, which watch the second device too, have nothing to say (cleanup).
void TestCompileAhead::compilesBesideTheDevice()
{
    Buffer weights(m_gpu->device(), MemoryUse::Device, 1U << 16U, "weights");
    CompileAhead ahead(m_gpu->device(), dispatchesOf(9, ConvForm::Direct, weights.address()));
    ahead.wait();
    ahead.wait(); // twice is as good as once
    CompileAhead nothing(m_gpu->device(), {});
}

INCEPTOSCOPE_TEST_MAIN(TestCompileAhead)
#include "test_compile_ahead.moc"
