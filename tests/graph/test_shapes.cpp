#include "graph/graph_errors.h"
#include "graph/op.h"
#include "support/test_main.h"

using namespace inceptoscope;

Q_DECLARE_METATYPE(inceptoscope::Op)
Q_DECLARE_METATYPE(inceptoscope::Shape)
Q_DECLARE_METATYPE(std::vector<inceptoscope::Shape>)

/// Shape inference of every op, and what it refuses.
class TestShapes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void infers_data();
    void infers();
    void refuses_data();
    void refuses();
    void namesOps();
    void poolWindowsAlwaysSeeAPixel();
};

static QString text(const Shape& shape)
{
    return QString::fromStdString(toString(shape));
}

static Conv2d conv(uint32_t channels, Extent kernel, Extent stride = {}, Padding padding = {})
{
    return {.outChannels = channels, .kernel = kernel, .stride = stride, .padding = padding};
}

static Pool2d pool(uint32_t kernel, uint32_t stride, uint32_t padding, bool ceilMode)
{
    return {
        .kernel = {kernel, kernel},
        .stride = {stride, stride},
        .padding = Padding::symmetric(padding, padding),
        .ceilMode = ceilMode};
}

void TestShapes::infers_data()
{
    QTest::addColumn<Op>("op");
    QTest::addColumn<std::vector<Shape>>("inputs");
    QTest::addColumn<Shape>("expected");
    const auto row = [](const char* name, const Op& op, const std::vector<Shape>& inputs,
                        const Shape& expected) { QTest::newRow(name) << op << inputs << expected; };
    using S = Shape;
    const Padding same3 = Padding::symmetric(3, 3);
    row("conv 7x7/2 pad 3", conv(64, {7, 7}, {2, 2}, same3), {{3, 224, 224}}, {64, 112, 112});
    row("conv 3x3 valid", conv(4, {3, 3}), {{3, 5, 6}}, {4, 3, 4});
    row("conv 3x3/2 valid, odd", conv(5, {3, 3}, {2, 2}), {{3, 9, 11}}, {5, 4, 5});
    row("conv 3x3/2 valid, even: last row unused", conv(5, {3, 3}, {2, 2}), {{3, 8, 10}},
        {5, 3, 4});
    row("conv 1x7", conv(5, {1, 7}, {1, 1}, Padding::symmetric(0, 3)), {{6, 5, 9}}, {5, 5, 9});
    row("conv 7x1", conv(5, {7, 1}, {1, 1}, Padding::symmetric(3, 0)), {{6, 9, 5}}, {5, 9, 5});
    row("conv to one pixel", conv(6, {5, 5}), {{7, 5, 5}}, {6, 1, 1});
    row("conv larger than the image", conv(5, {5, 5}, {1, 1}, Padding::symmetric(2, 2)),
        {{9, 2, 3}}, {5, 2, 3});
    row("TF SAME 3x3/2, even: only right and below", conv(5, {3, 3}, {2, 2}, {0, 1, 0, 1}),
        {{4, 8, 8}}, {5, 4, 4});
    row("TF SAME 3x3/2, odd: symmetric", conv(5, {3, 3}, {2, 2}, {1, 1, 1, 1}), {{4, 7, 7}},
        {5, 4, 4});
    row("TF SAME 7x7/2, even: 2 before, 3 after", conv(4, {7, 7}, {2, 2}, {2, 3, 2, 3}),
        {{3, 14, 14}}, {4, 7, 7});
    row("padding of one side only", conv(1, {2, 3}, {1, 1}, {.left = 4, .top = 1}), {{1, 5, 6}},
        {1, 5, 8});
    Conv2d depthwise = conv(24, {7, 7}, {2, 2}, {2, 3, 2, 3});
    depthwise.groups = 3;
    row("depthwise", depthwise, {{3, 14, 12}}, {24, 7, 6});
    row("pool 3/2 floor, even", pool(3, 2, 0, false), {{3, 8, 10}}, {3, 3, 4});
    row("pool 3/2 ceil, even: partial window", pool(3, 2, 0, true), {{3, 8, 10}}, {3, 4, 5});
    row("pool 3/2 ceil, odd: no partial window", pool(3, 2, 0, true), {{3, 9, 7}}, {3, 4, 3});
    row("GoogLeNet pool1", pool(3, 2, 0, true), {{64, 112, 112}}, {64, 56, 56});
    row("pool 3/1 pad 1", pool(3, 1, 1, true), {{5, 6, 5}}, {5, 6, 5});
    row("pool 2/2 pad 1 ceil: a window in the padding is dropped", pool(2, 2, 1, true), {{2, 8, 7}},
        {2, 5, 4});
    row("pool 3/2 pad 1 ceil", pool(3, 2, 1, true), {{2, 8, 7}}, {2, 5, 4});
    row("pool 3/2 on 2x2 ceil", pool(2, 2, 0, true), {{1, 3, 2}}, {1, 2, 1});
    row("adaptive", AdaptiveAvgPool2d{.out = {4, 3}}, {{2, 14, 5}}, {2, 4, 3});
    row("adaptive that grows", AdaptiveAvgPool2d{.out = {4, 4}}, {{2, 3, 2}}, {2, 4, 4});
    row("global", AdaptiveAvgPool2d{}, {{1024, 7, 7}}, {1024, 1, 1});
    row("lrn", Lrn{}, {{9, 3, 4}}, {9, 3, 4});
    row("concat", Concat{}, {S{3, 3, 4}, S{5, 3, 4}, S{2, 3, 4}}, {10, 3, 4});
    row("concat of one", Concat{}, {{3, 3, 4}}, {3, 3, 4});
    row("add", Add{}, {S{5, 3, 3}, S{5, 3, 3}}, {5, 3, 3});
    row("fc", FullyConnected{.outFeatures = 1000}, {{1024, 1, 1}}, {1000, 1, 1});
    row("fc flattens", FullyConnected{.outFeatures = 6}, {{5, 4, 4}}, {6, 1, 1});
    row("softmax", Softmax{}, {{1000, 1, 1}}, {1000, 1, 1});
}

