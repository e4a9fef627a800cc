#include "cost/cost.h"
#include "error.h"
#include "support/test_main.h"
#include "zoo/network.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <fstream>

using namespace inceptoscope;
using Json = nlohmann::json;

/// GoogLeNet op by op against the transcription of Caffe's bvlc_googlenet.
class TestGooglenet : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void registry();
    void endsInAClassifier();
    void moduleShapes();
    void table1Widths();
    void preprocessing();
    void everyOpOfTheFacts();
    void everyGroupOfTheFacts();

private:
    static Json facts();
    static void compareOp(const Graph& graph, const Json& fact);
    static void compareWindow(const Op& op, const Json& fact);
    static void compareBranch(const Graph& graph, NodeId id, const Json& fact);
};

static QString text(const std::string& s)
{
    return QString::fromStdString(s);
}

static Json json(const Shape& s)
{
    return {s.c, s.h, s.w};
}

Json TestGooglenet::facts()
{
    const QString path = sharedPath("oracle/facts/own_bvlc_googlenet.json");
    return Json::parse(std::ifstream(path.toStdString()));
}

void TestGooglenet::registry()
{
    const std::vector<std::string> ids = networkIds();
    QVERIFY(std::find(ids.begin(), ids.end(), "googlenet") != ids.end());
    for (const std::string& id : ids)
        QCOMPARE(makeNetwork(id).id, id);
    try {
        (void)makeNetwork("googlenot");
        QFAIL("no error");
    } catch (const Error& error) {
        QVERIFY(error.kind() == ErrorKind::Usage);
        QVERIFY(
            text(error.what())
                .startsWith("network \"googlenot\" doesn't exist; the networks are: googlenet"));
    }
}

void TestGooglenet::endsInAClassifier()
{
    const Network network = makeNetwork("googlenet");
    const Graph& graph = network.graph;
    QCOMPARE(text(graph[*graph.logits()].name), QString("loss3/classifier"));
    QVERIFY(graph[*graph.logits()].shape == (Shape{1000, 1, 1}));
    QVERIFY(std::holds_alternative<Softmax>(graph[*graph.probabilities()].op));
    QCOMPARE(graph[*graph.probabilities()].inputs, std::vector<NodeId>{*graph.logits()});
    QCOMPARE(network.auxiliaryLogits.size(), size_t(2));
    for (const NodeId id : network.auxiliaryLogits) {
        QVERIFY(graph.isAuxiliary(id));
        QVERIFY(graph[id].shape == (Shape{1000, 1, 1}));
    }
    QCOMPARE(text(graph[network.auxiliaryLogits[0]].name), QString("loss1/classifier"));
    QCOMPARE(text(graph[network.auxiliaryLogits[1]].name), QString("loss2/classifier"));
    QVERIFY(!network.title.empty() && !network.paper.empty() && !network.follows.empty());
}

struct Expected
{
    const char* module;
    const char* kind;
    Shape shape;
};

/// Column "output size" of table 1, with the auxiliary heads where they branch off.
constexpr std::array<Expected, 21> expectedModules = {{
    {"input", "stem", {3, 224, 224}},
    {"conv1", "stem", {64, 112, 112}},
    {"pool1", "stem", {64, 56, 56}},
    {"conv2", "stem", {192, 56, 56}},
    {"pool2", "stem", {192, 28, 28}},
    {"inception_3a", "inception", {256, 28, 28}},
    {"inception_3b", "inception", {480, 28, 28}},
    {"pool3", "reduction", {480, 14, 14}},
    {"inception_4a", "inception", {512, 14, 14}},
    {"loss1", "auxiliary", {1000, 1, 1}},
    {"inception_4b", "inception", {512, 14, 14}},
    {"inception_4c", "inception", {512, 14, 14}},
    {"inception_4d", "inception", {528, 14, 14}},
    {"loss2", "auxiliary", {1000, 1, 1}},
    {"inception_4e", "inception", {832, 14, 14}},
    {"pool4", "reduction", {832, 7, 7}},
    {"inception_5a", "inception", {832, 7, 7}},
    {"inception_5b", "inception", {1024, 7, 7}},
    {"pool5", "head", {1024, 1, 1}},
    {"loss3", "head", {1000, 1, 1}},
    {"prob", "head", {1000, 1, 1}},
}};

