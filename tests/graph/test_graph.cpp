#include "graph/builder.h"
#include "graph/graph_errors.h"
#include "support/test_main.h"

using namespace inceptoscope;

/// How a network is written down, and what the graph then knows.
class TestGraph : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void buildsNodes();
    void conveniencesMakeTheirOps();
    void modulesKnowInputsAndOutput();
    void branchesOfAConcatenation();
    void branchesThatForkAndPassThrough();
    void aModuleWithoutConcatenationHasOneBranch();
    void auxiliaryNodes();
    void consumersAndLookup();
    void localNames();
    void refuses();
};

static Graph inceptionGraph()
{
    GraphBuilder builder({8, 6, 6});
    Tensor x = builder.input();
    {
        const ModuleScope module(x, "stem", "Stem", ModuleKind::Stem);
        x = x.conv("conv", 16, 3);
    }
    const ModuleScope module(x, "mixed", "Mixed", ModuleKind::Inception);
    (void)concat({
        x.conv("1x1", 2, 1),
        x.conv("3x3_reduce", 4, 1).conv("3x3", 3, 3),
        x.maxPool("pool", 3, {.stride = 1, .padding = 1}).conv("pool_proj", 5, 1),
    });
    return builder.finish();
}

static QStringList names(const Graph& graph, const std::vector<NodeId>& nodes)
{
    QStringList result;
    for (const NodeId id : nodes)
        result.append(QString::fromStdString(localName(graph, id)));
    return result;
}

void TestGraph::buildsNodes()
{
    const Graph graph = inceptionGraph();
    QCOMPARE(graph.size(), NodeId(8));
    QCOMPARE(graph.input(), NodeId(0));
    QVERIFY(std::holds_alternative<Input>(graph[0].op));
    QVERIFY(!graph.logits() && !graph.probabilities());
    for (NodeId id = 0; id < graph.size(); ++id)
        for (const NodeId in : graph[id].inputs)
            QVERIFY(in < id);
    const Node& node = graph[4];
    QCOMPARE(node.name, std::string("mixed/3x3"));
    QCOMPARE(node.inputs, std::vector<NodeId>{3});
    QVERIFY(node.shape == (Shape{3, 6, 6}));
    QCOMPARE(node.module, ModuleId(2));
    QVERIFY(graph[7].shape == (Shape{10, 6, 6}));
}

void TestGraph::conveniencesMakeTheirOps()
{
    GraphBuilder builder({3, 15, 15});
    const ModuleScope module(builder.input(), "m", "M", ModuleKind::Stem);
    const Tensor conv = builder.input().conv("conv", 4, 7, {.stride = 2});
    const auto& made = std::get<Conv2d>(builder.node(conv.id()).op);
    QVERIFY(made.padding == Padding::symmetric(3, 3));
    QVERIFY(made.kernel == (Extent{7, 7}) && made.stride == (Extent{2, 2}));
    QVERIFY(made.bias && !made.batchNorm && made.groups == 1);
    QVERIFY(made.activation == Activation::Relu);
    const Tensor bare = conv.conv("bare", 4, 2, {.padding = 0, .activation = Activation::None});
    QVERIFY(bare.shape() == (Shape{4, 7, 7}));
    const Tensor pool = conv.avgPool("pool", 3);
    const auto& pooled = std::get<Pool2d>(builder.node(pool.id()).op);
    QVERIFY(pooled.kind == PoolKind::Average && pooled.ceilMode && pooled.countIncludePad);
    QVERIFY(pooled.stride == (Extent{2, 2}) && pooled.padding == Padding{});
    QVERIFY(pool.shape() == (Shape{4, 4, 4}));
    const Tensor logits = pool.lrn("lrn").globalAvgPool("global").fc("fc", 10);
    const Tensor sum = add(logits, logits, {.scale = 0.5F});
    const Graph graph = builder.finish(logits, sum.softmax("softmax"));
    QCOMPARE(graph[*graph.logits()].name, std::string("m/fc"));
    QCOMPARE(graph[*graph.probabilities()].name, std::string("m/softmax"));
    QCOMPARE(graph[sum.id()].name, std::string("m/sum"));
}

