#include "error.h"
#include "support/test_main.h"
#include "zoo/network.h"

#include <algorithm>
#include <array>

using namespace inceptoscope;

/// GoogLeNet as table 1 of the paper has it, and the registry of networks.
class TestGooglenet : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void registry();
    void endsInAClassifier();
    void moduleShapes();
    void table1Widths();
    void preprocessing();
};

static QString text(const std::string& s)
{
    return QString::fromStdString(s);
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

INCEPTOSCOPE_TEST_MAIN(TestGooglenet)
#include "test_googlenet.moc"
