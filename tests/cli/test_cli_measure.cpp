// Commands that measure: bench and compare.
#include "cli/program.h"
#include "support/test_main.h"

#include <QtTest>

#include <cmath>
#include <limits>

using namespace inceptoscope;

class TestCliMeasure : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bench();
    void benchBatch();
    void benchPerModule();
    void benchBackward();
    void compare();
    void compareTells();
};

namespace {

const QStringList benchKeys = {
    "activation_bytes", "batch",  "device",  "gflops",      "max_ms",
    "median_ms",        "min_ms", "network", "peak_gflops", "peak_share",
    "precision",        "q1_ms",  "q3_ms",   "runs",        "shader_peak_gflops",
    "weight_bytes"};

} // namespace

void TestCliMeasure::bench()
{
    const Answer answer = program({"bench", "googlenet", "--runs", "3", "--warmup", "1", "--json"});
    QCOMPARE(answer.error(), QString());
    const QJsonObject row = answer.json().array()[0].toObject();
    QStringList expected = benchKeys + QStringList{"images_per_second", "ms_per_image"};
    expected.sort();
    QCOMPARE(keys(row), expected);
    QCOMPARE(row["batch"].toInt(), 1);
    QCOMPARE(row["runs"].toInt(), 3);
    QVERIFY(row["min_ms"].toDouble() > 0);
    const QStringList rising = {"min_ms", "q1_ms", "median_ms", "q3_ms", "max_ms"};
    for (int i = 1; i < rising.size(); ++i)
        QVERIFY2(row[rising[i - 1]].toDouble() <= row[rising[i]].toDouble(), qPrintable(rising[i]));
    const double gflops = 2 * 1.582671872 / (row["median_ms"].toDouble() / 1e3);
    QVERIFY(std::abs(row["gflops"].toDouble() / gflops - 1) < 1e-3);
    const double share = row["gflops"].toDouble() / row["peak_gflops"].toDouble();
    QVERIFY(std::abs(row["peak_share"].toDouble() / share - 1) < 1e-2);
    QVERIFY(row["weight_bytes"].toDouble() > 4 * 6.9e6); // as parameters, and padding
    QVERIFY(row["activation_bytes"].toDouble() > 4 * 64 * 112 * 112);
}

void TestCliMeasure::benchBatch()
{
    const Answer answer =
        program({"bench", "facenet", "--batch", "2", "--runs", "1", "--warmup", "0", "--json"});
    QCOMPARE(answer.error(), QString());
    const QJsonObject row = answer.json().array()[0].toObject();
    QCOMPARE(row["batch"].toInt(), 2);
    const double median = row["median_ms"].toDouble();
    QVERIFY(std::abs(row["images_per_second"].toDouble() * median / 2e3 - 1) < 1e-3);
    QVERIFY(std::abs(row["ms_per_image"].toDouble() * 2 / median - 1) < 1e-3);
    const double gflops = 2 * 2 * 1.417662304 / (median / 1e3);
    QVERIFY(std::abs(row["gflops"].toDouble() / gflops - 1) < 1e-3);
    for (const char* wrong : {"0", "4097", "many"}) {
        const Answer refused = program({"bench", "--batch", wrong});
        QCOMPARE(refused.code, 2);
        QVERIFY2(refused.error().contains("--batch"), qPrintable(refused.err));
    }
    QCOMPARE(program({"bench", "--batch", "2", "--live"}).code, 2);
    const Answer large = program({"bench", "inception_v4", "--batch", "4096"});
    QCOMPARE(large.code, 1);
    QVERIFY2(
        large.error().contains("make the batch smaller than 4096 pictures"), qPrintable(large.err));
}

void TestCliMeasure::benchPerModule()
{
    const Answer answer = program(
        {"bench", "googlenet", "--runs", "2", "--warmup", "0", "--per", "module", "--json"});
    const QJsonArray rows = answer.json().array();
    QCOMPARE(rows.size(), 18);
    QStringList expected = benchKeys + QStringList{"module"};
    expected.sort();
    QCOMPARE(keys(rows[0].toObject()), expected);
    for (const QJsonValue row : rows)
        QVERIFY(row.toObject()["median_ms"].toDouble() > 0);
}

