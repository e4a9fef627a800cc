#include "graph/builder.h"
#include "session/session.h"
#include "support/forms.h"
#include "support/gpu.h"
#include "support/tensor_map.h"
#include "support/test_main.h"
#include "weights/layer_weights.h"

#include <cmath>
#include <functional>
#include <limits>
#include <memory>

using namespace inceptoscope;

/// NaN reaches whatever is computed from it, as in PyTorch, and shows in pictures and statistics.
class TestNan : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_gpu = std::make_unique<Gpu>(); }
    void cleanup() { QVERIFY2(m_gpu->noMessages(), "validation layers found something"); }
    void windows_data();
    void windows();
    void everywhere_data();
    void everywhere();
    void infinite();
    void statistics();
    void pictures();
    void overflow();

private:
    [[nodiscard]] std::vector<float>
    run(const Graph& graph, const std::vector<float>& input, const SessionOptions& options = {});
    std::unique_ptr<Gpu> m_gpu;
};

constexpr float notANumber = std::numeric_limits<float>::quiet_NaN();
constexpr float endless = std::numeric_limits<float>::infinity();
constexpr uint32_t side = 12;

using Write = std::function<Tensor(const Tensor&)>;
Q_DECLARE_METATYPE(Write)

static Graph graphOf(const Write& write, const Shape& input = {4, side, side})
{
    GraphBuilder builder(input);
    {
        const ModuleScope module(builder.input(), "m", "M", ModuleKind::Stem, ".");
        (void)write(builder.input());
    }
    return builder.finish();
}

/// The last node's result.
std::vector<float>
TestNan::run(const Graph& graph, const std::vector<float>& input, const SessionOptions& options)
{
    TensorMap weights;
    for (const Parameter& p : parameters(graph, true))
        weights.addSynthetic(p.key, p.shape);
    Session session(m_gpu->device(), graph, weights, options);
    session.setInput(input);
    session.run();
    return session.read(graph.size() - 1);
}

static std::vector<float> ramp(size_t count)
{
    std::vector<float> values(count);
    for (size_t i = 0; i < count; ++i)
        values[i] = float(i % 17) - 8.0F;
    return values;
}

void TestNan::windows_data()
{
    QTest::addColumn<Write>("write");
    QTest::addColumn<int>("kernel"); // of the window that reaches the NaN
    QTest::addColumn<int>("stride");
    QTest::addColumn<int>("padding");
    QTest::addColumn<bool>("mixes"); // channels
    QTest::addColumn<int>("form");
    for (size_t f = 0; f < forms.size(); ++f) {
        if (forms[f].precision != Precision::Fp32)
            continue;
        const auto row = [&](const char* name, const Write& write, int kernel, int stride,
                             int padding) {
            if (!forms[f].matters(graphOf(write)))
                return; // computed as in a row before
            QTest::addRow("%s, %s", name, forms[f].name)
                << write << kernel << stride << padding << true << int(f);
        };
        row(
            "conv 1x1", [](const Tensor& x) { return x.conv("c", 8, 1); }, 1, 1, 0);
        row(
            "conv 3x3", [](const Tensor& x) { return x.conv("c", 8, 3); }, 3, 1, 1);
        row(
            "conv 3x3, stride 2", [](const Tensor& x) { return x.conv("c", 8, 3, {.stride = 2}); },
            3, 2, 1);
    }
    const auto row = [](const char* name, const Write& write, int kernel, int stride, int padding) {
        QTest::newRow(name) << write << kernel << stride << padding << false << 0;
    };
    row(
        "max pool", [](const Tensor& x) { return x.maxPool("p", 3, {.stride = 2}); }, 3, 2, 0);
    row(
        "max pool, stride 1",
        [](const Tensor& x) { return x.maxPool("p", 3, {.stride = 1, .padding = 1}); }, 3, 1, 1);
    row(
        "max pool of a size of its own",
        [](const Tensor& x) { return x.maxPool("p", 7, {.stride = 1, .padding = 3}); }, 7, 1, 3);
    row(
        "average pool",
        [](const Tensor& x) { return x.avgPool("p", 3, {.stride = 1, .padding = 1}); }, 3, 1, 1);
}

