// Weights and activations stored as halves, and devices that are too small or lack them.
#include "error.h"
#include "graph/builder.h"
#include "session/memory_needs.h"
#include "session/session.h"
#include "support/error_message.h"
#include "support/gpu.h"
#include "support/tensor_map.h"
#include "support/test_main.h"
#include "vulkan/handle.h"
#include "weights/synthetic.h"

#include <memory>
#include <numeric>

using namespace inceptoscope;

namespace {

constexpr SessionOptions halves{.precision = Precision::Fp16};

/// One 1x1 convolution that sums `channels` channels.
Graph sum(uint32_t channels)
{
    GraphBuilder builder({channels, 4, 3});
    builder.beginModule("m", "m", ModuleKind::Stem);
    (void)builder.input().conv("op", 4, 1, {.activation = Activation::None});
    builder.endModule();
    return builder.finish();
}

TensorMap sumWeights(uint32_t channels, float weight, float bias)
{
    TensorMap map;
    map.add("m/op.weight", {4, channels, 1, 1}, std::vector<float>(size_t(4) * channels, weight));
    map.add("m/op.bias", {4}, std::vector<float>(4, bias));
    return map;
}

} // namespace

class TestFp16 : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_gpu = std::make_unique<Gpu>(); }
    void cleanup() { QVERIFY2(m_gpu->noMessages(), "validation layers found something"); }
    void takesHalfTheMemory();
    void storesHalves();
    void sumsAreFloat();
    void pictures();
    void refusesWhatHalvesCannotHold();
    void neededWithoutDevice();
    void refusesADeviceWithout();
    void refusesASmallDevice();
    void namesTheLimit();

private:
    std::vector<float> outputs(
        const Graph& graph, const TensorMap& weights, float input, const SessionOptions& options);

    std::unique_ptr<Gpu> m_gpu;
};

std::vector<float> TestFp16::outputs(
    const Graph& graph, const TensorMap& weights, float input, const SessionOptions& options)
{
    Session session(m_gpu->device(), graph, weights, options);
    session.setInput(std::vector<float>(graph[graph.input()].shape.elements(), input));
    session.run();
    return session.read(graph.size() - 1);
}

void TestFp16::takesHalfTheMemory()
{
    const Network network = makeNetwork("googlenet");
    const auto weights = syntheticWeights(network.graph, "");
    // Of the same form: Winograd's kernels, which only float32 has, take more.
    const Session full(m_gpu->device(), network.graph, *weights, {.convForm = ConvForm::Direct});
    const Session half(m_gpu->device(), network.graph, *weights, halves);
    QCOMPARE(half.plan().precision, Precision::Fp16);
    const auto ratio = [](uint64_t a, uint64_t b) { return double(a) / double(b); };
    // The tables of read offsets stay what they are.
    QVERIFY(std::abs(ratio(half.weightBytes(), full.weightBytes()) - 0.5) < 0.01);
    QVERIFY(std::abs(ratio(half.activationBytes(), full.activationBytes()) - 0.5) < 0.01);
}

void TestFp16::storesHalves()
{
    const Graph graph = sum(1);
    const float aThird = 1 / 3.0F;
    const float asHalf = 0.333251953125F;
    // The input, the weights and the result, each in turn what a half can't hold.
    QCOMPARE(outputs(graph, sumWeights(1, 1, 0), aThird, halves).at(0), asHalf);
    QCOMPARE(outputs(graph, sumWeights(1, aThird, 0), 1, halves).at(0), asHalf);
    QCOMPARE(outputs(graph, sumWeights(1, 1, aThird), 0, halves).at(0), asHalf);
    QCOMPARE(outputs(graph, sumWeights(1, 2049, 0), 1, halves).at(0), 2048.0F);
    QCOMPARE(outputs(graph, sumWeights(1, aThird, 0), 1, {}).at(0), aThird);
}

/// 2048 + 1 is no half: sums that were stored as halves between chunks would stay at 2048.
void TestFp16::sumsAreFloat()
{
    constexpr uint32_t channels = 4096;
    const std::vector<float> got = outputs(sum(channels), sumWeights(channels, 1, 0), 1, halves);
    QCOMPARE(got, std::vector<float>(got.size(), float(channels)));
    const std::vector<float> odd = outputs(sum(3003), sumWeights(3003, 1, -1003), 1, halves);
    QCOMPARE(odd, std::vector<float>(odd.size(), 2000.0F));
}

void TestFp16::pictures()
{
    const Graph graph = sum(3);
    Session session(m_gpu->device(), graph, sumWeights(3, 1, 0), halves);
    std::vector<float> input(graph[graph.input()].shape.elements());
    std::iota(input.begin(), input.end(), 0.0F);
    session.setInput(input);
    session.run();
    QCOMPARE(session.read(graph.input()), input);
    QCOMPARE(session.readChannel(1, 2).at(1), 1.0F + 13.0F + 25.0F);
    FeatureMapStyle style;
    for (uint32_t i = 0; i < 256; ++i)
        style.colours[i] = i;
    const FeatureMapRequest request{.node = 0, .columns = 3, .gap = 0};
    const FeatureMapAtlas atlas = session.renderFeatureMaps({&request, 1}, style).at(0);
    QCOMPARE(atlas.statistics[2].minimum, 24.0F);
    QCOMPARE(atlas.statistics[2].maximum, 35.0F);
    QCOMPARE(atlas.statistics[1].mean, 17.5F);
    QCOMPARE(atlas.pixels[0], 0U);
    QCOMPARE(atlas.pixels[3 * 9 + 8], 255U);
}