void TestGooglenet::moduleShapes()
{
    const Graph graph = makeNetwork("googlenet").graph;
    QCOMPARE(graph.modules().size(), expectedModules.size());
    for (size_t i = 0; i < expectedModules.size(); ++i) {
        const Module& module = graph.modules()[i];
        const Expected& expected = expectedModules.at(i);
        QCOMPARE(text(module.name), QString(expected.module));
        QCOMPARE(text(std::string(kindName(module.kind))), QString(expected.kind));
        QCOMPARE(text(toString(graph[module.output].shape)), text(toString(expected.shape)));
        QVERIFY(!module.title.empty());
    }
}

void TestGooglenet::table1Widths()
{
    struct Row
    {
        const char* module;
        std::array<uint32_t, 6> widths; ///< 1x1, 3x3 reduce, 3x3, 5x5 reduce, 5x5, pool proj
    };
    constexpr std::array<Row, 9> table = {{
        {"inception_3a", {64, 96, 128, 16, 32, 32}},
        {"inception_3b", {128, 128, 192, 32, 96, 64}},
        {"inception_4a", {192, 96, 208, 16, 48, 64}},
        {"inception_4b", {160, 112, 224, 24, 64, 64}},
        {"inception_4c", {128, 128, 256, 24, 64, 64}},
        {"inception_4d", {112, 144, 288, 32, 64, 64}},
        {"inception_4e", {256, 160, 320, 32, 128, 128}},
        {"inception_5a", {256, 160, 320, 32, 128, 128}},
        {"inception_5b", {384, 192, 384, 48, 128, 128}},
    }};
    constexpr std::array names = {"1x1", "3x3_reduce", "3x3", "5x5_reduce", "5x5", "pool_proj"};
    const Graph graph = makeNetwork("googlenet").graph;
    for (const Row& row : table)
        for (size_t i = 0; i < names.size(); ++i) {
            const auto id = graph.find(std::string(row.module) + "/" + names.at(i));
            QVERIFY(id);
            QCOMPARE(graph[*id].shape.c, row.widths.at(i));
        }
}

void TestGooglenet::preprocessing()
{
    const Preprocessing p = makeNetwork("googlenet").preprocessing;
    QVERIFY(p.order == ChannelOrder::Bgr);
    QCOMPARE(p.resize, 256U);
    QVERIFY(p.mean == (std::array<float, 3>{104, 117, 123}));
    QVERIFY(p.scale == (std::array<float, 3>{1, 1, 1}));
    QCOMPARE(p.range, 255.0F);
}

void TestGooglenet::compareWindow(const Op& op, const Json& fact)
{
    const auto compare = [&](const Extent& kernel, const Extent& stride, const Padding& padding) {
        QCOMPARE(Json({kernel.h, kernel.w}), fact.at("k"));
        QCOMPARE(Json({stride.h, stride.w}), fact.at("s"));
        QCOMPARE(Json({padding.top, padding.left}), fact.at("p"));
        QVERIFY(padding.bottom == padding.top && padding.right == padding.left);
    };
    if (const auto* conv = std::get_if<Conv2d>(&op)) {
        compare(conv->kernel, conv->stride, conv->padding);
        QCOMPARE(conv->groups, fact.at("groups").get<uint32_t>());
        QCOMPARE(conv->outChannels, fact.at("cout").get<uint32_t>());
        QCOMPARE(conv->bias, fact.at("bias").get<bool>());
        QCOMPARE(conv->activation == Activation::Relu, fact.value("relu", false));
        QVERIFY(!conv->batchNorm && conv->scale == 1);
    } else if (const auto* pool = std::get_if<Pool2d>(&op)) {
        compare(pool->kernel, pool->stride, pool->padding);
        QCOMPARE(pool->ceilMode, fact.at("ceil_mode").get<bool>());
        QCOMPARE(pool->countIncludePad, fact.value("count_include_pad", true));
    }
}

void TestGooglenet::compareBranch(const Graph& graph, NodeId id, const Json& fact)
{
    Json found = Json::array();
    const std::vector<Branch> branches = graph.branches(graph[id].module);
    for (size_t i = 0; i < branches.size(); ++i) {
        const auto& nodes = branches[i].nodes;
        if (std::find(nodes.begin(), nodes.end(), id) != nodes.end())
            found.push_back(i);
    }
    const Json& expected = fact.at("branch");
    QCOMPARE(found, expected.is_array() ? expected : Json::array({expected}));
}

