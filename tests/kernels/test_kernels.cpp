#include "error.h"
#include "graph/builder.h"
#include "kernels/conv2d.h"
#include "reference/reference.h"
#include "session/session.h"
#include "support/forms.h"
#include "support/gpu.h"
#include "support/op_cases.h"
#include "support/test_main.h"
#include "weights/layer_weights.h"
#include "weights/synthetic.h"

#include <memory>

Q_DECLARE_METATYPE(inceptoscope::Shape)
Q_DECLARE_METATYPE(inceptoscope::Op)

using namespace inceptoscope;

namespace {

/// Relative L2 of one op. A half is off by 2^-12 of itself at most, 1.4e-4 on average; inputs,
/// weights and results all are.
constexpr double bound(Precision precision)
{
    return precision == Precision::Fp16 ? 1e-3 : 1e-5;
}

/// Synthetic weights of a graph, as tensors.
TensorMap weightsOf(const Graph& graph)
{
    TensorMap map;
    for (const Parameter& p : parameters(graph, true))
        map.addSynthetic(p.key, p.shape);
    return map;
}

Graph single(const Shape& in, Op op)
{
    GraphBuilder builder(in);
    builder.beginModule("m", "m", ModuleKind::Stem);
    (void)builder.input().then("op", std::move(op));
    builder.endModule();
    return builder.finish();
}

Conv2d conv(uint32_t channels, Extent kernel, Extent stride, Padding padding)
{
    return {
        .outChannels = channels,
        .kernel = kernel,
        .stride = stride,
        .padding = padding,
        .batchNorm = std::nullopt};
}

} // namespace

/// Every kernel against the oracle's cases and, for odd shapes, against the CPU reference.
class TestKernels : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanup();
    void oracle_data();
    void oracle();
    void oracleReusingMemory();
    void oddShapes_data();
    void oddShapes();
    void concatenationOfConcatenation();
    void preprocessing();
    void onlyTheDirectFormAdds();
    void resizing_data();
    void resizing();

private:
    std::vector<float>
    run(const Graph& graph, const TensorSource& weights, const std::vector<float>& input,
        NodeId node, const SessionOptions& options);
    void compareWithReference(const Graph& graph, const std::vector<Keep>& kept);

    std::unique_ptr<Gpu> m_gpu;
    size_t m_turn = 0; ///< of formsFor()
};

void TestKernels::initTestCase()
{
    m_gpu = std::make_unique<Gpu>();
}

void TestKernels::cleanup()
{
    QVERIFY2(m_gpu->noMessages(), "validation layers found something");
}

static SessionOptions tapped(SessionOptions options, NodeId node)
{
    options.taps = {node};
    return options;
}

static std::vector<float> result(Session& session, const std::vector<float>& input, NodeId node)
{
    session.setInput(input);
    session.run();
    session.run(); // a second run must not see what the first one left
    return session.read(node);
}

std::vector<float> TestKernels::run(
    const Graph& graph, const TensorSource& weights, const std::vector<float>& input, NodeId node,
    const SessionOptions& options)
{
    Session session(m_gpu->device(), graph, weights, tapped(options, node));
    return result(session, input, node);
}

void TestKernels::oracle_data()
{
    QTest::addColumn<int>("index");
    if (!QFileInfo::exists(sharedPath("oracle/ops.json")))
        return;
    const OpCases cases = loadOpCases(sharedPath("oracle/ops.json").toStdString());
    for (size_t i = 0; i < cases.ops.size(); ++i)
        QTest::newRow(cases.ops[i].id.c_str()) << int(i);
}

void TestKernels::oracle()
{
    REQUIRE_SHARED("oracle/ops.json");
    QFETCH(const int, index);
    static const OpCases cases = loadOpCases(sharedPath("oracle/ops.json").toStdString());
    const OpCase& c = cases.ops[size_t(index)];
    for (const Form* form : formsFor(c.graph, m_gpu->device().info(), m_turn++)) {
        Session session(m_gpu->device(), c.graph, c.weights, tapped(form->with({}), c.output));
        for (size_t n = 0; n < c.inputs.size(); ++n) {
            const double error = relativeL2(
                std::span<const float>(result(session, c.inputs[n], c.output)),
                std::span<const double>(c.expected[n]));
            const QString what = QString("%1: %2").arg(form->name).arg(error);
            QVERIFY2(error <= bound(form->precision), qPrintable(what));
        }
    }
}