void TestFp16::refusesWhatHalvesCannotHold()
{
    const Graph graph = sum(1);
    QCOMPARE(
        errorMessage([&] { (void)outputs(graph, sumWeights(1, 70000, 0), 1, halves); }),
        QStringLiteral("weights: m/op has the value 70000.000000, fp16 ends at 65504; use "
                       "--precision fp32"));
    QCOMPARE(
        errorMessage([&] { (void)outputs(graph, sumWeights(1, 300, 0), 300, halves); }),
        QStringLiteral("session: m/op has values that fp16 can't hold (it ends at 65504); use "
                       "--precision fp32"));
    QCOMPARE(outputs(graph, sumWeights(1, 300, 0), 300, {}).at(0), 90000.0F);
}

/// What a device must have, from the plan alone.
void TestFp16::neededWithoutDevice()
{
    const Network network = makeNetwork("googlenet");
    for (const Precision precision : {Precision::Fp32, Precision::Fp16}) {
        const Plan p = plan(network.graph, {.precision = precision});
        const WeightLayout weights = layOutWeights(network.graph, p, 256, ConvForm::Direct);
        const MemoryNeeds needs = memoryNeeds(network.graph, p, weights);
        QCOMPARE(needs.activations, p.arenaBytes);
        QCOMPARE(needs.weights, weights.total);
        QCOMPARE(needs.sums > 0, precision == Precision::Fp16);
        QVERIFY(needs.transfers > stagingBytes(weights));
    }
}

void TestFp16::refusesADeviceWithout()
{
    Device device(m_gpu->instance(), {}, {.fp16 = false});
    QVERIFY(!device.info().fp16Storage);
    const Graph graph = sum(1);
    const QString said =
        errorMessage([&] { const Session s(device, graph, sumWeights(1, 1, 0), halves); });
    QCOMPARE(
        said, QString::fromStdString(device.info().name) +
                  " can't store fp16 (it lacks the feature storageBuffer16BitAccess); use "
                  "--precision fp32 or choose another device with --device");
    const Session full(device, graph, sumWeights(1, 1, 0));
}

void TestFp16::refusesASmallDevice()
{
    Device device(m_gpu->instance(), {}, {.memoryBytes = 40U << 20U});
    const Network network = makeNetwork("googlenet");
    const auto weights = syntheticWeights(network.graph, "");
    SessionOptions options{.network = network.title};
    try {
        const Session session(device, network.graph, *weights, options);
        QFAIL("it was made");
    } catch (const Error& error) {
        QCOMPARE(error.kind(), ErrorKind::OutOfMemory);
        const std::string name = device.info().name;
        const std::string tail = " of free device memory; " + name +
                                 " has 40 MiB; choose another device with --device, halve the "
                                 "need with --precision fp16 or open a smaller network";
        const std::string said = error.what();
        QVERIFY2(said.starts_with("GoogLeNet (Inception v1) needs "), said.c_str());
        QVERIFY2(said.ends_with(tail), said.c_str());
    }
    options.precision = Precision::Fp16; // does help
    options.keep = Keep::Taps;
    const Session session(device, network.graph, *weights, options);
}

void TestFp16::namesTheLimit()
{
    const Network network = makeNetwork("googlenet");
    const Plan p = plan(network.graph, {});
    const WeightLayout weights = layOutWeights(network.graph, p, 256, ConvForm::Direct);
    DeviceInfo roomy;
    roomy.name = "D";
    roomy.maxStorageBufferRange = 1U << 30U;
    roomy.maxTexelBufferElements = 1U << 27U;
    roomy.texelReads = true;
    roomy.maxAllocationBytes = 1U << 30U;
    const auto said = [&](const DeviceInfo& device) {
        return errorMessage(
            [&] { requireRoom(network.graph, p, weights, device, 1U << 30U, "N"); });
    };
    QCOMPARE(said(roomy), QString());
    DeviceInfo device = roomy;
    device.maxAllocationBytes = 20U << 20U;
    QCOMPARE(
        said(device), QStringLiteral("N needs %1 in one allocation; D has 20 MiB; choose another "
                                     "device with --device, or open a smaller network")
                          .arg(QString::fromStdString(mebibytes(weights.total))));
    device = roomy;
    device.maxStorageBufferRange = 2U << 20U;
    QVERIFY2(
        said(device).contains(" in one binding for conv1/7x7_s2; D has 2 MiB"),
        qPrintable(said(device)));
    device = roomy;
    device.maxTexelBufferElements = 1U << 16U;
    QVERIFY2(said(device).contains(" in one binding for "), qPrintable(said(device)));
    device.texelReads = false; // then storage buffers count
    QCOMPARE(said(device), QString());
}

INCEPTOSCOPE_TEST_MAIN(TestFp16)
#include "test_fp16.moc"
