#include "cost/cost.h"
#include "graph/builder.h"
#include "support/test_main.h"
#include "zoo/network.h"

#include <nlohmann/json.hpp>

#include <fstream>

using namespace inceptoscope;
using Json = nlohmann::json;

class TestCost : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void oneOp_data();
    void oneOp();
    void googlenetTotals();
    void googlenetTotalsMatchTheFacts();
    void modulesAddUpToTheNetwork();
    void branchesAddUpToTheModule();
    void naiveAgainstReducedModule();
    void naiveAgainstReducedMatchesTheFacts();
    void factorisation();
    void longestPath();
};

Q_DECLARE_METATYPE(inceptoscope::Op)
Q_DECLARE_METATYPE(inceptoscope::Cost)

static Conv2d conv(uint32_t channels, Extent kernel)
{
    return {
        .outChannels = channels,
        .kernel = kernel,
        .padding = Padding::symmetric(kernel.h / 2, kernel.w / 2)};
}

void TestCost::oneOp_data()
{
    QTest::addColumn<Op>("op");
    QTest::addColumn<Cost>("expected"); // of a 6x5x4 input
    const auto row = [](const char* name, const Op& op, uint64_t params, uint64_t macs,
                        uint64_t elements) {
        const uint64_t read = std::holds_alternative<Concat>(op) ? 0 : 6 * 5 * 4 * 4;
        QTest::newRow(name) << op << Cost{params, macs, params * 4, elements * 4, read};
    };
    Conv2d c = conv(4, {3, 1});
    row("conv", c, 4 * 6 * 3 + 4, 4 * 20 * 6 * 3, 80);
    c.bias = false;
    row("conv without bias", c, 4 * 6 * 3, 4 * 20 * 6 * 3, 80);
    c.batchNorm = BatchNorm{};
    row("gamma and beta, not the statistics", c, 4 * 6 * 3 + 8, 4 * 20 * 6 * 3, 80);
    c.batchNorm->gamma = false;
    row("beta alone", c, 4 * 6 * 3 + 4, 4 * 20 * 6 * 3, 80);
    c.bias = true;
    row("bias and beta", c, 4 * 6 * 3 + 8, 4 * 20 * 6 * 3, 80);
    c = conv(4, {1, 1});
    c.groups = 2;
    row("groups", c, 4 * 3 + 4, 4 * 20 * 3, 80);
    c.stride = {2, 2};
    row("stride", c, 4 * 3 + 4, 4 * 6 * 3, 24);
    row("pool", Pool2d{.kernel = {2, 2}, .stride = {2, 2}}, 0, 0, 24);
    row("adaptive", AdaptiveAvgPool2d{.out = {2, 2}}, 0, 0, 24);
    row("lrn", Lrn{}, 0, 0, 120);
    row("concat", Concat{}, 0, 0, 0);
    row("fc", FullyConnected{.outFeatures = 7}, 7 * 120 + 7, 7 * 120, 7);
    row("fc without bias", FullyConnected{.outFeatures = 7, .bias = false}, 7 * 120, 7 * 120, 7);
    row("softmax", Softmax{}, 0, 0, 120);
}

void TestCost::oneOp()
{
    QFETCH(Op, op);
    QFETCH(Cost, expected);
    GraphBuilder builder({6, 5, 4});
    const ModuleScope module(builder.input(), "m", "M", ModuleKind::Stem);
    const NodeId id = builder.input().then("x", op).id();
    const Cost actual = cost(builder.finish(), id);
    QCOMPARE(actual.params, expected.params);
    QCOMPARE(actual.macs, expected.macs);
    QCOMPARE(actual.weightBytes, expected.weightBytes);
    QCOMPARE(actual.activationBytes, expected.activationBytes);
    QCOMPARE(actual.readBytes, expected.readBytes);
}

