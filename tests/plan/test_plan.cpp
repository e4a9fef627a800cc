#include "graph/builder.h"
#include "plan/plan.h"
#include "support/test_main.h"
#include "zoo/network.h"

using namespace inceptoscope;

class TestPlan : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void concatenationIsFree();
    void concatenationCopiesOddChannels();
    void haloIsTheWidestPadding();
    void slicesAreAligned();
    void nothingOverlapsWhileItLives_data();
    void nothingOverlapsWhileItLives();
    void reuseIsSmaller();
    void halvesTakeHalf();
    void auxiliaryHeadsOnlyWhenAskedFor();
};

static Graph module(uint32_t first)
{
    GraphBuilder builder({3, 8, 8});
    builder.beginModule("m", "m", ModuleKind::Inception);
    const Tensor x = builder.input();
    (void)concat({x.conv("a", first, 1), x.conv("b", 8, 5)}).conv("c", 4, 3);
    builder.endModule();
    return builder.finish();
}

void TestPlan::concatenationIsFree()
{
    const Graph graph = module(12);
    const Plan p = plan(graph, {});
    const NodeId joined = *graph.find("m/output");
    QVERIFY(p.isFree(graph, joined));
    const Slot& a = p.slots[*graph.find("m/a")];
    const Slot& b = p.slots[*graph.find("m/b")];
    QCOMPARE(a.root, joined);
    QCOMPARE(a.offset, p.slots[joined].offset);
    QCOMPARE(b.offset, a.offset + 3 * uint64_t(a.layout.planeStride) * 16);
    QCOMPARE(std::count(p.order.begin(), p.order.end(), joined), 0);
}

void TestPlan::concatenationCopiesOddChannels()
{
    const Graph graph = module(5);
    const Plan p = plan(graph, {});
    QVERIFY(!p.isFree(graph, *graph.find("m/output")));
    QCOMPARE(p.slots[*graph.find("m/a")].root, *graph.find("m/a"));
}

void TestPlan::haloIsTheWidestPadding()
{
    const Graph graph = module(12);
    const Plan p = plan(graph, {});
    QCOMPARE(p.slots[graph.input()].layout.halo, Padding::symmetric(2, 2));
    QCOMPARE(p.slots[*graph.find("m/output")].layout.halo, Padding::symmetric(1, 1));
    QCOMPARE(p.slots[*graph.find("m/a")].layout.halo, Padding::symmetric(1, 1));
    QCOMPARE(p.slots[*graph.find("m/c")].layout.halo, Padding{});
    QCOMPARE(p.slots[graph.input()].layout.rowStride, 12U);
}

void TestPlan::slicesAreAligned()
{
    const Network network = makeNetwork("googlenet");
    for (const Precision precision : {Precision::Fp32, Precision::Fp16}) {
        for (const uint32_t alignment : {16U, 64U, 256U}) {
            const Plan p = plan(network.graph, {.alignment = alignment, .precision = precision});
            for (const Slot& slot : p.slots) {
                QCOMPARE(slot.offset % alignment, uint64_t(0));
                // llvmpipe takes bits 8..15 of a texel buffer's size for a mip level.
                if (alignment == 16 && slot.layout.bytes() >= 256)
                    QVERIFY(((slot.layout.bytes() >> 8) & 0xff) != 0);
            }
        }
    }
}

void TestPlan::nothingOverlapsWhileItLives_data()
{
    QTest::addColumn<int>("keep");
    QTest::newRow("everything") << int(Keep::Everything);
    QTest::newRow("taps") << int(Keep::Taps);
}

/// Plays the run: each write marks its bytes as its root's, and each read must find its own.
void TestPlan::nothingOverlapsWhileItLives()
{
    QFETCH(const int, keep);
    const Network network = makeNetwork("googlenet");
    const Graph& graph = network.graph;
    const NodeId tap = *graph.find("inception_3a/3x3");
    const Plan p = plan(graph, {.keep = Keep(keep), .taps = {tap}, .auxiliary = true});
    std::vector<NodeId> owner(p.arenaBytes / 256, graph.size());
    const auto range = [&](NodeId id) {
        const uint64_t begin = p.slots[id].offset;
        return std::pair(begin / 256, (begin + p.slots[id].layout.bytes() + 255) / 256);
    };
    const auto write = [&](NodeId id) {
        for (auto [i, end] = range(id); i < end; ++i)
            owner[i] = p.slots[id].root;
    };
    const auto owned = [&](NodeId id) {
        for (auto [i, end] = range(id); i < end; ++i)
            if (owner[i] != p.slots[id].root)
                return false;
        return true;
    };
    write(graph.input());
    for (const NodeId id : p.order) {
        for (const NodeId in : graph[id].inputs)
            QVERIFY2(owned(in), graph[in].name.c_str());
        write(id);
    }
    for (const NodeId id : {tap, *graph.logits(), *graph.probabilities(), graph.input()}) {
        QVERIFY(p.kept[id] || id == graph.input());
        QVERIFY2(owned(id), graph[id].name.c_str());
    }
}

void TestPlan::reuseIsSmaller()
{
    const Network network = makeNetwork("googlenet");
    const uint64_t all = plan(network.graph, {}).arenaBytes;
    const uint64_t reused = plan(network.graph, {.keep = Keep::Taps}).arenaBytes;
    // Keeping everything costs 21.4 MiB without layout padding.
    QVERIFY(all > uint64_t(21) << 20 && all < uint64_t(25) << 20);
    QVERIFY(reused * 2 < all);
}

void TestPlan::halvesTakeHalf()
{
    const Network network = makeNetwork("googlenet");
    for (const Keep keep : {Keep::Everything, Keep::Taps}) {
        const PlanOptions options{.keep = keep, .alignment = 16};
        PlanOptions halves = options;
        halves.precision = Precision::Fp16;
        const Plan full = plan(network.graph, options);
        const Plan half = plan(network.graph, halves);
        QCOMPARE(half.precision, Precision::Fp16);
        const double ratio = double(half.arenaBytes) / double(full.arenaBytes);
        QVERIFY2(std::abs(ratio - 0.5) < 0.01, qPrintable(QString::number(ratio)));
    }
}

void TestPlan::auxiliaryHeadsOnlyWhenAskedFor()
{
    const Network network = makeNetwork("googlenet");
    const NodeId head = *network.graph.find("loss1/fc");
    const Plan without = plan(network.graph, {});
    QVERIFY(!without.kept[head]);
    QCOMPARE(std::count(without.order.begin(), without.order.end(), head), 0);
    const Plan with = plan(network.graph, {.auxiliary = true});
    QVERIFY(with.kept[head]);
    QCOMPARE(std::count(with.order.begin(), with.order.end(), head), 1);
}

INCEPTOSCOPE_TEST_MAIN(TestPlan)
#include "test_plan.moc"
