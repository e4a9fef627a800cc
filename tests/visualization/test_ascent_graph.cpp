// What runs for a channel: the network up to it, and the way back to the picture.
#include "error.h"
#include "graph/module_graph.h"
#include "support/error_message.h"
#include "support/test_main.h"
#include "visualization/ascent_graph.h"

using namespace inceptoscope;

class TestAscentGraph : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyModuleOfEveryNetwork_data();
    void everyModuleOfEveryNetwork();
    void nothingBehindTheTarget();
    void aChannelIsTakenWhereItIsMade();
    void aClassIsTakenBeforeTheSoftmax();
    void allOfAModule();
    void anotherSize();
    void anAuxiliaryHead();
    void refuses();
};

void TestAscentGraph::everyModuleOfEveryNetwork_data()
{
    QTest::addColumn<QString>("id");
    for (const std::string& id : networkIds())
        QTest::newRow(id.c_str()) << QString::fromStdString(id);
}

/// Under their names and weight keys, with the shapes that they have in the network.
void TestAscentGraph::everyModuleOfEveryNetwork()
{
    QFETCH(QString, id);
    const Network network = makeNetwork(id.toStdString());
    const Graph& graph = network.graph;
    for (const Module& module : graph.modules()) {
        if (module.output == graph.input())
            continue;
        const Graph part = graphUpTo(graph, module.output, graph[graph.input()].shape);
        QCOMPARE(part[part.size() - 1].name, graph[module.output].name);
        for (const Node& node : part.nodes()) {
            const auto original = graph.find(node.name);
            QVERIFY2(original, node.name.c_str());
            QCOMPARE(node.path, graph[*original].path);
            QVERIFY(node.shape == graph[*original].shape);
            QCOMPARE(node.op.index(), graph[*original].op.index());
            QCOMPARE(node.inputs.size(), graph[*original].inputs.size());
            for (size_t i = 0; i < node.inputs.size(); ++i)
                QCOMPARE(part[node.inputs[i]].name, graph[graph[*original].inputs[i]].name);
        }
    }
}

void TestAscentGraph::nothingBehindTheTarget()
{
    const Network network = makeNetwork("googlenet");
    const NodeId node = *network.graph.find("inception_4a/5x5");
    const AscentGraph ascent =
        ascentGraph(network.graph, {.node = node, .channel = 3}, {3, 224, 224});
    for (const Node& n : ascent.graph.nodes()) {
        QVERIFY2(!n.name.starts_with("inception_4b"), n.name.c_str());
        QVERIFY2(!n.name.starts_with("d/inception_4b"), n.name.c_str());
    }
    // Of its own module only the branch.
    QVERIFY(ascent.graph.find("inception_4a/5x5_reduce"));
    QVERIFY(!ascent.graph.find("inception_4a/3x3"));
    QVERIFY(!ascent.graph.find("loss3/classifier"));
    QCOMPARE(ascent.graph[ascent.byInput].name, std::string("d/input"));
    QVERIFY((ascent.graph[ascent.byInput].shape == Shape{3, 224, 224}));
    QVERIFY(ascent.graph[ascent.of].module < ascent.backward);
    QVERIFY(ascent.graph[ascent.seed].module >= ascent.backward);
    // Before its ReLU, through which a channel that is silent would give nothing back.
    QVERIFY(std::get<Conv2d>(ascent.graph[ascent.of].op).activation == Activation::None);
}

/// GoogLeNet's 4a has 192, 208, 48, 64 channels.
void TestAscentGraph::aChannelIsTakenWhereItIsMade()
{
    const Network network = makeNetwork("googlenet");
    const NodeId node = *network.graph.find("inception_4a/output");
    const auto made = [&](uint32_t channel) {
        const AscentGraph ascent =
            ascentGraph(network.graph, {.node = node, .channel = channel}, {3, 224, 224});
        return ascent.graph[ascent.of].name + ":" + std::to_string(ascent.channel.value());
    };
    QCOMPARE(made(0), std::string("inception_4a/1x1:0"));
    QCOMPARE(made(191), std::string("inception_4a/1x1:191"));
    QCOMPARE(made(192), std::string("inception_4a/3x3:0"));
    QCOMPARE(made(400), std::string("inception_4a/5x5:0"));
    QCOMPARE(made(511), std::string("inception_4a/pool_proj:63"));
}

void TestAscentGraph::aClassIsTakenBeforeTheSoftmax()
{
    const Network network = makeNetwork("googlenet");
    const NodeId node = network.graph.probabilities().value();
    const AscentGraph ascent =
        ascentGraph(network.graph, {.node = node, .channel = 281}, {3, 224, 224});
    QCOMPARE(ascent.graph[ascent.of].name, network.graph[*network.graph.logits()].name);
    QCOMPARE(ascent.channel.value(), 281U);
}

void TestAscentGraph::allOfAModule()
{
    const Network network = makeNetwork("googlenet");
    const NodeId node = *network.graph.find("inception_4a/output");
    const AscentGraph ascent = ascentGraph(network.graph, {.node = node}, {3, 224, 224});
    QCOMPARE(ascent.graph[ascent.of].name, std::string("inception_4a/output"));
    QVERIFY(!ascent.channel);
    QVERIFY(
        std::get<Conv2d>(ascent.graph[*ascent.graph.find("inception_4a/3x3")].op).activation ==
        Activation::Relu);
}

/// SAME padding goes by the new size, as a network that is made for it has it.
void TestAscentGraph::anotherSize()
{
    const Network network = makeNetwork("bn_inception_slim");
    const Network other = makeNetwork("bn_inception_slim", {.inputSize = 161});
    const NodeId node = network.graph.modules()[8].output;
    const Graph part = graphUpTo(network.graph, node, {3, 161, 161});
    for (const Node& n : part.nodes())
        QVERIFY(n.shape == other.graph[other.graph.find(n.name).value()].shape);
}

void TestAscentGraph::anAuxiliaryHead()
{
    const Network network = makeNetwork("googlenet");
    const NodeId node = network.auxiliaryLogits.front();
    const AscentGraph ascent =
        ascentGraph(network.graph, {.node = node, .channel = 7}, {3, 224, 224});
    QVERIFY(!ascent.graph.isAuxiliary(ascent.of)); // alone it is the main network: it runs
}

void TestAscentGraph::refuses()
{
    const Network network = makeNetwork("googlenet");
    const Graph& graph = network.graph;
    const NodeId node = *graph.find("inception_4a/5x5");
    QCOMPARE(
        errorMessage([&] {
            (void)ascentGraph(graph, {.node = node, .channel = 48}, {3, 224, 224});
        }),
        "inception_4a/5x5 has no channel 48, it has 48 (0 to 47)");
    QCOMPARE(
        errorMessage([&] {
            (void)ascentGraph(graph, {.node = graph.input(), .channel = 0}, {3, 224, 224});
        }),
        "input is the picture itself: ask for a channel of a later layer");
    const QString small = errorMessage([&] {
        (void)ascentGraph(
            graph, {.node = network.auxiliaryLogits.front(), .channel = 0}, {3, 32, 32});
    });
    QVERIFY2(
        small.contains(QStringLiteral("can't be reached on an input of 3x32x32")),
        qPrintable(small));
}

INCEPTOSCOPE_TEST_MAIN(TestAscentGraph)
#include "test_ascent_graph.moc"