void TestCost::googlenetTotals()
{
    const Graph graph = makeNetwork("googlenet").graph;
    const NetworkCost total = networkCost(graph);
    QCOMPARE(total.main.params, 6'998'552ULL);
    QCOMPARE(total.main.macs, 1'582'671'872ULL);
    QCOMPARE(total.main.weightBytes, 4 * 6'998'552ULL);
    QCOMPARE(total.auxiliary.params, 13'378'280ULL - 6'998'552ULL);
    QCOMPARE(total.auxiliary.macs, 1'591'044'096ULL - 1'582'671'872ULL);
    // 21.4 MiB: every value once, the input and the softmax included.
    QCOMPARE(total.main.activationBytes, 22'400'000ULL);
    QCOMPARE(weightLayersOnLongestPath(graph), 22U);
    const auto module = [&](const char* name) {
        return moduleCost(graph, *graph.findModule(name)).macs;
    };
    QCOMPARE(module("conv1"), 118'013'952ULL);
    QCOMPARE(module("conv2"), 359'661'568ULL);
    QCOMPARE(module("inception_3a"), 128'049'152ULL);
    QCOMPARE(module("inception_5b"), 70'697'984ULL);
}

void TestCost::googlenetTotalsMatchTheFacts()
{
    REQUIRE_SHARED("oracle/facts/own_bvlc_googlenet.json");
    const QString path = sharedPath("oracle/facts/own_bvlc_googlenet.json");
    const Json facts = Json::parse(std::ifstream(path.toStdString()));
    const Graph graph = makeNetwork("googlenet").graph;
    const NetworkCost total = networkCost(graph);
    const auto number = [&](const char* key) { return facts.at(key).get<uint64_t>(); };
    QCOMPARE(total.main.params + total.auxiliary.params, number("params_total_with_aux"));
    QCOMPARE(total.main.macs + total.auxiliary.macs, number("macs_total_with_aux"));
    const Json& totals = facts.at("totals");
    QCOMPARE(total.main.params, totals.at("params_total").get<uint64_t>());
    QCOMPARE(total.main.macs, totals.at("macs_total").get<uint64_t>());
    QCOMPARE(
        weightLayersOnLongestPath(graph),
        totals.at("weight_layers_on_longest_path").get<uint32_t>());
    uint64_t convElements = 0;
    for (NodeId id = 0; id < graph.size(); ++id)
        if (std::holds_alternative<Conv2d>(graph[id].op) && !graph.isAuxiliary(id))
            convElements += cost(graph, id).activationBytes / 4;
    QCOMPARE(convElements, totals.at("activations_out_of_convs").get<uint64_t>());
    for (const char* head : {"loss1", "loss2"}) {
        const Json& expected =
            facts.at("totals_aux")
                .at(std::string(head) + (std::string(head) == "loss1" ? " (taps inception_4a)"
                                                                      : " (taps inception_4d)"));
        const Cost spent = moduleCost(graph, *graph.findModule(head));
        QCOMPARE(spent.params, expected.at("params_total").get<uint64_t>());
        QCOMPARE(spent.macs, expected.at("macs_total").get<uint64_t>());
    }
}

void TestCost::modulesAddUpToTheNetwork()
{
    const Graph graph = makeNetwork("googlenet").graph;
    Cost sum;
    for (ModuleId id = 0; id < graph.modules().size(); ++id)
        sum += moduleCost(graph, id);
    NetworkCost total = networkCost(graph);
    total.main += total.auxiliary;
    QVERIFY(sum == total.main);
}

void TestCost::branchesAddUpToTheModule()
{
    const Graph graph = makeNetwork("googlenet").graph;
    for (ModuleId id = 0; id < graph.modules().size(); ++id) {
        Cost sum;
        for (const Branch& branch : graph.branches(id))
            sum += cost(graph, branch);
        QVERIFY(sum == moduleCost(graph, id));
    }
}

/// Inception 3a as figure 2a of the paper draws it (naive) and as table 1 has it.
static Graph module3a(bool reduced)
{
    GraphBuilder builder({192, 28, 28});
    const Tensor x = builder.input();
    const ModuleScope module(x, "3a", "3a", ModuleKind::Inception);
    const Tensor b1 = x.conv("1x1", 64, 1);
    const Tensor pool = x.maxPool("pool", 3, {.stride = 1, .padding = 1});
    if (reduced)
        (void)concat(
            {b1, x.conv("3x3_reduce", 96, 1).conv("3x3", 128, 3),
             x.conv("5x5_reduce", 16, 1).conv("5x5", 32, 5), pool.conv("pool_proj", 32, 1)});
    else
        (void)concat({b1, x.conv("3x3", 128, 3), x.conv("5x5", 32, 5), pool});
    return builder.finish();
}

void TestCost::naiveAgainstReducedModule()
{
    const Graph naive = module3a(false);
    const Graph reduced = module3a(true);
    QCOMPARE(networkCost(naive).main.macs, 303'464'448ULL);
    QCOMPARE(networkCost(reduced).main.macs, 128'049'152ULL);
    QCOMPARE(naive[naive.modules()[1].output].shape.c, 416U);
    QCOMPARE(reduced[reduced.modules()[1].output].shape.c, 256U);
    QCOMPARE(networkCost(naive).main.params, 387'072ULL + 64 + 128 + 32);
    QCOMPARE(networkCost(reduced).main.params, 163'328ULL + 64 + 96 + 128 + 16 + 32 + 32);
    QCOMPARE(weightLayersOnLongestPath(naive), 1U);
    QCOMPARE(weightLayersOnLongestPath(reduced), 2U);
}

void TestCost::naiveAgainstReducedMatchesTheFacts()
{
    REQUIRE_SHARED("oracle/facts/article_numbers.json");
    const QString path = sharedPath("oracle/facts/article_numbers.json");
    const Json facts = Json::parse(std::ifstream(path.toStdString()));
    const Json& claim = facts.at("naive_module_vs_reduced_at_inception_3a");
    for (const bool reduced : {false, true}) {
        const Json& expected = claim.at(reduced ? "reduced" : "naive");
        const Graph graph = module3a(reduced);
        const Module& module = graph.modules()[1];
        QCOMPARE(moduleCost(graph, 1).macs, expected.at("macs").get<uint64_t>());
        QCOMPARE(graph[module.output].shape.c, expected.at("out_channels").get<uint32_t>());
        for (const NodeId id : module.nodes) {
            const auto* op = std::get_if<Conv2d>(&graph[id].op);
            if (!op)
                continue;
            const Json& weights = expected.at("weights");
            const std::string name = localName(graph, id);
            const Json& count = weights.contains(name) ? weights.at(name) : weights.at("c" + name);
            QCOMPARE(cost(graph, id).params - op->outChannels, count.get<uint64_t>());
        }
    }
    const double ratio =
        double(moduleCost(module3a(false), 1).macs) / double(moduleCost(module3a(true), 1).macs);
    QVERIFY(qAbs(ratio - claim.at("ratio_macs").get<double>()) < 5e-5);
}

void TestCost::factorisation()
{
    // At equal channels, as the article says: 2.78 times, 28 %, 33 % and 71.4 % cheaper.
    const auto macs = [](const std::vector<Extent>& kernels) {
        GraphBuilder builder({8, 9, 9});
        Tensor x = builder.input();
        const ModuleScope module(x, "m", "M", ModuleKind::Stem);
        for (size_t i = 0; i < kernels.size(); ++i)
            x = x.then(std::to_string(i), conv(8, kernels[i]));
        return networkCost(builder.finish()).main.macs;
    };
    QCOMPARE(9 * macs({{5, 5}}), 25 * macs({{3, 3}}));
    QCOMPARE(25 * macs({{3, 3}, {3, 3}}), 18 * macs({{5, 5}}));
    QCOMPARE(9 * macs({{1, 3}, {3, 1}}), 6 * macs({{3, 3}}));
    QCOMPARE(49 * macs({{1, 7}, {7, 1}}), 14 * macs({{7, 7}}));
}

void TestCost::longestPath()
{
    // Three layers in the longer operand of a sum; a deeper auxiliary head doesn't count.
    GraphBuilder builder({4, 5, 5});
    const Tensor x = builder.input();
    {
        const ModuleScope module(x, "m", "M", ModuleKind::Stem);
        const Tensor shortcut = x.conv("a", 4, 1);
        const Tensor sum = add(shortcut, x.conv("b", 4, 1).conv("c", 4, 1), {});
        (void)sum.maxPool("pool", 3).fc("fc", 4);
    }
    const ModuleScope module(x, "aux", "Aux", ModuleKind::Auxiliary);
    (void)x.conv("a", 4, 1).conv("b", 4, 1).conv("c", 4, 1).fc("d", 4);
    const Graph graph = builder.finish();
    QCOMPARE(weightLayersOnLongestPath(graph), 3U);
    const NetworkCost total = networkCost(graph);
    QCOMPARE(total.auxiliary.macs, 3 * 4 * 25 * 4 + 4 * 100ULL);
    QCOMPARE(total.main.macs, 3 * 4 * 25 * 4 + 4 * 16ULL);
}

INCEPTOSCOPE_TEST_MAIN(TestCost)
#include "test_cost.moc"
