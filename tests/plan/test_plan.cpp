#include "graph/builder.h"
#include "plan/plan.h"
#include "support/test_main.h"
#include "zoo/network.h"

#include <functional>
#include <map>

Q_DECLARE_METATYPE(inceptoscope::Graph)

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
    void sumsThatConvolutionsMake();
    void sumsThatStandAlone_data();
    void sumsThatStandAlone();
    void sumsOfTheFamily();
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

namespace {

const ConvOptions bare{.activation = Activation::None};

/// Two residual blocks behind a concatenation; `more` may read what it likes.
Graph blocks(
    const std::function<void(const Tensor& x, const Tensor& first, const Tensor& last)>& more =
        [](const Tensor&, const Tensor&, const Tensor&) {})
{
    GraphBuilder builder({4, 8, 8});
    builder.beginModule("m", "m", ModuleKind::Inception);
    const Tensor in = builder.input();
    const Tensor x = concat({in.conv("a", 4, 1), in.conv("b", 4, 3)}, "x");
    const auto block = [&](const Tensor& from, const std::string& name) {
        return add(
            from, from.conv(name + "_1", 4, 3).conv(name + "_2", 8, 1, bare), {.scale = 0.5F},
            name + "_sum");
    };
    const Tensor first = block(x, "first");
    const Tensor last = block(first, "last");
    (void)last.conv("end", 4, 1);
    more(x, first, last);
    builder.endModule();
    return builder.finish();
}

std::vector<FusedSum> fusedIn(const Graph& graph, std::vector<NodeId> taps = {})
{
    return plan(graph, {.keep = Keep::Taps, .taps = std::move(taps), .fuseSums = true}).fusedSums;
}

} // namespace

void TestPlan::sumsThatConvolutionsMake()
{
    const Graph graph = blocks();
    const Plan p = plan(graph, {.keep = Keep::Taps, .fuseSums = true});
    const auto id = [&](const char* name) { return graph.find(std::string("m/") + name).value(); };
    const std::vector<FusedSum> both{
        {id("first_2"), id("first_sum")}, {id("last_2"), id("last_sum")}};
    QVERIFY(p.fusedSums == both);
    for (const char* name : {"first_2", "first_sum", "last_2", "last_sum"}) {
        const Slot& slot = p.slots[id(name)];
        QCOMPARE(slot.root, id("x"));
        QCOMPARE(slot.offset, p.slots[id("x")].offset);
        QCOMPARE(slot.layout.rowStride, p.slots[id("x")].layout.rowStride);
        QCOMPARE(slot.layout.planeStride, p.slots[id("x")].layout.planeStride);
    }
    QCOMPARE(p.sumOf(id("first_2")), std::optional(id("first_sum")));
    QCOMPARE(p.sumOf(id("end")), std::optional<NodeId>());
    QVERIFY(p.isFree(graph, id("first_sum")));
    QVERIFY(!p.kept[id("first_2")] && !p.kept[id("first_sum")]);
    QVERIFY(p.arenaBytes < plan(graph, {.keep = Keep::Taps}).arenaBytes);
    // The window looks at every op.
    QVERIFY(plan(graph, {.fuseSums = true}).fusedSums.empty());
    QVERIFY(plan(graph, {.keep = Keep::Taps}).fusedSums.empty());
}

void TestPlan::sumsThatStandAlone_data()
{
    QTest::addColumn<Graph>("graph");
    QTest::addColumn<QString>("tap");
    QTest::addColumn<size_t>("fused");
    QTest::newRow("x is read later")
        << blocks([](const Tensor& x, const Tensor&, const Tensor&) { (void)x.conv("late", 4, 1); })
        << "" << size_t(1);
    QTest::newRow("a sum is read later")
        << blocks([](const Tensor&, const Tensor& first, const Tensor&) {
               (void)first.conv("late", 4, 1);
           })
        << "" << size_t(1);
    QTest::newRow("nothing else") << blocks() << "" << size_t(2);
    QTest::newRow("x is wanted") << blocks() << "m/x" << size_t(1);
    QTest::newRow("a part of x is wanted") << blocks() << "m/a" << size_t(1);
    QTest::newRow("a convolution is wanted") << blocks() << "m/last_2" << size_t(1);
    QTest::newRow("a sum in the middle is wanted") << blocks() << "m/first_sum" << size_t(1);
    QTest::newRow("the last sum is wanted") << blocks() << "m/last_sum" << size_t(2);
    const auto single = [](const ConvOptions& options, bool itself) {
        GraphBuilder builder({4, 8, 8});
        builder.beginModule("m", "m", ModuleKind::Inception);
        const Tensor x = builder.input().conv("x", 8, 1);
        const Tensor from = itself ? x : x.conv("between", 4, 1);
        (void)add(x, from.conv("residual", 8, 1, options), {}).conv("end", 4, 1);
        builder.endModule();
        return builder.finish();
    };
    QTest::newRow("one block") << single(bare, false) << "" << size_t(1);
    QTest::newRow("the convolution has a ReLU") << single({}, false) << "" << size_t(0);
    // It would read what it has written.
    QTest::newRow("the convolution reads x") << single(bare, true) << "" << size_t(0);
}

void TestPlan::sumsThatStandAlone()
{
    QFETCH(const Graph, graph);
    QFETCH(const QString, tap);
    QFETCH(const size_t, fused);
    std::vector<NodeId> taps;
    if (!tap.isEmpty())
        taps.push_back(graph.find(tap.toStdString()).value());
    QCOMPARE(fusedIn(graph, taps).size(), fused);
}

/// All blocks of the residual networks, 20 of version 1 and 40 of version 2.
void TestPlan::sumsOfTheFamily()
{
    const std::map<std::string, size_t> sums{
        {"inception_resnet_v1", 20}, {"inception_resnet_v2", 40}, {"inception_v4", 0}};
    for (const auto& [id, count] : sums)
        QCOMPARE(fusedIn(makeNetwork(id).graph).size(), count);
}

INCEPTOSCOPE_TEST_MAIN(TestPlan)
#include "test_plan.moc"
