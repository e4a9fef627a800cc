#include "cost/cost.h"
#include "error.h"
#include "graph/module_graph.h"
#include "support/test_main.h"
#include "weights/layer_weights.h"
#include "zoo/network.h"

#include <algorithm>

using namespace inceptoscope;

/// Modules cut out of their networks, on their own input and on others.
class TestModuleGraph : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyModuleIsWhatItWas_data();
    void everyModuleIsWhatItWas();
    void naiveAgainstReduced();
    void residualBlocksBringTheChannelsBack();
    void depthwiseTakesTheInputsChannels();
    void samePadsByTheNewSize();
    void otherSizes();
    void whatCantStandAlone();
};

static ModuleId moduleOf(const Network& network, const char* name)
{
    const auto id = network.graph.findModule(name);
    if (!id)
        qFatal("%s has no module %s", network.id.c_str(), name);
    return *id;
}

static QString refusal(const Graph& graph, ModuleId module, const Shape& input)
{
    try {
        (void)moduleGraph(graph, module, input);
    } catch (const Error& error) {
        return error.kind() == ErrorKind::Usage ? QString::fromUtf8(error.what())
                                                : QStringLiteral("another kind of error");
    }
    return QStringLiteral("no error");
}

void TestModuleGraph::everyModuleIsWhatItWas_data()
{
    QTest::addColumn<QString>("id");
    for (const std::string& id : networkIds())
        QTest::newRow(id.c_str()) << QString::fromStdString(id);
}

void TestModuleGraph::everyModuleIsWhatItWas()
{
    QFETCH(const QString, id);
    const Network network = makeNetwork(id.toStdString());
    const Graph& whole = network.graph;
    for (ModuleId module = 1; module < whole.modules().size(); ++module) {
        const Module& original = whole.modules()[module];
        const Graph cut = moduleGraph(whole, module, moduleInput(whole, module));
        QCOMPARE(cut.size(), NodeId(original.nodes.size() + 1));
        QCOMPARE(cut.modules().size(), size_t(2));
        QCOMPARE(cut.modules()[1].name, original.name);
        QCOMPARE(cut.modules()[1].path, original.path);

        Cost cost = networkCost(cut).main;
        cost.activationBytes -= cut[cut.input()].shape.elements() * 4;
        QVERIFY2(cost == moduleCost(whole, module), original.name.c_str());

        for (size_t i = 0; i < original.nodes.size(); ++i) {
            const Node& there = whole[original.nodes[i]];
            const Node& here = cut[NodeId(i + 1)];
            QCOMPARE(here.name, there.name);
            QCOMPARE(here.path, there.path);
            QVERIFY2(here.shape == there.shape, there.name.c_str());
            QCOMPARE(here.inputs.size(), there.inputs.size());
            QCOMPARE(opName(here.op), opName(there.op));
        }
        // The network's weights serve the module.
        std::vector<Parameter> wanted;
        for (const Parameter& parameter : parameters(whole, true))
            if (whole[parameter.node].module == module)
                wanted.push_back(parameter);
        const std::vector<Parameter> have = parameters(cut, true);
        QCOMPARE(have.size(), wanted.size());
        for (size_t i = 0; i < have.size(); ++i) {
            QCOMPARE(have[i].key, wanted[i].key);
            QCOMPARE(have[i].shape, wanted[i].shape);
        }
        QCOMPARE(cut.branches(1).size(), whole.branches(module).size());
    }
}

/// article_numbers.json of the oracle: "naive_module_vs_reduced_at_inception_3a".
void TestModuleGraph::naiveAgainstReduced()
{
    const Shape input{192, 28, 28};
    const Network naive = makeNetwork("googlenet_naive");
    const Network reduced = makeNetwork("googlenet");
    const Graph a = moduleGraph(naive.graph, moduleOf(naive, "inception_3a"), input);
    const Graph b = moduleGraph(reduced.graph, moduleOf(reduced, "inception_3a"), input);
    QCOMPARE(networkCost(a).main.macs, uint64_t(303'464'448));
    QCOMPARE(networkCost(b).main.macs, uint64_t(128'049'152));
    QCOMPARE(a[a.modules()[1].output].shape.c, uint32_t(416));
    QCOMPARE(b[b.modules()[1].output].shape.c, uint32_t(256));
}

void TestModuleGraph::residualBlocksBringTheChannelsBack()
{
    const Network network = makeNetwork("inception_resnet_v2");
    const ModuleId block = moduleOf(network, "repeat.0");
    const Graph cut = moduleGraph(network.graph, block, {192, 20, 20});
    QVERIFY(cut[cut.modules()[1].output].shape == (Shape{192, 20, 20}));
    // 32 + 32 + 64 joined channels, and a bias.
    const NodeId linear = *cut.find("repeat.0.conv2d");
    QCOMPARE(cost(cut, linear).params, uint64_t(192) * (32 + 32 + 64) + 192);
}

void TestModuleGraph::depthwiseTakesTheInputsChannels()
{
    const Network network = makeNetwork("bn_inception_slim");
    ModuleId stem = 1;
    const Graph cut = moduleGraph(network.graph, stem, {5, 224, 224});
    const auto& conv = std::get<Conv2d>(cut[1].op);
    QCOMPARE(conv.groups, uint32_t(5));
    QCOMPARE(conv.outChannels, uint32_t(5 * 8));
}

void TestModuleGraph::samePadsByTheNewSize()
{
    const Network network = makeNetwork("bn_inception_slim");
    const ModuleId reduction = moduleOf(network, "Mixed_4a");
    const Graph even = moduleGraph(network.graph, reduction, {320, 28, 28});
    const Graph odd = moduleGraph(network.graph, reduction, {320, 35, 35});
    QVERIFY(even[even.modules()[1].output].shape == (Shape{576, 14, 14}));
    QVERIFY(odd[odd.modules()[1].output].shape == (Shape{576, 18, 18}));
    const auto paddingOf = [](const Graph& graph) {
        return std::get<Conv2d>(graph[*graph.find("Mixed_4a.Branch_0.1")].op).padding;
    };
    QVERIFY(paddingOf(even) == (Padding{0, 1, 0, 1}));
    QVERIFY(paddingOf(odd) == (Padding{1, 1, 1, 1}));
}

void TestModuleGraph::otherSizes()
{
    const Network network = makeNetwork("inception_v3");
    const ModuleId module = moduleOf(network, "Mixed_5b");
    const Graph own = moduleGraph(network.graph, module, {192, 35, 35});
    const Graph larger = moduleGraph(network.graph, module, {192, 70, 70});
    QCOMPARE(networkCost(larger).main.macs, 4 * networkCost(own).main.macs);
    QCOMPARE(networkCost(larger).main.params, networkCost(own).main.params);
}

void TestModuleGraph::whatCantStandAlone()
{
    const Network network = makeNetwork("inception_v3");
    const Graph& graph = network.graph;
    QVERIFY(refusal(graph, 0, {3, 8, 8}).contains("input: it is the network's input"));
    const QString small = refusal(graph, moduleOf(network, "Mixed_6a"), {288, 2, 2});
    QVERIFY2(
        small.startsWith("module Mixed_6a can't stand on an input of 288x2x2 (graph: "),
        qPrintable(small));
    QVERIFY(small.contains("kernel of 3 doesn't fit into 2 pixels"));
    QVERIFY(refusal(graph, moduleOf(network, "Mixed_5b"), {0, 35, 35}).contains("is empty"));
}

INCEPTOSCOPE_TEST_MAIN(TestModuleGraph)
#include "test_module_graph.moc"