void TestKernels::oracleReusingMemory()
{
    REQUIRE_SHARED("oracle/ops.json");
    const OpCases cases = loadOpCases(sharedPath("oracle/ops.json").toStdString());
    for (const OpCase& c : cases.ops) {
        if (c.op != "inception_v1" && c.op != "inception_naive" && c.op != "concat")
            continue;
        for (const Form* form : formsFor(c.graph, m_gpu->device().info(), m_turn++)) {
            const std::vector<float> got =
                run(c.graph, c.weights, c.inputs[0], c.output, form->with({.keep = Keep::Taps}));
            const double error =
                relativeL2(std::span<const float>(got), std::span<const double>(c.expected[0]));
            QVERIFY2(error <= bound(form->precision), c.id.c_str());
        }
    }
}

void TestKernels::oddShapes_data()
{
    QTest::addColumn<Shape>("in");
    QTest::addColumn<Op>("op");
    const auto row = [](const char* name, const Shape& in, Op op) {
        QTest::newRow(name) << in << std::move(op);
    };
    row("conv 1x1, 1 pixel", {5, 1, 1}, conv(33, {1, 1}, {1, 1}, {}));
    row("conv 3x3, one row", {7, 1, 41}, conv(9, {3, 3}, {1, 1}, Padding::symmetric(1, 1)));
    row("conv 3x3, one column", {6, 37, 1}, conv(17, {3, 3}, {1, 1}, Padding::symmetric(1, 1)));
    row("conv 2x5, strides 3 and 2", {11, 13, 17}, conv(47, {2, 5}, {3, 2}, {4, 1, 0, 2}));
    row("conv 4x4, 129 channels", {3, 9, 9}, conv(129, {4, 4}, {2, 2}, {1, 2, 2, 1}));
    row("conv 3x3, 50 channels, uneven padding", {50, 19, 26},
        conv(39, {3, 3}, {1, 1}, {0, 2, 1, 1}));
    row("conv 3x3, no padding", {17, 15, 14}, conv(33, {3, 3}, {1, 1}, {}));
    row("conv 7x1, no padding", {9, 17, 6}, conv(20, {7, 1}, {1, 1}, {}));
    row("conv 1x3", {21, 5, 11}, conv(70, {1, 3}, {1, 1}, {1, 1, 0, 0}));
    row("conv 3x1", {200, 8, 8}, conv(16, {3, 1}, {1, 1}, {0, 0, 1, 1}));
    row("conv 1x7, 65 channels in", {65, 17, 17}, conv(48, {1, 7}, {1, 1}, {3, 3, 0, 0}));
    row("conv 11x11/4", {3, 55, 63}, conv(20, {11, 11}, {4, 4}, Padding::symmetric(2, 2)));
    // Chunks of 96, 96 and 9 steps on llvmpipe, and a block that isn't full.
    row("conv 1x1, 804 channels in", {804, 7, 9}, conv(40, {1, 1}, {1, 1}, {}));
    row("conv 1x1, 1030 channels out", {8, 2, 3}, conv(1030, {1, 1}, {1, 1}, {}));
    Conv2d linear = conv(12, {3, 3}, {1, 1}, Padding::symmetric(1, 1));
    linear.activation = Activation::None;
    linear.scale = 0.17F;
    row("conv, linear, scaled", {10, 8, 5}, linear);
    Conv2d plain = linear;
    plain.bias = false;
    plain.batchNorm = BatchNorm{.eps = 1e-5F, .gamma = false};
    row("conv, batch normalised without gamma, scaled", {10, 8, 5}, plain);
    Conv2d grouped = conv(12, {3, 3}, {1, 1}, Padding::symmetric(1, 1));
    grouped.groups = 3;
    row("conv, 3 groups", {6, 5, 7}, grouped);
    row("max pool 2x3/3x1", {5, 10, 11},
        Pool2d{.kernel = {2, 3}, .stride = {3, 1}, .padding = {1, 1, 0, 1}, .ceilMode = true});
    row("average pool, padding counted", {6, 7, 9},
        Pool2d{
            .kind = PoolKind::Average,
            .kernel = {3, 4},
            .stride = {2, 2},
            .padding = {1, 2, 1, 0}});
    row("average pool, padding not counted", {6, 7, 9},
        Pool2d{
            .kind = PoolKind::Average,
            .kernel = {3, 4},
            .stride = {2, 2},
            .padding = {1, 2, 1, 0},
            .countIncludePad = false});
    row("global average", {37, 13, 7}, AdaptiveAvgPool2d{});
    row("adaptive average", {5, 11, 13}, AdaptiveAvgPool2d{.out = {3, 4}});
    row("lrn over 9 channels", {21, 3, 5}, Lrn{.size = 9, .alpha = 0.3F, .beta = 0.75F, .k = 2.0F});
    row("lrn, other beta", {21, 3, 5}, Lrn{.size = 5, .alpha = 0.3F, .beta = 0.6F, .k = 1.5F});
    row("fully connected", {13, 3, 2}, FullyConnected{.outFeatures = 1001});
    row("fully connected, ReLU", {130, 1, 1},
        FullyConnected{.outFeatures = 3, .bias = false, .activation = Activation::Relu});
    row("softmax", {1001, 1, 1}, Softmax{});
}

