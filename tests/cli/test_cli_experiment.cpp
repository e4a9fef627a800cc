// The command that tries the article's claims.
#include "cli/program.h"
#include "support/test_main.h"

#include <QtTest>

#include <cmath>

using namespace inceptoscope;

class TestCliExperiment : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void lists();
    void json();
    void measuredOnAPicture();
    void countsAlone();
    void refuses_data();
    void refuses();
    void withoutDevice();
};

namespace {

const QStringList sideKeys = {
    "activation_bytes", "macs", "max_ms", "median_ms",   "min_ms", "output", "params",
    "receptive_field",  "runs", "title",  "weight_bytes"};

} // namespace

void TestCliExperiment::lists()
{
    const QJsonArray list = program({"experiment", "--json"}).json().array();
    QVERIFY(list.size() >= 12);
    QStringList ids;
    for (const QJsonValue entry : list)
        ids << entry.toObject()["id"].toString();
    const QString text = program({"experiment"}).out;
    for (const QString& id : ids)
        QVERIFY2(text.contains(id), qPrintable(id));
    QVERIFY(ids.contains("two-3x3"));
}

void TestCliExperiment::json()
{
    const Answer answer = program({"experiment", "two-3x3", "--runs", "2", "--json"});
    QCOMPARE(answer.code, 0);
    QCOMPARE(answer.error(), QString());
    const QJsonObject result = answer.json().object();
    QCOMPARE(
        keys(result), QStringList(
                          {"claim", "device", "figures", "holds", "id", "input", "ratios", "set",
                           "sides", "source", "verdict"}));
    QCOMPARE(result["set"].toObject()["channels"].toInt(), 64);
    QCOMPARE(result["set"].toObject()["relu"].toBool(), true);
    const QJsonArray sides = result["sides"].toArray();
    QCOMPARE(sides.size(), 3);
    for (const QJsonValue value : sides) {
        const QJsonObject side = value.toObject();
        QCOMPARE(keys(side), sideKeys);
        QVERIFY(side["runs"].toInt() >= 2);
        QVERIFY(side["min_ms"].toDouble() > 0);
        QVERIFY(side["min_ms"].toDouble() <= side["median_ms"].toDouble());
        QVERIFY(side["median_ms"].toDouble() <= side["max_ms"].toDouble());
    }
    QCOMPARE(sides[0].toObject()["macs"].toDouble(), 80281600.0);
    QVERIFY(std::abs(result["ratios"].toObject()["macs"].toDouble() - 0.72) < 1e-9);
    QVERIFY(result["ratios"].toObject()["time"].toDouble() > 0);
    QVERIFY(result["holds"].isBool());
    // The verdict is that of the figures.
    const bool faster = result["ratios"].toObject()["time"].toDouble() < 0.95;
    QCOMPARE(result["holds"].toBool(), faster);
    QVERIFY(
        result["verdict"].toString().startsWith(faster ? "holds: 28 %" : "holds on paper, not"));
}

void TestCliExperiment::measuredOnAPicture()
{
    const QString picture =
        QStringLiteral(INCEPTOSCOPE_SOURCE_DIR "/resources/pictures/chelsea.png");
    const Answer answer = program(
        {"experiment", "asymmetric", "--image", picture, "--set", "n=7", "--set", "channels=16",
         "--runs", "1", "--json"});
    QCOMPARE(answer.error(), QString());
    const QJsonObject result = answer.json().object();
    QVERIFY(result["input"].toString().endsWith("of the picture"));
    const QJsonObject figures = result["figures"].toObject();
    QVERIFY(figures["separable_kernel_error"].toDouble() < 1e-4);
    const double share = figures["first_singular_share_percent"].toDouble();
    QVERIFY(share > 100.0 / 7 && share <= 100); // the stem's 7x7
    QCOMPARE(figures["trained_kernels"].toInt(), 64 * 3);
}

void TestCliExperiment::countsAlone()
{
    const QJsonObject result = program({"experiment", "depth", "--json"}).json().object();
    QCOMPARE(result["holds"].toBool(), true);
    QVERIFY(result["device"].isNull());
    QVERIFY(result["sides"].toArray()[0].toObject()["median_ms"].isNull());
    QCOMPARE(result["figures"].toObject()["layers"].toInt(), 22);
}

void TestCliExperiment::refuses_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("sentence");
    QTest::newRow("id") << QStringList{"two-3x"}
                        << "experiment \"two-3x\" doesn't exist; did you mean \"two-3x3\"?";
    QTest::newRow("range") << QStringList{"asymmetric", "--set", "n=12"}
                           << "--set n=12: n takes a whole number from 2 to 11";
    QTest::newRow("name") << QStringList{"uniform", "--set", "n=3"}
                          << "--set n=3: the experiment uniform has no settings";
    QTest::newRow("none") << QStringList{"--set", "n=3"}
                          << "experiment: --set and --image need an experiment's ID; without one "
                             "they are listed";
}

void TestCliExperiment::refuses()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, sentence);
    const Answer answer = program(QStringList{"experiment"} + arguments);
    QCOMPARE(answer.code, 2);
    QCOMPARE(answer.out, QString());
    QCOMPARE(answer.error(), "inceptoscope: " + sentence);
}

/// What is counted is there all the same.
void TestCliExperiment::withoutDevice()
{
    const Answer answer =
        program({"experiment", "two-3x3", "--json"}, {"INCEPTOSCOPE_FAULT=no_device"});
    QCOMPARE(answer.code, 1);
    const QJsonObject result = answer.json().object();
    QVERIFY(result["holds"].isNull());
    QVERIFY(result["verdict"].toString().contains("28 % fewer MACs"));
    QVERIFY(!answer.error().isEmpty());
}

INCEPTOSCOPE_TEST_MAIN(TestCliExperiment)
#include "test_cli_experiment.moc"
