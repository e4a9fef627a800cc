#include "graph/builder.h"
#include "graph/receptive_field.h"
#include "reference/reference.h"
#include "support/test_main.h"
#include "weights/synthetic.h"
#include "zoo/network.h"

using namespace inceptoscope;

class TestReceptiveField : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void growsThroughGooglenet_data();
    void growsThroughGooglenet();
    void startsInThePadding();
    void flatteningSeesEverything();
    void adaptiveWindows();
    void isWhatInfluencesTheValue();
};

static QString text(const PixelRect& r)
{
    return QString("x %1 y %2 w %3 h %4").arg(r.x).arg(r.y).arg(r.w).arg(r.h);
}

void TestReceptiveField::growsThroughGooglenet_data()
{
    // size' = size + (kernel - 1) * jump, jump' = jump * stride, by hand.
    QTest::addColumn<QString>("node");
    QTest::addColumn<int>("size");
    QTest::newRow("input") << "input" << 1;
    QTest::newRow("conv1") << "conv1/7x7_s2" << 7;
    QTest::newRow("pool1") << "pool1/3x3_s2" << 11;
    QTest::newRow("conv2") << "conv2/3x3" << 19;
    QTest::newRow("pool2") << "pool2/3x3_s2" << 27;
    QTest::newRow("3a 1x1") << "inception_3a/1x1" << 27;
    QTest::newRow("3a 3x3") << "inception_3a/3x3" << 43;
    QTest::newRow("3a 5x5") << "inception_3a/5x5" << 59;
    QTest::newRow("3a pool") << "inception_3a/pool_proj" << 43;
    QTest::newRow("3a: its widest branch") << "inception_3a/output" << 59;
    QTest::newRow("3b") << "inception_3b/output" << 91;
    QTest::newRow("pool3") << "pool3/3x3_s2" << 107;
    QTest::newRow("4a") << "inception_4a/output" << 171;
    QTest::newRow("4e") << "inception_4e/output" << 427;
    QTest::newRow("pool4") << "pool4/3x3_s2" << 459;
    QTest::newRow("5b") << "inception_5b/output" << 715;
    QTest::newRow("pool5") << "pool5/7x7_s1" << 907;
    QTest::newRow("logits") << "loss3/classifier" << 907;
    QTest::newRow("probabilities") << "prob/softmax" << 907;
}

void TestReceptiveField::growsThroughGooglenet()
{
    QFETCH(QString, node);
    QFETCH(int, size);
    const Graph graph = makeNetwork("googlenet").graph;
    const auto id = graph.find(node.toStdString());
    QVERIFY(id);
    const PixelRect rect = receptiveField(graph, *id, 0, 0);
    QCOMPARE(rect.w, size);
    QCOMPARE(rect.h, size);
}

void TestReceptiveField::startsInThePadding()
{
    const Graph graph = makeNetwork("googlenet").graph;
    const auto rect = [&](const char* node, uint32_t x, uint32_t y) {
        return text(receptiveField(graph, *graph.find(node), x, y));
    };
    QCOMPARE(rect("input", 5, 7), text({5, 7, 1, 1}));
    QCOMPARE(rect("conv1/7x7_s2", 0, 0), text({-3, -3, 7, 7}));
    QCOMPARE(rect("conv1/7x7_s2", 10, 111), text({17, 219, 7, 7}));
    QCOMPARE(rect("inception_4a/output", 7, 2), text({7 * 16 - 71, 2 * 16 - 71, 171, 171}));
}

void TestReceptiveField::flatteningSeesEverything()
{
    // The fully connected layer reads all of a 6x8 map whose 3x3 kernels reach one pixel out.
    GraphBuilder builder({2, 6, 8});
    const ModuleScope module(builder.input(), "m", "M", ModuleKind::Stem);
    const Tensor fc = builder.input().conv("conv", 4, 3).fc("fc", 5);
    const Graph graph = builder.finish();
    QCOMPARE(text(receptiveField(graph, fc.id(), 0, 0)), text({-1, -1, 10, 8}));
}

void TestReceptiveField::adaptiveWindows()
{
    GraphBuilder builder({1, 14, 5});
    const ModuleScope module(builder.input(), "m", "M", ModuleKind::Stem);
    const Tensor pool = builder.input().then("pool", AdaptiveAvgPool2d{.out = {4, 3}});
    const Tensor conv = pool.conv("conv", 1, 3);
    const Graph graph = builder.finish();
    QCOMPARE(text(receptiveField(graph, pool.id(), 0, 0)), text({0, 0, 2, 4}));
    QCOMPARE(text(receptiveField(graph, pool.id(), 1, 2)), text({1, 7, 3, 4}));
    QCOMPARE(text(receptiveField(graph, pool.id(), 2, 3)), text({3, 10, 2, 4}));
    QCOMPARE(text(receptiveField(graph, conv.id(), 0, 0)), text({0, 0, 4, 7}));
    QCOMPARE(text(receptiveField(graph, conv.id(), 2, 3)), text({1, 7, 4, 7}));
}

/// Strides, one-sided padding, a fork with branches of different reach, a ceil-mode pool.
static Graph crookedGraph()
{
    GraphBuilder builder({1, 13, 12});
    const ModuleScope module(builder.input(), "m", "M", ModuleKind::Stem);
    const auto conv = [](Extent kernel, Extent stride, Padding padding) {
        return Conv2d{
            .outChannels = 3,
            .kernel = kernel,
            .stride = stride,
            .padding = padding,
            .activation = Activation::None};
    };
    const Tensor stem = builder.input().then("stem", conv({3, 2}, {2, 1}, {0, 1, 0, 1}));
    const Tensor fork = concat({
        stem.then("wide", conv({1, 3}, {1, 1}, {2, 0, 0, 0})),
        stem.then("tall", conv({3, 1}, {1, 1}, {0, 0, 1, 1})),
        stem.then("square", conv({3, 3}, {1, 1}, {2, 0, 1, 1})),
    });
    (void)fork.avgPool("pool", 3).lrn("lrn");
    return builder.finish();
}

void TestReceptiveField::isWhatInfluencesTheValue()
{
    const Graph graph = crookedGraph();
    const auto weights = syntheticWeights(graph, "");
    const Shape in = graph[0].shape;
    const std::vector<float> base = syntheticUniform("receptive field", in.elements(), "");
    const auto before = referenceRun(graph, *weights, base);
    for (uint32_t pixel = 0; pixel < in.pixels(); ++pixel) {
        std::vector<float> changed = base;
        changed[pixel] += 1;
        const auto after = referenceRun(graph, *weights, changed);
        const int32_t x = int32_t(pixel % in.w);
        const int32_t y = int32_t(pixel / in.w);
        for (NodeId id = 1; id < graph.size(); ++id) {
            const Shape shape = graph[id].shape;
            for (uint32_t at = 0; at < shape.pixels(); ++at) {
                const PixelRect r = receptiveField(graph, id, at % shape.w, at / shape.w);
                const bool inside = x >= r.x && x < r.x + r.w && y >= r.y && y < r.y + r.h;
                bool differs = false;
                for (uint32_t c = 0; c < shape.c; ++c)
                    differs |=
                        before[id][c * shape.pixels() + at] != after[id][c * shape.pixels() + at];
                QCOMPARE(differs, inside);
            }
        }
    }
}

INCEPTOSCOPE_TEST_MAIN(TestReceptiveField)
#include "test_receptive_field.moc"