void TestGraph::modulesKnowInputsAndOutput()
{
    const Graph graph = inceptionGraph();
    QCOMPARE(graph.modules().size(), size_t(3));
    const Module& input = graph.modules()[0];
    QCOMPARE(input.name, std::string("input"));
    QCOMPARE(input.nodes, std::vector<NodeId>{0});
    QVERIFY(input.inputs.empty());
    const Module& mixed = graph.modules()[2];
    QCOMPARE(mixed.name, std::string("mixed"));
    QCOMPARE(mixed.title, std::string("Mixed"));
    QVERIFY(mixed.kind == ModuleKind::Inception);
    QCOMPARE(mixed.nodes, (std::vector<NodeId>{2, 3, 4, 5, 6, 7}));
    QCOMPARE(mixed.output, NodeId(7));
    QCOMPARE(mixed.inputs, std::vector<NodeId>{1});
    QCOMPARE(kindName(mixed.kind), std::string_view("inception"));
    QCOMPARE(kindName(ModuleKind::Auxiliary), std::string_view("auxiliary"));

    GraphBuilder builder({4, 5, 5});
    const Tensor x = builder.input();
    const Tensor a = [&] {
        const ModuleScope module(x, "a", "A", ModuleKind::Stem);
        return x.conv("conv", 4, 3);
    }();
    const ModuleScope module(x, "b", "B", ModuleKind::Stem);
    (void)add(a, x, {});
    QCOMPARE(builder.finish().modules()[2].inputs, (std::vector<NodeId>{0, 1}));
}

void TestGraph::branchesOfAConcatenation()
{
    const Graph graph = inceptionGraph();
    const std::vector<Branch> branches = graph.branches(2);
    QCOMPARE(branches.size(), size_t(3));
    QCOMPARE(branches[0].name, std::string("1x1"));
    QCOMPARE(branches[1].name, std::string("3x3"));
    QCOMPARE(branches[2].name, std::string("pool_proj"));
    QCOMPARE(names(graph, branches[0].nodes), QStringList{"1x1"});
    QCOMPARE(names(graph, branches[1].nodes), (QStringList{"3x3_reduce", "3x3"}));
    QCOMPARE(names(graph, branches[2].nodes), (QStringList{"pool", "pool_proj"}));
    QCOMPARE(branches[1].output, NodeId(4));
    QCOMPARE(branches[0].channelOffset, 0U);
    QCOMPARE(branches[1].channelOffset, 2U);
    QCOMPARE(branches[2].channelOffset, 5U);
}

void TestGraph::branchesThatForkAndPassThrough()
{
    // Operands: a chain's end, its middle again after another op, and the module's own input.
    GraphBuilder builder({4, 5, 5});
    const Tensor x = builder.input();
    const ModuleScope module(x, "m", "M", ModuleKind::Inception);
    const Tensor fork = x.conv("fork", 2, 1);
    (void)concat({fork.conv("1x3", 3, 1), fork.conv("3x1", 3, 1), x});
    const Graph graph = builder.finish();
    const std::vector<Branch> branches = graph.branches(1);
    QCOMPARE(names(graph, branches[0].nodes), (QStringList{"fork", "1x3"}));
    QCOMPARE(names(graph, branches[1].nodes), (QStringList{"fork", "3x1"}));
    QVERIFY(branches[2].nodes.empty());
    QCOMPARE(branches[2].output, NodeId(0));
    QCOMPARE(branches[2].name, std::string("input"));
    QCOMPARE(branches[2].channelOffset, 6U);
}

void TestGraph::aModuleWithoutConcatenationHasOneBranch()
{
    const Graph graph = inceptionGraph();
    const std::vector<Branch> branches = graph.branches(1);
    QCOMPARE(branches.size(), size_t(1));
    QCOMPARE(branches[0].name, std::string("conv"));
    QCOMPARE(branches[0].nodes, std::vector<NodeId>{1});
    QCOMPARE(graph.branches(0).size(), size_t(1));
}

void TestGraph::auxiliaryNodes()
{
    GraphBuilder builder({4, 5, 5});
    const Tensor x = builder.input();
    {
        const ModuleScope module(x, "aux", "Aux", ModuleKind::Auxiliary);
        (void)x.conv("conv", 4, 1);
    }
    const ModuleScope module(x, "main", "Main", ModuleKind::Stem);
    (void)x.conv("conv", 4, 1);
    const Graph graph = builder.finish();
    QVERIFY(!graph.isAuxiliary(0));
    QVERIFY(graph.isAuxiliary(1));
    QVERIFY(!graph.isAuxiliary(2));
}

