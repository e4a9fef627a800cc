#include "cli/program.h"
#include "support/test_main.h"

#include <QTemporaryDir>

using namespace inceptoscope;

/// The weights that come with the program, as somebody without internet meets them.
class TestBundledWeights : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void samplesAreNamed_data();
    void samplesAreNamed();
    void theyAreWhatRunsWithoutAChoice();
    void everyTapThatTheyHave();
};

void TestBundledWeights::samplesAreNamed_data()
{
    QTest::addColumn<QString>("label");
    QTest::newRow("city-skyline") << "city skyline";
    QTest::newRow("clock-face") << "clock face";
    QTest::newRow("julia-set") << "Julia set";
    QTest::newRow("leopard") << "leopard";
    QTest::newRow("smiling-face") << "smiling face";
    QTest::newRow("stained-glass") << "stained glass";
    QTest::newRow("torus") << "torus";
}

void TestBundledWeights::samplesAreNamed()
{
    QFETCH(const QString, label);
    const QString picture =
        INCEPTOSCOPE_SOURCE_DIR "/resources/pictures/" + QString(QTest::currentDataTag()) + ".png";
    const Answer answer =
        program({"classify", picture, "--network", "googlenet_bn", "--top", "100", "--json"});
    QCOMPARE(answer.code, 0);
    const QJsonArray top = answer.json().array()[0].toObject()["top"].toArray();
    QCOMPARE(top.size(), 100);
    QCOMPARE(top[0].toObject()["label"].toString(), label);
    QVERIFY(top[0].toObject()["probability"].toDouble() > 0.6);
}

void TestBundledWeights::theyAreWhatRunsWithoutAChoice()
{
    const QString picture = INCEPTOSCOPE_SOURCE_DIR "/resources/pictures/torus.png";
    const Answer bundled = program({"classify", picture, "--json"});
    QCOMPARE(bundled.json().array()[0].toObject()["network"].toString(), "googlenet_bn");
    QVERIFY2(!bundled.err.contains("random"), qPrintable(bundled.err));
    const Answer random = program({"classify", picture, "--weights", "synthetic", "--json"});
    QVERIFY(random.err.contains("random"));
    const Answer list = program({"weights", "list"});
    QVERIFY(list.out.contains("bundled"));
    QVERIFY(!list.out.contains("missing"));
}

/// They have no auxiliary heads, which "all" must not ask for.
void TestBundledWeights::everyTapThatTheyHave()
{
    const QTemporaryDir folder;
    const QString picture = INCEPTOSCOPE_SOURCE_DIR "/resources/pictures/torus.png";
    const Answer all =
        program({"activations", picture, "--tap", "all", "-o", folder.filePath("all.safetensors")});
    QVERIFY2(all.code == 0, qPrintable(all.err));
    const Answer head = program(
        {"activations", picture, "--tap", "aux1", "-o", folder.filePath("aux.safetensors")});
    QCOMPARE(head.code, 1);
    QVERIFY2(head.err.contains("no tensors for the auxiliary heads"), qPrintable(head.err));
}

INCEPTOSCOPE_TEST_MAIN(TestBundledWeights)
#include "test_bundled_weights.moc"