void TestShapes::infers()
{
    QFETCH(Op, op);
    QFETCH(std::vector<Shape>, inputs);
    QFETCH(Shape, expected);
    QCOMPARE(text(inferShape(op, inputs, "x")), text(expected));
}

void TestShapes::refuses_data()
{
    QTest::addColumn<Op>("op");
    QTest::addColumn<std::vector<Shape>>("inputs");
    QTest::addColumn<QString>("sentence");
    const auto row = [](const char* name, const Op& op, const std::vector<Shape>& inputs,
                        const char* sentence) {
        QTest::newRow(name) << op << inputs << QString("graph: m/x: ") + sentence;
    };
    using S = Shape;
    const S one{6, 5, 5};
    Conv2d grouped = conv(8, {1, 1});
    grouped.groups = 4;
    row("no input", conv(1, {1, 1}), {}, "has no input");
    row("conv of two", conv(1, {1, 1}), {one, one}, "conv takes one input, not 2");
    row("lrn of two", Lrn{}, {one, one}, "lrn takes one input, not 2");
    row("a second Input", Input{}, {one}, "a graph has one input, its first node");
    row("groups", grouped, {one}, "6 to 8 channels don't divide into 4 groups");
    grouped.groups = 0;
    row("no groups", grouped, {one}, "6 to 8 channels don't divide into 0 groups");
    row("no channels", conv(0, {1, 1}), {one}, "needs at least one output channel");
    row("no kernel", conv(1, {0, 1}), {one}, "kernel and stride must be at least 1");
    row("no stride", conv(1, {1, 1}, {1, 0}), {one}, "kernel and stride must be at least 1");
    row("no pool kernel", pool(0, 1, 0, false), {one}, "kernel and stride must be at least 1");
    row("kernel too big", conv(1, {1, 8}, {1, 1}, Padding::symmetric(0, 1)), {one},
        "a kernel of 8 doesn't fit into 7 pixels");
    row("padding as wide as the pool", pool(2, 2, 2, false), {one},
        "a pool's padding must be smaller than its kernel");
    row("adaptive to nothing", AdaptiveAvgPool2d{.out = {0, 1}}, {one},
        "needs at least one output pixel");
    row("even lrn", Lrn{.size = 4}, {one}, "the window must be odd, not 4");
    row("concat of two sizes", Concat{}, {one, S{6, 5, 4}}, "can't join 6x5x4 to 6x5x5");
    row("add of one", Add{}, {one}, "add takes two inputs, not 1");
    row("add of two shapes", Add{}, {one, S{5, 5, 5}}, "can't add 5x5x5 to 6x5x5");
    row("fc to nothing", FullyConnected{}, {one}, "needs at least one output feature");
}

void TestShapes::refuses()
{
    QFETCH(Op, op);
    QFETCH(std::vector<Shape>, inputs);
    QFETCH(QString, sentence);
    const std::string actual = usageError([&] { (void)inferShape(op, inputs, "m/x"); });
    QCOMPARE(QString::fromStdString(actual), sentence);
}

void TestShapes::namesOps()
{
    QCOMPARE(opName(Input{}), std::string("input"));
    QCOMPARE(opName(Conv2d{}), std::string("conv"));
    QCOMPARE(opName(Pool2d{.kind = PoolKind::Max}), std::string("maxpool"));
    QCOMPARE(opName(Pool2d{.kind = PoolKind::Average}), std::string("avgpool"));
    QCOMPARE(opName(AdaptiveAvgPool2d{}), std::string("global_avgpool"));
    QCOMPARE(opName(AdaptiveAvgPool2d{.out = {4, 4}}), std::string("adaptive_avgpool"));
    QCOMPARE(opName(Lrn{}), std::string("lrn"));
    QCOMPARE(opName(Concat{}), std::string("concat"));
    QCOMPARE(opName(Add{}), std::string("add"));
    QCOMPARE(opName(FullyConnected{}), std::string("fc"));
    QCOMPARE(opName(Softmax{}), std::string("softmax"));
}

void TestShapes::poolWindowsAlwaysSeeAPixel()
{
    // Every kernel, stride, padding and size up to 6: the last window starts before the
    // picture's end and, where sizes round up, another one would start in the padding or has
    // nothing left to see.
    for (uint32_t kernel = 1; kernel <= 6; ++kernel)
        for (uint32_t stride = 1; stride <= 6; ++stride)
            for (uint32_t padding = 0; padding < kernel; ++padding)
                for (uint32_t size = 1; size <= 6; ++size) {
                    if (size + 2 * padding < kernel)
                        continue;
                    const auto windows = [&](bool ceilMode) {
                        const Op op = pool(kernel, stride, padding, ceilMode);
                        return inferShape(op, {{1, size, size}}, "x").h;
                    };
                    for (const bool ceilMode : {false, true}) {
                        const uint32_t last = (windows(ceilMode) - 1) * stride;
                        QVERIFY(last < size + padding);
                        QVERIFY(last + kernel > padding);
                    }
                    QVERIFY(
                        windows(true) * stride >= size + padding ||
                        (windows(true) - 1) * stride + kernel >= size + 2 * padding);
                    QVERIFY(windows(true) - windows(false) <= 1);
                }
}

INCEPTOSCOPE_TEST_MAIN(TestShapes)
#include "test_shapes.moc"