/// At one pixel of one channel: exactly the results whose window has it are NaN.
void TestNan::windows()
{
    QFETCH(const Write, write);
    QFETCH(const int, kernel);
    QFETCH(const int, stride);
    QFETCH(const int, padding);
    QFETCH(const bool, mixes);
    QFETCH(const int, form);
    const Graph graph = graphOf(write);
    const Form& with = forms.at(size_t(form));
    constexpr int channel = 1;
    constexpr int row = 4;
    constexpr int column = 7;
    std::vector<float> input = ramp(size_t(4) * side * side);
    input[(channel * side + row) * side + column] = notANumber;
    const std::vector<float> result = run(graph, input, with.with({}));
    const Shape& shape = graph[graph.size() - 1].shape;
    const auto reaches = [&](uint32_t at, int where) {
        const int begin = int(at) * stride - padding;
        return begin <= where && where < begin + kernel;
    };
    size_t found = 0;
    for (uint32_t c = 0; c < shape.c; ++c)
        for (uint32_t y = 0; y < shape.h; ++y)
            for (uint32_t x = 0; x < shape.w; ++x) {
                const bool nan = std::isnan(result[(c * shape.h + y) * shape.w + x]);
                const bool touched =
                    (mixes || c == channel) && reaches(y, row) && reaches(x, column);
                found += nan ? 1 : 0;
                // Winograd's form computes whole tiles from whole tiles.
                if (isWinograd(with.convolutions))
                    QVERIFY(nan || !touched);
                else
                    QCOMPARE(nan, touched);
            }
    QVERIFY(found > 0 && found < result.size());
}

void TestNan::everywhere_data()
{
    QTest::addColumn<Write>("write");
    const auto row = [](const char* name, const Write& write) { QTest::newRow(name) << write; };
    row("softmax", [](const Tensor& x) { return x.globalAvgPool("g").softmax("s"); });
    row("linear and ReLU",
        [](const Tensor& x) { return x.fc("f", 40, Activation::Relu).softmax("s"); });
    row("direction", [](const Tensor& x) { return x.globalAvgPool("g").then("n", L2Normalize{}); });
    row("whole plane", [](const Tensor& x) { return x.conv("c", 6, 1).globalAvgPool("g"); });
    row("sum", [](const Tensor& x) {
        const Tensor a = x.globalAvgPool("g").conv("a", 4, 1);
        return add(a, a.conv("b", 4, 1), {.scale = 0.5F, .activation = Activation::Relu});
    });
    row("normalised", [](const Tensor& x) {
        return x.conv("c", 4, 1).lrn("l").maxPool("p", 3, {.stride = 1}).fc("f", 10).softmax("s");
    });
}

/// No class comes out of it.
void TestNan::everywhere()
{
    QFETCH(const Write, write);
    std::vector<float> input = ramp(size_t(4) * side * side);
    for (uint32_t c = 0; c < 4; ++c)
        input[(c * side + 4) * side + 7] = c == 1 ? -notANumber : notANumber;
    for (const float value : run(graphOf(write), input))
        QVERIFY(std::isnan(value));
}

/// Infinities keep their sign, and two classes that are infinite have no order.
void TestNan::infinite()
{
    const Graph linear =
        graphOf([](const Tensor& x) { return x.maxPool("p", 1, {.stride = 1}); }, {4, 1, 1});
    QCOMPARE(run(linear, {-endless, endless, 0, 1}), (std::vector<float>{-endless, endless, 0, 1}));
    const Graph softmax = graphOf([](const Tensor& x) { return x.softmax("s"); }, {3, 1, 1});
    for (const float value : run(softmax, {endless, 1, endless}))
        QVERIFY(std::isnan(value));
    for (const float value : run(softmax, {endless, 1, 2}))
        QVERIFY(std::isnan(value)); // as PyTorch has it
    const std::vector<float> fine = run(softmax, {-endless, 1, 1});
    QVERIFY(fine[0] < 1e-30F);
    QVERIFY(std::abs(fine[1] - 0.5F) < 1e-6F);
}

