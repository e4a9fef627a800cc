#include "cost/measured.h"
#include "graph/builder.h"
#include "graph/module_groups.h"
#include "graph/receptive_field.h"
#include "support/test_main.h"
#include "zoo/network.h"

#include <array>
#include <set>

using namespace inceptoscope;

class TestBreakdown : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void partsAddUp_data();
    void partsAddUp();
    void naiveAgainstReduced();
    void bytesOfOneConvolution();
    void kinds();
    void publishedReceptiveFields_data();
    void publishedReceptiveFields();
    void groupsOfGoogLeNet();
    void timesAreMediansWithSpread();
    void saysWhy_data();
    void saysWhy();
};

struct Total
{
    const char* id;
    uint64_t params;
    uint64_t macs;
};

/// totals.md; the naive network by its own modules.
constexpr std::array totals = {
    Total{"googlenet", 6998552, 1582671872},
    Total{"googlenet_naive", 97526008, 12568061056},
    Total{"googlenet_bn", 6624904, 1498376192},
    Total{"bn_inception", 11295240, 2032600064},
    Total{"bn_inception_slim", 11178336, 1934857216},
    Total{"inception_v2", 25954248, 6352562784},
    Total{"inception_v3", 23834568, 5713216096},
    Total{"inception_v4", 42679816, 12253974624},
    Total{"inception_resnet_v1", 22756328, 6206361696},
    Total{"facenet", 23482624, 1417662304},
    Total{"inception_resnet_v2", 55843464, 13155794016},
    Total{"inception_resnet_v2_paper", 32433928, 9257953632},
};

void TestBreakdown::partsAddUp_data()
{
    QTest::addColumn<quint64>("params");
    QTest::addColumn<quint64>("macs");
    QCOMPARE(totals.size(), networkIds().size());
    for (const Total& t : totals)
        QTest::newRow(t.id) << quint64(t.params) << quint64(t.macs);
}

/// At every level, the parts are the network to the last digit, and each is its own parts.
void TestBreakdown::partsAddUp()
{
    QFETCH(const quint64, params);
    QFETCH(const quint64, macs);
    const Graph graph = makeNetwork(QTest::currentDataTag()).graph;
    const std::vector<CostPart> parts = breakdown(graph);
    std::array<Cost, partLevelCount> levels;
    std::array<size_t, partLevelCount> ops{};
    std::vector<Cost> ofChildren(parts.size());
    std::set<std::pair<PartLevel, std::string>> names;
    for (const CostPart& part : parts) {
        levels[size_t(part.level)] += part.cost;
        ops[size_t(part.level)] += part.nodes.size();
        if (part.parent >= 0) {
            ofChildren[size_t(part.parent)] += part.cost;
            QVERIFY(parts[size_t(part.parent)].level < part.level);
        }
        QVERIFY2(names.emplace(part.level, part.name).second, part.name.c_str());
    }
    for (size_t level = 0; level < partLevelCount; ++level) {
        QCOMPARE(levels[level].params, params);
        QCOMPARE(levels[level].macs, macs);
        QCOMPARE(levels[level], levels.front());
        QCOMPARE(ops[level], ops.front());
    }
    for (size_t i = 0; i < parts.size(); ++i)
        if (parts[i].level != PartLevel::Op)
            QCOMPARE(ofChildren[i], parts[i].cost);
    // What the whole network's functions say, without the input, which no op writes.
    Cost whole = networkCost(graph).main;
    whole.activationBytes -= graph[graph.input()].shape.elements() * 4;
    QCOMPARE(levels.front(), whole);
}

