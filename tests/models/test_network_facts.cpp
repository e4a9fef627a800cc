#include "models/network_facts.h"

#include <QtTest>

using namespace inceptoscope;

/// What the window says about a network as a whole.
class TestNetworkFacts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void googlenet();
    void groups();
    void embedding();
    void preprocessing();
    void choices();

private:
    static QString fact(const QVariantMap& facts, const QString& label)
    {
        for (const QVariant& fact : facts["facts"].toList())
            if (fact.toMap()["label"].toString() == label)
                return fact.toMap()["value"].toString();
        return {};
    }
};

void TestNetworkFacts::googlenet()
{
    const QVariantMap facts = networkFacts(makeNetwork("googlenet"));
    QCOMPARE(facts["family"].toString(), "Inception v1");
    QCOMPARE(facts["year"].toInt(), 2014);
    QVERIFY(facts["paper"].toString().contains("table 1"));
    QVERIFY(facts["follows"].toString().contains("7×7"));
    QVERIFY(!facts["differences"].toStringList().isEmpty());
    QCOMPARE(fact(facts, "Parameters"), "7.00\u00A0M");
    QCOMPARE(fact(facts, "Multiply-adds"), "1.58\u00A0G");
    QCOMPARE(fact(facts, "Depth"), "22 layers with weights on the longest path");
    QCOMPARE(fact(facts, "Output"), "1000 classes");
    QVERIFY(fact(facts, "Auxiliary heads").startsWith("2, "));
}

void TestNetworkFacts::groups()
{
    const QVariantList groups = networkFacts(makeNetwork("inception_resnet_v2"))["groups"].toList();
    QStringList said;
    for (const QVariant& group : groups)
        said << group.toMap()["title"].toString() + ' ' + group.toMap()["count"].toString();
    QCOMPARE(
        said, (QStringList{
                  "Stem 7", "Inception-A 1", "Inception-ResNet-A 10", "Reduction-A 1",
                  "Inception-ResNet-B 20", "Reduction-B 1", "Inception-ResNet-C 10", "Head 4"}));
    QCOMPARE(groups[4].toMap()["article"].toString(), "module B (figure 17)");
}

void TestNetworkFacts::embedding()
{
    QCOMPARE(fact(networkFacts(makeNetwork("facenet")), "Output"), "embedding in 512 dimensions");
}

void TestNetworkFacts::preprocessing()
{
    const auto text = [](const char* id) {
        return preprocessingText(makeNetwork(id).preprocessing);
    };
    QCOMPARE(text("googlenet"), "BGR, 0 to 255 minus (104, 117, 123)");
    QCOMPARE(text("inception_v3"), "RGB, values from −1 to 1");
    QCOMPARE(text("facenet"), "RGB, values from −0.996 to 0.996");
}

void TestNetworkFacts::choices()
{
    const QVariantList choices = networkChoices();
    QCOMPARE(choices.size(), qsizetype(networkIds().size()));
    for (const QVariant& choice : choices)
        for (const char* key : {"id", "title", "family", "detail"})
            QVERIFY2(!choice.toMap()[QLatin1String(key)].toString().isEmpty(), key);
    QCOMPARE(
        choices[0].toMap()["detail"].toString(),
        "2014 · 7.00\u00A0M\u00A0params · 1.58\u00A0G\u00A0MACs");
    // Families stand together: the picker prints a heading where one begins.
    QStringList families;
    for (const QVariant& choice : choices)
        if (const QString family = choice.toMap()["family"].toString();
            families.isEmpty() || families.back() != family)
            families << family;
    QCOMPARE(families.removeDuplicates(), 0);
}

QTEST_GUILESS_MAIN(TestNetworkFacts)
#include "test_network_facts.moc"