void TestGraph::consumersAndLookup()
{
    const Graph graph = inceptionGraph();
    QCOMPARE(graph.consumers(1), (std::vector<NodeId>{2, 3, 5}));
    QVERIFY(graph.consumers(7).empty());
    QVERIFY(graph.find("mixed/pool_proj") == NodeId(6));
    QVERIFY(!graph.find("pool_proj"));
    QVERIFY(graph.findModule("mixed") == ModuleId(2));
    QVERIFY(!graph.findModule("mixe"));
}

void TestGraph::localNames()
{
    const auto local = [](const char* module, const char* separator, const char* node) {
        GraphBuilder builder({4, 5, 5});
        const ModuleScope scope(builder.input(), module, "M", ModuleKind::Stem, separator);
        (void)builder.input().conv(node, 4, 1);
        const Graph graph = builder.finish();
        return QString::fromStdString(graph[1].name + " is " + localName(graph, 1));
    };
    QCOMPARE(local("mixed", "/", "3x3_reduce"), QString("mixed/3x3_reduce is 3x3_reduce"));
    QCOMPARE(local("Mixed_5b", ".", "branch.0"), QString("Mixed_5b.branch.0 is branch.0"));
    QCOMPARE(local("3a", "_", "1x1"), QString("3a_1x1 is 1x1"));
    QCOMPARE(local("", "/", "conv1"), QString("conv1 is conv1"));
    QCOMPARE(local("conv1", "", ""), QString("conv1 is conv1"));
    QCOMPARE(local("conv1", "", "x"), QString("conv1x is x"));
    QCOMPARE(QString::fromStdString(localName(inceptionGraph(), 0)), QString("input"));
}

void TestGraph::refuses()
{
    const auto says = [](const auto& write) {
        GraphBuilder builder({4, 5, 5});
        return QString::fromStdString(usageError([&] {
            write(builder, builder.input());
            (void)builder.finish();
        }));
    };
    QCOMPARE(
        says([](GraphBuilder&, const Tensor& x) { (void)x.conv("conv", 4, 1); }),
        QString("graph: node \"conv\" is outside a module"));
    QCOMPARE(
        says([](GraphBuilder& b, const Tensor&) {
            b.beginModule("a", "A", ModuleKind::Stem);
            b.beginModule("b", "B", ModuleKind::Stem);
        }),
        QString("graph: module \"b\" is inside another"));
    QCOMPARE(
        says([](GraphBuilder&, const Tensor& x) {
            const ModuleScope module(x, "m", "M", ModuleKind::Stem);
            (void)x.conv("conv", 4, 1).conv("conv", 4, 1);
        }),
        QString("graph: two nodes are named \"m/conv\""));
    QCOMPARE(
        says([](GraphBuilder&, const Tensor& x) {
            for (const char* name : {"a", "b"}) {
                const ModuleScope module(x, "m", "M", ModuleKind::Stem);
                (void)x.conv(name, 4, 1);
            }
        }),
        QString("graph: two modules are named \"m\""));
    QCOMPARE(
        says([](GraphBuilder&, const Tensor& x) {
            const ModuleScope module(x, "m", "M", ModuleKind::Stem);
        }),
        QString("graph: module \"m\" is empty"));
    QCOMPARE(
        says([](GraphBuilder&, const Tensor& x) {
            const ModuleScope module(x, "m", "M", ModuleKind::Stem);
            (void)concat({x, x.maxPool("pool", 3)});
        }),
        QString("graph: m/output: can't join 4x2x2 to 4x5x5"));
    QCOMPARE(
        says([](GraphBuilder&, const Tensor&) { (void)concat({}); }),
        QString("graph: output: has no input"));
    QCOMPARE(
        QString::fromStdString(usageError([] {
            const GraphBuilder empty({3, 0, 5});
        })),
        QString("graph: an input of 3x0x5 is empty"));
}

INCEPTOSCOPE_TEST_MAIN(TestGraph)
#include "test_graph.moc"
