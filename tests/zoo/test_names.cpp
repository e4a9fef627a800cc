#include "support/test_main.h"
#include "zoo/network.h"

#include <algorithm>
#include <set>

using namespace inceptoscope;

/// What networks and modules are called, by us, by the field and by the article.
class TestNames : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyNetworkSaysWhatItFollows();
    void everyModuleHasAGroup();
    void article_data();
    void article();
    void aliases();
};

static QString text(std::string_view s)
{
    return QString::fromUtf8(s.data(), qsizetype(s.size()));
}

void TestNames::everyNetworkSaysWhatItFollows()
{
    for (const std::string& id : networkIds()) {
        const Network network = makeNetwork(id);
        QVERIFY2(network.year >= 2014 && network.year <= 2016, id.c_str());
        QVERIFY2(text(network.family).startsWith("Inception"), id.c_str());
        QVERIFY2(text(network.paper).contains(QString::number(network.year)), id.c_str());
        const bool cites = network.paper.find("figure") != std::string::npos ||
                           network.paper.find("table") != std::string::npos;
        QVERIFY2(cites, id.c_str());
        QVERIFY2(!network.follows.empty() && !network.differences.empty(), id.c_str());
        for (const std::string& sentence : network.differences)
            QVERIFY2(sentence.ends_with('.') && sentence.size() < 200, sentence.c_str());
    }
    QVERIFY(makeNetwork("inception_v2").status.find("a reading") == 0);
    QVERIFY(makeNetwork("googlenet_naive").status.find("never trained") != std::string::npos);
    QVERIFY(makeNetwork("inception_v3").status.empty());
}

void TestNames::everyModuleHasAGroup()
{
    const std::set<std::string> known = {
        "Input",
        "Stem",
        "Inception",
        "Naive Inception",
        "Reduction",
        "Inception-A",
        "Inception-B",
        "Inception-C",
        "Inception-ResNet-A",
        "Inception-ResNet-B",
        "Inception-ResNet-C",
        "Reduction-A",
        "Reduction-B",
        "Head",
        "Auxiliary"};
    for (const std::string& id : networkIds()) {
        const Network network = makeNetwork(id);
        for (const Module& module : network.graph.modules()) {
            QVERIFY2(known.contains(module.group), (id + " " + module.name).c_str());
            if (module.kind == ModuleKind::Inception)
                QVERIFY2(!module.article.empty(), (id + " " + module.name).c_str());
        }
    }
}

void TestNames::article_data()
{
    QTest::addColumn<QString>("network");
    QTest::addColumn<QString>("module");
    QTest::addColumn<QString>("group");
    QTest::addColumn<QString>("article");
    const auto row = [](const char* network, const char* module, const char* group,
                        const char* article) {
        QTest::addRow("%s %s", network, module)
            << QString(network) << QString(module) << QString(group) << QString(article);
    };
    row("googlenet", "inception_3a", "Inception", "module with dimension reductions (figure 2b)");
    row("googlenet_naive", "inception_3a", "Naive Inception", "naive module (figure 2a)");
    row("inception_v2", "a1", "Inception-A", "module A (figure 5)");
    row("inception_v2", "b5", "Inception-B", "module B (figure 6)");
    row("inception_v2", "c2", "Inception-C", "module C (figure 7)");
    row("inception_v3", "Mixed_5b", "Inception-A", "module A (figure 5)");
    row("inception_v3", "Mixed_6a", "Reduction-A", "grid size reduction (figure 10)");
    row("inception_v3", "Mixed_7c", "Inception-C", "module C (figure 7)");
    row("inception_v4", "Mixed_5b", "Inception-A", "module A (figure 4)");
    row("inception_v4", "Mixed_6b", "Inception-B", "module B (figure 5)");
    row("inception_v4", "Mixed_7a", "Reduction-B", "reduction block B (figure 8)");
    row("inception_resnet_v1", "repeat_1.0", "Inception-ResNet-A", "module A (figure 10)");
    row("inception_resnet_v1", "mixed_7a", "Reduction-B", "reduction block B (figure 12)");
    row("facenet", "block8", "Inception-ResNet-C", "module C (figure 13)");
    row("inception_resnet_v2", "repeat_1.19", "Inception-ResNet-B", "module B (figure 17)");
    row("inception_resnet_v2", "mixed_7a", "Reduction-B", "reduction block B (figure 18)");
}

void TestNames::article()
{
    QFETCH(const QString, network);
    QFETCH(const QString, module);
    const Network made = makeNetwork(network.toStdString());
    const auto id = made.graph.findModule(module.toStdString());
    QVERIFY(id);
    QTEST(text(made.graph.modules()[*id].group), "group");
    QTEST(text(made.graph.modules()[*id].article), "article");
}

/// Caffe's inception_3a is torchvision's inception3a: scripts may ask for either.
void TestNames::aliases()
{
    for (const char* id : {"googlenet", "googlenet_naive", "bn_inception"}) {
        const Network network = makeNetwork(id);
        const Graph& graph = network.graph;
        QCOMPARE(
            text(graph.modules()[graph.findModule("inception_3a").value()].alias),
            QString("inception3a"));
        std::set<std::string> names;
        for (const Module& module : graph.modules()) {
            QVERIFY(names.insert(module.name).second);
            QVERIFY(module.alias.empty() || names.insert(module.alias).second);
        }
    }
    const Network torch = makeNetwork("googlenet_bn");
    QVERIFY(torch.graph.findModule("inception3a"));
}

INCEPTOSCOPE_TEST_MAIN(TestNames)
#include "test_names.moc"