/// article_numbers.json: module 3a with and without reductions, on 192x28x28.
void TestBreakdown::naiveAgainstReduced()
{
    const auto part = [](const Graph& graph, const std::string& module) {
        for (const CostPart& one : breakdown(graph))
            if (one.level == PartLevel::Module && one.name == module)
                return one;
        return CostPart{};
    };
    const Graph naive = makeNetwork("googlenet_naive").graph;
    const Graph reduced = makeNetwork("googlenet").graph;
    QCOMPARE(part(naive, "inception_3a").cost.macs, 303464448U);
    QCOMPARE(part(reduced, "inception_3a").cost.macs, 128049152U);
    const auto channels = [](const Graph& graph) {
        return graph[graph.modules()[*graph.findModule("inception_3a")].output].shape.c;
    };
    QCOMPARE(channels(naive), 416U);
    QCOMPARE(channels(reduced), 256U);
    const auto branch = [&](const std::string& name) {
        for (const CostPart& one : breakdown(reduced))
            if (one.name == "inception_3a/" + name && one.level == PartLevel::Branch)
                return one.cost.macs;
        return uint64_t(0);
    };
    QCOMPARE(branch("1x1"), 12288U * 784);
    QCOMPARE(branch("3x3"), (18432U + 110592) * 784);
    QCOMPARE(branch("5x5"), (3072U + 12800) * 784);
    QCOMPARE(branch("pool_proj"), 6144U * 784);
}

void TestBreakdown::bytesOfOneConvolution()
{
    // 64 to 192 channels, 3x3 at 56x56, as GoogLeNet's third layer.
    const Graph graph = makeNetwork("googlenet").graph;
    const NodeId id = graph.find("conv2/3x3").value();
    const Cost c = cost(graph, id);
    QCOMPARE(c.weightBytes, (192U * 64 * 9 + 192) * 4);
    QCOMPARE(c.readBytes, 64U * 56 * 56 * 4);
    QCOMPARE(c.activationBytes, 192U * 56 * 56 * 4);
    QCOMPARE(c.macs, 192U * 56 * 56 * 64 * 9);
    QCOMPARE(c.movedBytes(), c.weightBytes + c.readBytes + c.activationBytes);
    QVERIFY(std::abs(c.intensity() - 2.0 * 346816512 / 3654400) < 1e-9 * c.intensity());
    QCOMPARE(Cost{}.intensity(), 0.0);
}

void TestBreakdown::kinds()
{
    const auto conv = [](Extent kernel) {
        return opKind(Conv2d{.outChannels = 1, .kernel = kernel});
    };
    QCOMPARE(conv({1, 1}), OpKind::Pointwise);
    QCOMPARE(conv({3, 3}), OpKind::Small);
    QCOMPARE(conv({5, 5}), OpKind::Large);
    QCOMPARE(conv({7, 7}), OpKind::Large);
    QCOMPARE(conv({1, 7}), OpKind::Line);
    QCOMPARE(conv({3, 1}), OpKind::Line);
    QCOMPARE(opKind(FullyConnected{}), OpKind::Linear);
    QCOMPARE(opKind(Lrn{}), OpKind::Normalisation);
    QCOMPARE(kindName(OpKind::Line), std::string_view("1xn, nx1 conv"));
    QCOMPARE(kindName(OpKind::Other), std::string_view("sum and other"));
}

void TestBreakdown::publishedReceptiveFields_data()
{
    // article_numbers.json, from google-research/receptive_field, whose networks are tf-slim's.
    QTest::addColumn<int>("pixels");
    QTest::newRow("bn_inception_slim") << 699;
    QTest::newRow("inception_v3") << 1311;
    QTest::newRow("inception_v4") << 2071;
    QTest::newRow("inception_resnet_v2") << 3039;
}

void TestBreakdown::publishedReceptiveFields()
{
    QFETCH(const int, pixels);
    const Graph graph = makeNetwork(QTest::currentDataTag()).graph;
    NodeId last = 0; // with pixels still to tell apart
    for (NodeId id = 0; id < graph.size(); ++id)
        if (!graph.isAuxiliary(id) && graph[id].shape.pixels() > 1)
            last = id;
    const Shape& shape = graph[last].shape;
    const PixelRect seen = receptiveField(graph, last, shape.w / 2, shape.h / 2);
    QCOMPARE(seen.w, pixels);
    QCOMPARE(seen.h, pixels);
}

void TestBreakdown::groupsOfGoogLeNet()
{
    std::vector<std::string> titles;
    for (const ModuleGroup& group : moduleGroups(makeNetwork("googlenet").graph))
        titles.push_back(group.title);
    const std::vector<std::string> inner(titles.begin() + 1, titles.end() - 1);
    QCOMPARE(inner, (std::vector<std::string>{"Inception 3", "Inception 4", "Inception 5"}));
}

