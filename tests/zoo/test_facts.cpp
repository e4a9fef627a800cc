#include "cost/cost.h"
#include "support/oracle_networks.h"
#include "support/test_main.h"
#include "weights/layer_weights.h"
#include "zoo/fact_walk.h"

#include <QTextStream>

#include <fstream>

using namespace inceptoscope;
using Json = nlohmann::json;

/// Every network, op by op, against the independent transcriptions of ../shared/oracle.
class TestFacts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyOp_data();
    void everyOp();
    void totals_data();
    void totals();
    void parameterNames_data();
    void parameterNames();
    void otherClassesAndSizes();

private:
    static void rows();
};

static QString text(std::string_view s)
{
    return QString::fromUtf8(s.data(), qsizetype(s.size()));
}

void TestFacts::rows()
{
    QTest::addColumn<QString>("facts");
    for (const OracleNetwork& network : oracleNetworks)
        QTest::newRow(network.id.data()) << text(network.facts);
}

void TestFacts::everyOp_data()
{
    rows();
}

static NodeId tapOf(const Graph& graph, const std::string& head)
{
    const std::string tap = head.substr(head.find("taps ") + 5);
    const auto module = FactWalk::findModule(graph, tap.substr(0, tap.size() - 1));
    return module ? graph.modules()[*module].output : 0;
}

void TestFacts::everyOp()
{
    QFETCH(QString, facts);
    REQUIRE_SHARED("oracle/facts/totals.md");
    const QString path = sharedPath("oracle/facts/" + facts + ".json");
    const Json all = Json::parse(std::ifstream(path.toStdString()));
    const Graph graph = makeNetwork(QTest::currentDataTag()).graph;
    QCOMPARE(Json({graph[0].shape.c, graph[0].shape.h, graph[0].shape.w}), all.at("input"));
    try {
        FactWalk walk(graph);
        walk.walk(all.at("ops"));
        for (const auto& [head, ops] : all.at("aux_ops").items()) {
            const bool bvlc = facts == "own_bvlc_googlenet"; // its keys are whole
            if (bvlc)
                walk.walk(ops);
            else
                walk.walk(ops, head.substr(0, head.find(' ')) + '.', tapOf(graph, head));
        }
        QCOMPARE(walk.unmatched(), std::vector<std::string>{});
    } catch (const std::exception& difference) {
        QFAIL(difference.what());
    }
    const NetworkCost spent = networkCost(graph);
    const Json& totals = all.at("totals");
    QCOMPARE(spent.main.params, totals.at("params_total").get<uint64_t>());
    QCOMPARE(spent.main.macs, totals.at("macs_total").get<uint64_t>());
    QCOMPARE(
        spent.main.params + spent.auxiliary.params,
        all.at("params_total_with_aux").get<uint64_t>());
    QCOMPARE(spent.main.macs + spent.auxiliary.macs, all.at("macs_total_with_aux").get<uint64_t>());
    QCOMPARE(
        weightLayersOnLongestPath(graph),
        totals.at("weight_layers_on_longest_path").get<uint32_t>());
}

struct Total
{
    const char* id;
    uint64_t params;
    uint64_t macs;
    uint64_t paramsWithAux;
};

/// totals.md, so that the test means something without ../shared. The naive network: as its
/// modules in the oracle's op cases, summed by hand in tests/cost.
constexpr std::array expectedTotals = {
    Total{"googlenet", 6998552, 1582671872, 13378280},
    Total{"googlenet_bn", 6624904, 1498376192, 13004888},
    Total{"bn_inception", 11295240, 2032600064, 11295240},
    Total{"bn_inception_slim", 11178336, 1934857216, 11178336},
    Total{"inception_v2", 25954248, 6352562784, 25954248},
    Total{"inception_v3", 23834568, 5713216096, 27161264},
    Total{"inception_v4", 42679816, 12253974624, 42679816},
    Total{"inception_resnet_v1", 22756328, 6206361696, 22756328},
    Total{"facenet", 23482624, 1417662304, 23482624},
    Total{"inception_resnet_v2", 55843464, 13155794016, 55843464},
    Total{"inception_resnet_v2_paper", 32433928, 9257953632, 32433928},
};

void TestFacts::totals_data()
{
    QTest::addColumn<quint64>("params");
    QTest::addColumn<quint64>("macs");
    QTest::addColumn<quint64>("paramsWithAux");
    for (const Total& t : expectedTotals)
        QTest::newRow(t.id) << quint64(t.params) << quint64(t.macs) << quint64(t.paramsWithAux);
}

void TestFacts::totals()
{
    QFETCH(quint64, params);
    QFETCH(quint64, macs);
    QFETCH(quint64, paramsWithAux);
    const NetworkCost spent = networkCost(makeNetwork(QTest::currentDataTag()).graph);
    QCOMPARE(spent.main.params, params);
    QCOMPARE(spent.main.macs, macs);
    QCOMPARE(spent.main.params + spent.auxiliary.params, paramsWithAux);
}

void TestFacts::parameterNames_data()
{
    rows();
}

/// "key 64x3x7x7" a line, sorted, as the implementation's own files list them.
static QStringList stateKeys(const QString& facts)
{
    QFile file(sharedPath("oracle/statekeys/" + facts + ".txt"));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QStringList lines = QString::fromUtf8(file.readAll()).split('\n', Qt::SkipEmptyParts);
    lines.removeIf([](const QString& line) { return line.contains("num_batches_tracked"); });
    lines.sort();
    return lines;
}

void TestFacts::parameterNames()
{
    QFETCH(QString, facts);
    REQUIRE_SHARED("oracle/statekeys/torchvision_googlenet.txt");
    QStringList ours;
    for (const Parameter& p : parameters(makeNetwork(QTest::currentDataTag()).graph, true)) {
        QStringList shape;
        for (const uint64_t d : p.shape)
            shape.append(QString::number(d));
        ours.append(text(p.key) + ' ' + shape.join('x'));
    }
    ours.sort();
    QCOMPARE(ours, stateKeys(facts));
}

static size_t mainNodes(const Graph& graph)
{
    size_t count = 0;
    for (NodeId id = 0; id < graph.size(); ++id)
        count += graph.isAuxiliary(id) ? 0 : 1;
    return count;
}

void TestFacts::otherClassesAndSizes()
{
    for (const std::string& id : networkIds()) {
        const Network usual = makeNetwork(id);
        const Network other = makeNetwork(id, {.inputSize = 160, .classes = 7});
        QCOMPARE(other.graph[0].shape.h, 160U);
        // v3's auxiliary head needs a larger picture and is then left out.
        QCOMPARE(mainNodes(other.graph), mainNodes(usual.graph));
        QCOMPARE(other.graph.logits().has_value(), !other.embedding.has_value());
        if (const auto logits = other.graph.logits())
            QCOMPARE(other.graph[*logits].shape.c, 7U);
        for (const NodeId head : other.auxiliaryLogits)
            QCOMPARE(other.graph[head].shape.c, 7U);
    }
}

INCEPTOSCOPE_TEST_MAIN(TestFacts)
#include "test_facts.moc"