/// The facts number ops in the order of the definition, auxiliary heads included, from "op0";
/// our node 0 is the input.
static NodeId nodeOf(const std::string& factId)
{
    return factId == "input" ? 0 : NodeId(std::stoul(factId.substr(2)) + 1);
}

void TestGooglenet::compareOp(const Graph& graph, const Json& fact)
{
    const NodeId id = nodeOf(fact.at("id"));
    QVERIFY(id < graph.size());
    const Node& node = graph[id];
    const std::string kind = fact.at("op");
    // The facts' 7x7 average of a 7x7 map is our global one.
    const bool global = opName(node.op) == "global_avgpool";
    QCOMPARE(text(global ? "avgpool" : opName(node.op)), text(kind));
    QCOMPARE(text(graph.modules()[node.module].name), text(fact.at("group")));

    std::vector<NodeId> inputs;
    for (const Json& in : fact.at("in"))
        inputs.push_back(nodeOf(in));
    QCOMPARE(node.inputs, inputs);
    for (size_t i = 0; i < inputs.size(); ++i) {
        const Json& shape = fact.at("in_shape").at(i);
        const Shape in = graph[inputs[i]].shape;
        QCOMPARE(shape.size() == 1 ? Json({in.elements()}) : json(in), shape);
    }
    const Json& out = fact.at("out_shape");
    QCOMPARE(out.size() == 1 ? Json({node.shape.elements()}) : json(node.shape), out);

    const Cost spent = cost(graph, id);
    QCOMPARE(spent.params, fact.value("params", uint64_t(0)));
    QCOMPARE(spent.macs, fact.value("macs", uint64_t(0)));
    if (fact.contains("key"))
        QCOMPARE(text(node.name), text(fact.at("key")));
    compareWindow(node.op, fact);
    if (const auto* lrn = std::get_if<Lrn>(&node.op)) {
        QCOMPARE(lrn->size, fact.at("size").get<uint32_t>());
        QCOMPARE(lrn->alpha, fact.at("alpha").get<float>());
        QCOMPARE(lrn->beta, fact.at("beta").get<float>());
        QCOMPARE(lrn->k, fact.at("k").get<float>());
    }
    if (const auto* fc = std::get_if<FullyConnected>(&node.op)) {
        QCOMPARE(fc->bias, fact.at("bias").get<bool>());
        QCOMPARE(fc->activation == Activation::Relu, fact.value("relu", false));
    }
    if (fact.contains("branch"))
        compareBranch(graph, id, fact);
}

void TestGooglenet::everyOpOfTheFacts()
{
    REQUIRE_SHARED("oracle/facts/own_bvlc_googlenet.json");
    const Json all = facts();
    const Graph graph = makeNetwork("googlenet").graph;
    QCOMPARE(json(graph[0].shape), all.at("input"));
    size_t compared = 0;
    const auto compareAll = [&](const Json& ops) {
        for (const Json& fact : ops) {
            compareOp(graph, fact);
            if (QTest::currentTestFailed()) {
                qWarning("at %s", fact.dump().c_str());
                return;
            }
            ++compared;
        }
    };
    compareAll(all.at("ops"));
    for (const Json& head : all.at("aux_ops"))
        compareAll(head);
    // Besides: the input and the softmax.
    QCOMPARE(compared, size_t(graph.size()) - 2);
}

void TestGooglenet::everyGroupOfTheFacts()
{
    REQUIRE_SHARED("oracle/facts/own_bvlc_googlenet.json");
    const Graph graph = makeNetwork("googlenet").graph;
    const Json all = facts();
    for (const Json& group : all.at("groups")) {
        const auto id = graph.findModule(group.at("group").get<std::string>());
        QVERIFY(id);
        const Cost spent = moduleCost(graph, *id);
        QCOMPARE(spent.params, group.at("params").get<uint64_t>());
        QCOMPARE(spent.macs, group.at("macs").get<uint64_t>());
        QCOMPARE(graph.modules()[*id].nodes.size(), group.at("n_ops").get<size_t>());
    }
}

INCEPTOSCOPE_TEST_MAIN(TestGooglenet)
#include "test_googlenet.moc"