/// Three convolutions in one module, of 1x1 on 4, 4, and 8 times the MACs.
static Graph threeOps()
{
    GraphBuilder builder({8, 16, 16});
    const ModuleScope module(builder.input(), "m", "M", ModuleKind::Stem);
    (void)builder.input().conv("a", 8, 1).maxPool("pool", 2, {.stride = 2}).conv("b", 8, 1);
    return builder.finish();
}

void TestBreakdown::timesAreMediansWithSpread()
{
    const Graph graph = threeOps();
    const std::vector<CostPart> parts = breakdown(graph);
    // Node 0 is the input; 3 runs of a, pool, b.
    const std::vector<std::vector<double>> runs = {{0, 1, 2, 3}, {0, 5, 1, 4}, {0, 2, 3, 2}};
    const std::vector<PartTime> times = partTimes(parts, runs);
    QCOMPARE(times.front().milliseconds, 2.0 + 2.0 + 3.0);
    QCOMPARE(times.front().fastest, 6.0);
    QCOMPARE(times.front().slowest, 10.0);
    for (size_t i = 0; i < parts.size(); ++i)
        if (parts[i].level == PartLevel::Op && parts[i].label == "a") {
            QCOMPARE(times[i].milliseconds, 2.0);
            QCOMPARE(times[i].fastest, 1.0);
            QCOMPARE(times[i].slowest, 5.0);
        }
    QVERIFY(!partTimes(parts, {}).front().known());
    QCOMPARE(gflops({.params = 0, .macs = 5'000'000}, 2.0), 5.0);
    QCOMPARE(gflops({.params = 0, .macs = 5'000'000}, 0.0), 0.0);
}

void TestBreakdown::saysWhy_data()
{
    QTest::addColumn<QList<double>>("times"); // of a, pool, b; a has 4 times b's MACs
    QTest::addColumn<double>("ridge");
    QTest::addColumn<QList<int>>("whys"); // of the same
    const auto row = [](const char* name, QList<double> times, double ridge, QList<Why> whys) {
        QList<int> numbers;
        for (const Why why : whys)
            numbers << int(why);
        QTest::newRow(name) << times << ridge << numbers;
    };
    // a: 2.7 FLOP/byte of 8x16x16 twice and 288 bytes; b: 8x8 pixels, intensity 3.5 or so.
    row("as counted", {40, 0.1, 10}, 0, {Why::Agrees, Why::Agrees, Why::Agrees});
    row("the pool", {40, 20, 12}, 0, {Why::Agrees, Why::NoMacs, Why::Agrees});
    row("memory", {10, 0.1, 10}, 100, {Why::Faster, Why::Agrees, Why::MemoryBound});
    row("few pixels", {10, 0.1, 10}, 0.5, {Why::Faster, Why::Agrees, Why::FewPixels});
    row("launch", {26, 9, 17}, 0.5, {Why::Faster, Why::NoMacs, Why::LaunchOverhead});
    row("many pixels", {90, 1, 2}, 0.5, {Why::Agrees, Why::NoMacs, Why::Faster});
    row("nothing measured", {0, 0, 0}, 1, {Why::Unknown, Why::Unknown, Why::Unknown});
}

void TestBreakdown::saysWhy()
{
    QFETCH(const QList<double>, times);
    QFETCH(const double, ridge);
    QFETCH(const QList<int>, whys);
    const Graph graph = threeOps();
    const std::vector<CostPart> parts = breakdown(graph);
    const std::vector<double> run{0, times[0], times[1], times[2]};
    const std::vector<Explanation> all =
        explain(graph, parts, partTimes(parts, {run}), {.gflops = ridge * 10, .readGBs = 10});
    QCOMPARE(all.size(), parts.size());
    QList<int> found;
    for (size_t i = 0; i < parts.size(); ++i)
        if (parts[i].level == PartLevel::Op)
            found << int(all[i].why);
    QCOMPARE(found, whys);
}

INCEPTOSCOPE_TEST_MAIN(TestBreakdown)
#include "test_breakdown.moc"