void TestKernels::compareWithReference(const Graph& graph, const std::vector<Keep>& kept)
{
    const TensorMap weights = weightsOf(graph);
    const std::vector<float> input =
        syntheticUniform("odd", graph[graph.input()].shape.elements(), "");
    const std::vector<std::vector<double>> expected = referenceRun(graph, weights, input);
    const NodeId last = graph.size() - 1;
    for (const Form* form : formsFor(graph, m_gpu->device().info(), m_turn++)) {
        for (const Keep keep : kept) {
            const std::vector<float> got =
                run(graph, weights, input, last, form->with({.keep = keep}));
            const double error =
                relativeL2(std::span<const float>(got), std::span<const double>(expected[last]));
            const QString what = QString("%1: %2").arg(form->name).arg(error);
            QVERIFY2(error <= bound(form->precision), qPrintable(what));
        }
    }
}

void TestKernels::oddShapes()
{
    QFETCH(const Shape, in);
    QFETCH(const Op, op);
    compareWithReference(single(in, op), {Keep::Everything}); // one op reuses no memory
}

void TestKernels::concatenationOfConcatenation()
{
    GraphBuilder builder({6, 9, 8});
    builder.beginModule("m", "m", ModuleKind::Inception);
    const Tensor x = builder.input();
    const Tensor a = x.conv("a", 8, 3);
    const Tensor b = x.conv("b", 12, 1);
    const Tensor inner = concat({a, b}, "inner");
    const Tensor c = x.maxPool("c", 3, {.stride = 1, .padding = 1});
    const Tensor outer = concat({inner, c.conv("d", 7, 1)}, "outer");
    // A part of a concatenation is read by itself, and one tensor is joined twice.
    const Tensor e = inner.conv("e", 5, 5);
    (void)concat({outer, e, e, c}, "last").conv("f", 33, 3);
    builder.endModule();
    compareWithReference(builder.finish(), {Keep::Everything, Keep::Taps});
}

void TestKernels::preprocessing()
{
    REQUIRE_SHARED("oracle/ops.json");
    const OpCases cases = loadOpCases(sharedPath("oracle/ops.json").toStdString());
    QVERIFY(cases.preprocess.size() >= 5);
    for (const PreprocessCase& c : cases.preprocess) {
        const Graph graph = single({3, c.height, c.width}, Lrn{});
        const std::vector<uint8_t> pixels = c.rgba();
        const ImageView image{pixels.data(), c.width, c.height, size_t(c.width) * 4};
        for (const Precision precision : {Precision::Fp32, Precision::Fp16}) {
            if (precision == Precision::Fp16 && !m_gpu->device().info().fp16Storage)
                continue;
            Session session(m_gpu->device(), graph, TensorMap(), {.precision = precision});
            session.setImage(image, c.preprocessing);
            const double error = relativeL2(
                std::span<const float>(session.read(graph.input())),
                std::span<const double>(c.expected));
            const QString what = QString("%1: %2").arg(c.id.c_str()).arg(error);
            QVERIFY2(error <= bound(precision), qPrintable(what));
        }
    }
}