void TestCliMeasure::benchBackward()
{
    const Answer answer =
        program({"bench", "googlenet_bn", "--backward", "input", "--runs", "2", "--json"});
    QCOMPARE(answer.error(), QString());
    const QJsonObject row = answer.json().array()[0].toObject();
    QCOMPARE(row["backward"].toString(), "input");
    QVERIFY(row["forward_ms"].toDouble() > 0);
    QVERIFY(row["min_ms"].toDouble() <= row["median_ms"].toDouble());
    // A backward pass to the input alone is about as much arithmetic as the forward pass.
    QVERIFY2(row["ratio"].toDouble() > 1.3, qPrintable(answer.out));
    QVERIFY(row["ratio_least"].toDouble() <= row["ratio_most"].toDouble());
    const QJsonArray ops = row["ops"].toArray();
    QVERIFY(ops.size() > 5);
    double longest = std::numeric_limits<double>::infinity();
    QStringList names;
    for (const QJsonValue op : ops) {
        QVERIFY(op["count"].toInt() > 0 && op["ms"].toDouble() <= longest);
        longest = op["ms"].toDouble();
        names << op["op"].toString();
    }
    QVERIFY(names.contains("conv") && names.contains("conv_input_gradient"));
}

void TestCliMeasure::compare()
{
    const Answer answer = program(
        {"compare", "bn_inception", "inception_v4", "googlenet_bn", "--input-size", "64", "--runs",
         "3", "--json"});
    QCOMPARE(answer.code, 1); // one of them can't
    QVERIFY2(
        answer.error().contains("network inception_v4: an input of 64x64 doesn't fit"),
        qPrintable(answer.err));
    const QJsonArray rows = answer.json().array();
    QCOMPARE(rows.size(), 3);
    const QJsonObject first = rows[0].toObject();
    QCOMPARE(first["input_size"].toInt(), 64);
    QCOMPARE(first["params"].toInteger(), qint64(11'295'240));
    QVERIFY(first["min_ms"].toDouble() <= first["median_ms"].toDouble());
    QVERIFY(first["median_ms"].toDouble() <= first["max_ms"].toDouble());
    QCOMPARE(first["published_top1"].toDouble(), 74.8);
    QVERIFY(first["published_source"].toString().contains("arXiv:1502.03167 figure 4"));
    QCOMPARE(first["error"].toString(), QString());
    const QJsonObject second = rows[1].toObject();
    QVERIFY(second["median_ms"].isNull());
    QVERIFY(second["ratio"].isNull());
    // Others are run in turns with the first one.
    QCOMPARE(first["ratio"].toDouble(), 1.0);
    const QJsonObject third = rows[2].toObject();
    QCOMPARE(third["reference"].toString(), "bn_inception");
    QVERIFY(third["ratio"].toDouble() > 0 && third["ratio"].toDouble() < 1);
    QVERIFY(third["ratio_min"].toDouble() <= third["ratio"].toDouble());
    QVERIFY(third["ratio"].toDouble() <= third["ratio_max"].toDouble());
    QVERIFY(second["error"].toString().contains("doesn't fit"));
    QCOMPARE(second["published_on_subset"].toBool(), true);
    // The published network, whatever weights come with the program.
    QCOMPARE(third["params"].toInteger(), qint64(6'624'904));
    QCOMPARE(keys(second), keys(first));
}

void TestCliMeasure::compareTells()
{
    QCOMPARE(program({"compare", "googlenot"}).code, 2);
    QCOMPARE(program({"compare", "--runs", "0"}).code, 2);
    QCOMPARE(program({"compare", "googlenet_bn", "--reference", "googlenot"}).code, 2);
    QCOMPARE(program({"compare", "--json", "--csv"}).code, 2);
    QCOMPARE(program({"compare", "--image", "/nowhere.png"}).code, 1);
    const Answer csv =
        program({"compare", "googlenet_bn", "--input-size", "64", "--runs", "1", "--csv"});
    QCOMPARE(csv.code, 0);
    QVERIFY(csv.out.startsWith("network,title,year,input_size,layers,params,macs,"));
    const Answer text = program({"compare", "googlenet_bn", "--input-size", "64", "--runs", "1"});
    QVERIFY(text.out.contains("random weights"));
    QVERIFY(text.out.contains("48,238 images"));
}

INCEPTOSCOPE_TEST_MAIN(TestCliMeasure)
#include "test_cli_measure.moc"