/// Of few and of many pixels, which are counted in two ways.
void TestNan::statistics()
{
    for (const uint32_t size : {4U, 60U}) {
        const Graph graph = graphOf(
            [](const Tensor& x) { return x.maxPool("p", 1, {.stride = 1}); }, {3, size, size});
        Session session(m_gpu->device(), graph, TensorMap());
        const size_t pixels = size_t(size) * size;
        std::vector<float> input(3 * pixels, 2.0F);
        input[0] = notANumber;
        input[1] = -notANumber;
        input[2] = endless;
        input[3] = 0;
        std::fill(input.begin() + ptrdiff_t(2 * pixels), input.end(), notANumber);
        input.back() = -endless;
        session.setInput(input);
        session.run();
        const FeatureMapRequest request{.node = 1};
        const auto atlas = session.renderFeatureMaps({&request, 1}, {});
        const std::vector<ChannelStatistics>& found = atlas.at(0).statistics;
        QCOMPARE(found.size(), size_t(3));
        QCOMPARE(found[0].nan, 2.0F);
        QCOMPARE(found[0].infinite, 1.0F);
        QCOMPARE(found[0].minimum, 0.0F);
        QCOMPARE(found[0].maximum, 2.0F);
        const float mean = 2.0F * float(pixels - 4) / float(pixels - 3);
        QVERIFY(std::abs(found[0].mean - mean) < 1e-5F);
        QVERIFY(std::abs(found[0].zeroShare - 1.0F / float(pixels)) < 1e-6F);
        QCOMPARE(found[1].nan + found[1].infinite, 0.0F);
        QCOMPARE(found[1].mean, 2.0F);
        QCOMPARE(found[2].nan, float(pixels - 1));
        QCOMPARE(found[2].infinite, 1.0F);
        QVERIFY(std::isnan(found[2].minimum) && std::isnan(found[2].mean));
    }
}

/// NaN has its own colour, the infinite ones those of the ends.
void TestNan::pictures()
{
    const Graph graph =
        graphOf([](const Tensor& x) { return x.maxPool("p", 1, {.stride = 1}); }, {1, 2, 3});
    Session session(m_gpu->device(), graph, TensorMap());
    session.setInput(std::vector<float>{1, notANumber, 2, endless, -endless, -notANumber});
    session.run();
    FeatureMapStyle style;
    for (uint32_t i = 0; i < 256; ++i)
        style.colours[i] = 0xff000000U | i * 0x010101U;
    const FeatureMapRequest request{.node = 1};
    for (const Scaling scaling : {Scaling::PerChannel, Scaling::PerLayer}) {
        style.scaling = scaling;
        const auto atlas = session.renderFeatureMaps({&request, 1}, style);
        QCOMPARE(
            atlas.at(0).pixels, (std::vector<uint32_t>{
                                    style.colours[0], nanColour, style.colours[255],
                                    style.colours[255], style.colours[0], nanColour}));
    }
}

/// Finite weights and a finite picture that grow beyond all bounds on the way.
void TestNan::overflow()
{
    const Graph graph = graphOf(
        [](const Tensor& x) {
            return x.conv("a", 2, 1).conv("b", 2, 1).conv("c", 2, 1).fc("f", 5).softmax("s");
        },
        {2, 1, 1});
    TensorMap weights;
    for (const Parameter& p : parameters(graph, true)) {
        size_t count = 1;
        for (const uint64_t d : p.shape)
            count *= d;
        std::vector<float> values(count, 1e30F);
        for (size_t i = 1; i < count; i += 2)
            values[i] = p.key == "m.c.weight" ? -1e30F : 1e30F;
        weights.add(p.key, p.shape, values);
    }
    Session session(m_gpu->device(), graph, weights);
    session.setInput(std::vector<float>{1, 2});
    session.run();
    for (const float value : session.read(graph.size() - 1))
        QVERIFY(std::isnan(value));
}

INCEPTOSCOPE_TEST_MAIN(TestNan)
#include "test_nan.moc"