void TestKernels::resizing_data()
{
    QTest::addColumn<int>("width");
    QTest::addColumn<int>("height");
    QTest::newRow("half") << 64 << 64;
    QTest::newRow("wide") << 150 << 40;
    QTest::newRow("tall, odd") << 37 << 101;
    QTest::newRow("enlarged") << 10 << 7;
    QTest::newRow("one pixel") << 1 << 1;
    QTest::newRow("as it is") << 32 << 32;
}

/// Mean of a picture's row or column i over [from, to), which covers part of it; where the
/// picture is enlarged, linear between the two nearest.
static double along(double from, double to, int size)
{
    const double middle = (from + to) / 2;
    if (to - from < 1.0)
        return std::clamp(middle - 0.5, 0.0, size - 1.0);
    double sum = 0;
    for (int i = 0; i < size; ++i)
        sum += i * std::max(0.0, std::min(i + 1.0, to) - std::max(double(i), from));
    return sum / (std::min(double(size), to) - std::max(0.0, from));
}

void TestKernels::onlyTheDirectFormAdds()
{
    const Conv2d op = conv(8, {3, 3}, {1, 1}, Padding::symmetric(1, 1));
    const Placed place{
        .layout = {
            .shape = {8, 16, 16},
            .halo = Padding::symmetric(1, 1),
            .rowStride = 18,
            .planeStride = 18 * 18}};
    for (const ConvForm form :
         {ConvForm::Winograd, ConvForm::Tiled, ConvForm::TiledSmall, ConvForm::Vector,
          ConvForm::WinogradLoop}) {
        try {
            (void)conv2d(op, place, place, {.form = form}, true);
            QFAIL("no error");
        } catch (const Error& error) {
            QVERIFY(error.kind() == ErrorKind::Usage);
        }
    }
    QVERIFY(!conv2d(op, place, place, {.form = ConvForm::Direct}, true).empty());
}

/// Red is the column and green the row, so that each shows one direction of the filter.
void TestKernels::resizing()
{
    QFETCH(const int, width);
    QFETCH(const int, height);
    const Graph graph = single({3, 24, 24}, Lrn{});
    Session session(m_gpu->device(), graph, TensorMap());
    std::vector<uint8_t> pixels(size_t(width) * size_t(height) * 4, 255);
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x) {
            pixels[size_t(y * width + x) * 4] = uint8_t(x);
            pixels[size_t(y * width + x) * 4 + 1] = uint8_t(y);
        }
    session.setImage(
        {pixels.data(), uint32_t(width), uint32_t(height), size_t(width) * 4}, {.resize = 32});
    const std::vector<float> got = session.read(graph.input());

    const double scale = 32.0 / std::min(width, height);
    const double resizedWidth = std::round(width * scale);
    const double resizedHeight = std::round(height * scale);
    const double pitchX = width / resizedWidth;
    const double pitchY = height / resizedHeight;
    const double left = std::floor((resizedWidth - 24) / 2);
    const double top = std::floor((resizedHeight - 24) / 2);
    for (int y = 0; y < 24; ++y) {
        for (int x = 0; x < 24; ++x) {
            const double u = along((left + x) * pitchX, (left + x + 1) * pitchX, width);
            const double v = along((top + y) * pitchY, (top + y + 1) * pitchY, height);
            const size_t at = size_t(y * 24 + x);
            QVERIFY(std::abs(got[at] - u) < 2e-3);
            QVERIFY(std::abs(got[576 + at] - v) < 2e-3);
            QVERIFY(std::abs(got[1152 + at] - 255.0F) < 2e-3F);
        }
    }
}

INCEPTOSCOPE_TEST_MAIN(TestKernels)
#include "test_kernels.moc"
