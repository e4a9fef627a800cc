#include "cli/program.h"
#include "support/test_main.h"

#include <QTemporaryDir>

#include <cmath>

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
    void auxiliaryHeadsAreTrained();
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

void TestBundledWeights::everyTapThatTheyHave()
{
    const QTemporaryDir folder;
    const QString picture = INCEPTOSCOPE_SOURCE_DIR "/resources/pictures/torus.png";
    const Answer all =
        program({"activations", picture, "--tap", "all", "-o", folder.filePath("all.safetensors")});
    QVERIFY2(all.code == 0, qPrintable(all.err));
}

/// What the middle already knows of pictures that the network names.
void TestBundledWeights::auxiliaryHeadsAreTrained()
{
    for (const char* name : {"leopard", "torus"}) {
        const QString picture =
            QStringLiteral(INCEPTOSCOPE_SOURCE_DIR "/resources/pictures/%1.png").arg(name);
        const Answer answer =
            program({"experiment", "auxiliary-heads", "--image", picture, "--json"});
        QVERIFY2(answer.code == 0, qPrintable(answer.err));
        const QJsonObject figures = answer.json().object()["figures"].toObject();
        QCOMPARE(figures["heads_trained"].toString(), QStringLiteral("trained"));
        const QJsonObject best = figures["top"].toArray()[0].toObject();
        for (const char* head : {"final", "Auxiliary head 1", "Auxiliary head 2"})
            QVERIFY2(best[head].toString().startsWith(name), qPrintable(answer.out));
        // The total is what the three losses come to.
        double total = 0;
        for (const QJsonValue row : figures["losses"].toArray())
            total += row["loss"].toDouble() * row["weight"].toDouble();
        QCOMPARE(figures["losses"].toArray().size(), 3);
        QVERIFY(std::abs(total - figures["total_loss"].toDouble()) < 1e-6);
    }
}

INCEPTOSCOPE_TEST_MAIN(TestBundledWeights)
#include "test_bundled_weights.moc"
