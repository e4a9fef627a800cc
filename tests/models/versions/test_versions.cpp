#include "models/versions/module_pair_model.h"
#include "models/versions/version_difference.h"
#include "models/versions/versions_model.h"
#include "support/test_main.h"

#include <QSignalSpy>
#include <QTemporaryDir>

using namespace inceptoscope;

/// The networks side by side without a device: what is counted, sorted, said and saved, and what
/// results of a comparison make of it.
class TestVersions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void countedAtOnce();
    void fillsRowByRow();
    void sorts();
    void sameInputForAll();
    void lateResultsOfAnotherComparison();
    void cancels();
    void saysWhichOfHowMany();
    void footnotes();
    void charts();
    void tableAsCsv();
    void selectsTwo();
    void stages();
    void whatChanged();
    void modulePair();
    void pairIsCancelled();
    void pairOfOtherShapes();
    void comparesWithTheNaiveModule();
};

static std::shared_ptr<const ComparisonResult>
result(const std::string& id, double milliseconds, std::optional<uint32_t> side = {})
{
    auto made = std::make_shared<ComparisonResult>();
    made->entry.network = id;
    made->inputSize = side;
    made->network = std::make_shared<const Network>(makeNetwork(id, {.inputSize = side}));
    made->device = "a device";
    made->weightBytes = 10U << 20U;
    made->activationBytes = 20U << 20U;
    made->times.median = milliseconds;
    made->times.fastest = milliseconds - 1;
    made->times.slowest = milliseconds + 3;
    made->times.runs = 5;
    made->reference = "googlenet";
    made->ratio = {.median = milliseconds / 50, .least = milliseconds / 55, .most = 2.5};
    made->times.opMilliseconds.assign(made->network->graph.size(), 0.5);
    return made;
}

static QString cellText(const VersionsModel& model, const QString& id, VersionColumn column)
{
    for (const QVariant& row : model.rows())
        if (row.toMap()["id"] == id)
            return row.toMap()["cells"].toList()[int(column)].toMap()["text"].toString();
    return "no such row";
}

static QStringList order(const VersionsModel& model)
{
    QStringList ids;
    for (const QVariant& row : model.rows())
        ids << row.toMap()["id"].toString();
    return ids;
}

void TestVersions::countedAtOnce()
{
    const VersionsModel model;
    QCOMPARE(model.rows().size(), qsizetype(networkIds().size()));
    QCOMPARE(cellText(model, "inception_v3", VersionColumn::Layers), QString("48"));
    QCOMPARE(cellText(model, "inception_v3", VersionColumn::Params), QString("23.8\u00A0M"));
    QCOMPARE(cellText(model, "inception_v3", VersionColumn::Time), QString("counted only"));
    QCOMPARE(cellText(model, "inception_v3", VersionColumn::Top1), QString("78.8*"));
    QCOMPARE(cellText(model, "googlenet_bn", VersionColumn::Top1), QString("73.2†"));
    QCOMPARE(cellText(model, "googlenet_bn", VersionColumn::Top5), QString("–"));
    QCOMPARE(cellText(model, "facenet", VersionColumn::Top1), QString("–"));
    // The published network's, to the last digit.
    const auto tip = model.rows()[2].toMap()["cells"].toList()[int(VersionColumn::Params)];
    QCOMPARE(tip.toMap()["tip"].toString(), QString("6,624,904"));
}

void TestVersions::fillsRowByRow()
{
    VersionsModel model;
    model.setCanMeasure(true);
    QSignalSpy wanted(&model, &VersionsModel::comparisonWanted);
    model.measure();
    QCOMPARE(wanted.size(), 1);
    const auto request = wanted[0][0].value<ComparisonRequest>();
    QCOMPARE(request.entries.size(), networkIds().size());
    QVERIFY(model.running());
    model.setProgress("googlenet", 0.05);
    QCOMPARE(model.progressText(), QString("Measuring GoogLeNet (Inception v1), 1 of 12"));
    model.addResult(result("googlenet", 49.1));
    QCOMPARE(cellText(model, "googlenet", VersionColumn::Time), QString("49.1\u00A0ms ±2.0"));
    QCOMPARE(cellText(model, "googlenet", VersionColumn::Ratio), QString("1"));
    QCOMPARE(cellText(model, "googlenet", VersionColumn::Memory), QString("30.0\u00A0MiB"));
    QCOMPARE(cellText(model, "googlenet", VersionColumn::Gflops), QString("64.5"));
    QCOMPARE(cellText(model, "inception_v3", VersionColumn::Time), QString("counted only"));
    auto failed = std::make_shared<ComparisonResult>();
    failed->entry.network = "inception_v4";
    failed->error = "out of memory";
    model.addResult(failed);
    QCOMPARE(cellText(model, "inception_v4", VersionColumn::Time), QString("can't"));
    model.finish(request.number);
    QVERIFY(!model.running());
    // The next time only what is missing.
    model.measure();
    QCOMPARE(wanted[1][0].value<ComparisonRequest>().entries.size(), networkIds().size() - 1);
}

void TestVersions::sorts()
{
    VersionsModel model;
    const QStringList published = order(model);
    QCOMPARE(published.front(), QString("googlenet"));
    model.sortBy(int(VersionColumn::Params));
    QCOMPARE(order(model).front(), QString("googlenet_bn"));
    QCOMPARE(order(model).back(), QString("googlenet_naive"));
    model.sortBy(int(VersionColumn::Params));
    QVERIFY(model.descending());
    QCOMPARE(order(model).front(), QString("googlenet_naive"));
    // What has no figure comes last, either way.
    model.sortBy(int(VersionColumn::Top1));
    QCOMPARE(order(model).front(), QString("googlenet"));
    QVERIFY(!QStringList({"inception_resnet_v2"}).contains(order(model).back()));
    model.sortBy(int(VersionColumn::Top1));
    QCOMPARE(order(model).front(), QString("inception_resnet_v2"));
    QCOMPARE(cellText(model, order(model).back(), VersionColumn::Top1), QString("–"));
    model.sortBy(0);
    QCOMPARE(order(model), published);
}

void TestVersions::sameInputForAll()
{
    VersionsModel model;
    model.setCanMeasure(true);
    model.addResult(result("googlenet", 50));
    model.setInputSize(299);
    QCOMPARE(cellText(model, "googlenet", VersionColumn::Input), QString("299×299"));
    QCOMPARE(cellText(model, "googlenet", VersionColumn::Time), QString("counted only"));
    QVERIFY(model.footnotes().contains("own input size, not at 299"));
    model.addResult(result("googlenet", 90, 299));
    QCOMPARE(cellText(model, "googlenet", VersionColumn::Time), QString("90.0\u00A0ms ±2.0"));
    model.setInputSize(0);
    QCOMPARE(cellText(model, "googlenet", VersionColumn::Time), QString("50.0\u00A0ms ±2.0"));
    // A size that some can't have is said, and they aren't asked for.
    model.setInputSize(64);
    QCOMPARE(cellText(model, "inception_v4", VersionColumn::Time), QString("can't"));
    QSignalSpy wanted(&model, &VersionsModel::comparisonWanted);
    model.measure();
    for (const ComparisonEntry& entry : wanted[0][0].value<ComparisonRequest>().entries)
        QVERIFY(entry.network != "inception_v4");
    QCOMPARE(wanted[0][0].value<ComparisonRequest>().inputSize, std::optional<uint32_t>(64));
}

void TestVersions::lateResultsOfAnotherComparison()
{
    VersionsModel model;
    model.setInputSize(224);
    model.addResult(result("inception_v3", 100)); // measured at 299 before the switch
    QCOMPARE(cellText(model, "inception_v3", VersionColumn::Time), QString("counted only"));
    model.setInputSize(0);
    QVERIFY(cellText(model, "inception_v3", VersionColumn::Time).startsWith("100.0"));
}

void TestVersions::cancels()
{
    VersionsModel model;
    model.setCanMeasure(true);
    QSignalSpy wanted(&model, &VersionsModel::comparisonWanted);
    QSignalSpy cancelled(&model, &VersionsModel::cancelWanted);
    model.measure();
    model.cancel();
    QCOMPARE(cancelled.size(), 1);
    QVERIFY(!model.running());
    model.measure();
    // The end of the one that was cancelled comes late.
    model.finish(wanted[0][0].value<ComparisonRequest>().number);
    QVERIFY(model.running());
    model.finish(wanted[1][0].value<ComparisonRequest>().number);
    QVERIFY(!model.running());
}

/// Which network, which of how many, and how far all are, by what they have to compute.
void TestVersions::saysWhichOfHowMany()
{
    VersionsModel model;
    model.setCanMeasure(true);
    QSignalSpy wanted(&model, &VersionsModel::comparisonWanted);
    model.measure();
    const auto request = wanted[0][0].value<ComparisonRequest>();
    const auto count = int(request.entries.size());
    QVERIFY(count > 10);
    QCOMPARE(model.progressText(), QString("Waiting for the device"));
    QCOMPARE(model.progress(), -1.0);
    model.setWaiting("Waiting for the experiment in the Laboratory");
    QCOMPARE(model.progressText(), QString("Waiting for the experiment in the Laboratory"));
    double last = -1;
    for (int i = 0; i < count; ++i) {
        const auto id = QString::fromStdString(request.entries[size_t(i)].network);
        model.setProgress(id, double(i) / count);
        const Network network = makeNetwork(id.toStdString());
        QCOMPARE(
            model.progressText(), QString("Measuring %1, %2 of %3")
                                      .arg(QString::fromStdString(network.title))
                                      .arg(i + 1)
                                      .arg(count));
        QVERIFY(model.progress() > last);
        last = model.progress();
    }
    QVERIFY(last < 1);
    model.setProgress(QString::fromStdString(request.entries.back().network), 1);
    QCOMPARE(model.progress(), 1.0);
    // Each in turns with the reference: the first, which is smaller than most, is a small part.
    model.cancel();
    model.measure();
    model.setProgress("googlenet", 0.5 / count);
    QVERIFY(model.progress() > 0 && model.progress() < 0.5 / count);
    model.finish(wanted[1][0].value<ComparisonRequest>().number);
    QVERIFY(!model.running() && model.progressText().isEmpty());
}

void TestVersions::footnotes()
{
    VersionsModel model;
    QVERIFY(model.footnotes().contains("48,238 images"));
    QVERIFY(model.footnotes().contains("†"));
    model.setReleased(true);
    QVERIFY(!model.footnotes().contains("48,238 images"));
    QCOMPARE(cellText(model, "inception_v3", VersionColumn::Top1), QString("77.3"));
}

void TestVersions::charts()
{
    VersionsModel model;
    const auto& byMacs = std::get<Scatter>(*model.chart());
    QVERIFY(byMacs.front);
    QCOMPARE(byMacs.points.size(), size_t(8)); // those with a published top-1
    QVERIFY(byMacs.note.contains("4 without a figure"));
    model.setChartKind(int(VersionChart::AccuracyByTime));
    QCOMPARE(std::get<Scatter>(*model.chart()).points.size(), size_t(0));
    model.addResult(result("inception_v3", 100));
    const auto& byTime = std::get<Scatter>(*model.chart());
    QCOMPARE(byTime.points.size(), size_t(1));
    QCOMPARE(byTime.points[0].x, 100.0);
    QCOMPARE(byTime.points[0].xLow, 99.0);
    QCOMPARE(byTime.points[0].y, 78.8);
    QCOMPARE(byTime.points[0].size, 23'834'568.0);
    QVERIFY(byTime.points[0].label.endsWith("*"));
    QVERIFY(byTime.points[0].tip.contains("arXiv:1512.00567"));
    model.setChartKind(int(VersionChart::Params));
    const auto& bars = std::get<BarChart>(*model.chart());
    QCOMPARE(bars.bars.size(), networkIds().size());
    QCOMPARE(bars.bars[0].values[0].value, 6'998'552.0);
    model.setChartKind(int(VersionChart::Memory));
    QVERIFY(std::get<BarChart>(*model.chart()).bars[0].values[0].text.contains("counted only"));
    model.setChartKind(int(VersionChart::Time));
    QCOMPARE(std::get<BarChart>(*model.chart()).bars.size(), size_t(1));
}

void TestVersions::tableAsCsv()
{
    VersionsModel model;
    model.addResult(result("googlenet", 49.1));
    const QStringList lines = model.csv().split('\n', Qt::SkipEmptyParts);
    QCOMPARE(lines.size(), qsizetype(networkIds().size() + 1));
    QVERIFY(lines[1].startsWith("googlenet,GoogLeNet (Inception v1),2014,224,22,6998552,"));
    QVERIFY(lines[1].contains(",49.1,48.1,52.1,"));
    QVERIFY(lines[1].contains(",71,90.8,"));
}

void TestVersions::selectsTwo()
{
    VersionsModel model;
    model.toggle("inception_v4");
    model.toggle("googlenet");
    QCOMPARE(model.selected(), QStringList({"inception_v4", "googlenet"}));
    QCOMPARE(model.before(), QString("googlenet")); // the older one
    QCOMPARE(model.after(), QString("inception_v4"));
    model.toggle("inception_v3");
    QCOMPARE(model.selected(), QStringList({"googlenet", "inception_v3"}));
    model.toggle("googlenet");
    QCOMPARE(model.selected(), QStringList({"inception_v3"}));
    model.toggle("googlenot");
    QCOMPARE(model.selected().size(), 1);
    QCOMPARE(model.chartSelected().size(), 1);
    model.toggleInChart(model.chartSelected().front());
    QVERIFY(model.selected().isEmpty());
    model.toggleInChart(99);
    model.toggleInChart(-1);
}

void TestVersions::stages()
{
    const Network v4 = makeNetwork("inception_v4");
    const std::vector<VersionStage> stages = versionStages(v4);
    QStringList keys;
    Cost sum;
    for (const VersionStage& stage : stages) {
        keys << stage.key;
        sum += stage.cost;
    }
    QCOMPARE(
        keys, QStringList(
                  {"Stem", "Inception 1", "Reduction 1", "Inception 2", "Reduction 2",
                   "Inception 3", "Head"}));
    QCOMPARE(sum.macs, uint64_t(12'253'974'624));
    QCOMPARE(sum.params, uint64_t(42'679'816));
    const VersionStage& a = stages[1];
    QCOMPARE(a.design, QString("Inception-A"));
    QCOMPARE(a.count, 4);
    QCOMPARE(a.grid, QString("35×35"));
    QCOMPARE(a.channels, uint32_t(384));
    QCOMPARE(a.branches, 4);
    QCOMPARE(a.kernels, QStringList({"1×1", "3×3"}));
    QVERIFY(!a.residual);
    QCOMPARE(a.milliseconds, -1.0);
    QVERIFY(versionStages(makeNetwork("inception_resnet_v2"))[1].residual);
    // Auxiliary heads are of no stage.
    uint64_t macs = 0;
    for (const VersionStage& stage : versionStages(makeNetwork("googlenet")))
        macs += stage.cost.macs;
    QCOMPARE(macs, uint64_t(1'582'671'872));
}

void TestVersions::whatChanged()
{
    VersionsModel model;
    model.setBefore("inception_v3");
    model.setAfter("inception_v4");
    const QVariantMap a = model.difference()[1].toMap();
    QCOMPARE(a["before"].toMap()["text"].toString(), QString("3 modules at 35×35"));
    QCOMPARE(a["after"].toMap()["text"].toString(), QString("4 modules at 35×35"));
    QVERIFY2(
        a["change"].toString().startsWith("3 → 4 modules; 288 → 384 channels out"),
        qPrintable(a["change"].toString()));
    QVERIFY(a["change"].toString().contains("no more: 5×5"));
    QCOMPARE(a["time"].toString(), QString("–"));
    const QVariantMap params = model.totals()[2].toMap();
    QCOMPARE(params["change"].toString(), QString("+18.8\u00A0M (×1.79)"));
    model.addResult(result("inception_v3", 100));
    auto v4 = std::make_shared<ComparisonResult>(*result("inception_v4", 200));
    v4->ratio = {.median = 5, .least = 4.5, .most = 5.5};
    model.addResult(v4);
    QCOMPARE(cellText(model, "inception_v4", VersionColumn::Ratio), QString("5.00 ±0.50"));
    QVERIFY(model.difference()[1].toMap()["time"].toString().startsWith("+"));
    QCOMPARE(model.totals()[4].toMap()["change"].toString(), QString("+100.0\u00A0ms (×2.50)"));
    // A spread is in the unit of what it is the spread of.
    const auto times = [](double median, double spread) {
        MeasuredTimes result;
        result.median = median;
        result.fastest = median - spread;
        result.slowest = median + spread;
        return timesText(result);
    };
    QCOMPARE(times(49.1, 2), QString("49.1\u00A0ms ±2.0"));
    QCOMPARE(times(254.6, 131.8), QString("254.6\u00A0ms ±132"));
    QCOMPARE(times(2370, 1035), QString("2.37\u00A0s ±1.0"));
    QCOMPARE(times(0.079, 0.0124), QString("79\u00A0µs ±12"));
    QCOMPARE(times(9.64, 0.41), QString("9.64\u00A0ms ±0.41"));
    QCOMPARE(differenceText(5, 5), QString("same"));
    QCOMPARE(differenceText(303'464'448, 128'049'152), QString("−175.4\u00A0M (×0.42)"));
    model.setAfter("inception_v3");
    for (const QVariant& row : model.difference())
        QCOMPARE(row.toMap()["change"].toString(), QString("the same"));
}

static QVariantMap measureOf(const ModulePairModel& pair, const QString& label)
{
    for (const QVariant& row : pair.differences())
        if (row.toMap()["label"] == label)
            return row.toMap();
    return {};
}

void TestVersions::modulePair()
{
    ModulePairModel pair;
    QSignalSpy wanted(&pair, &ModulePairModel::pairWanted);
    QCOMPARE(measureOf(pair, "MACs")["first"].toString(), QString("303,464,448"));
    QCOMPARE(measureOf(pair, "MACs")["second"].toString(), QString("128,049,152"));
    QCOMPARE(measureOf(pair, "MACs")["change"].toString(), QString("−175.4\u00A0M (×0.42)"));
    QCOMPARE(measureOf(pair, "Channels out")["first"].toString(), QString("416"));
    QCOMPARE(measureOf(pair, "Channels out")["second"].toString(), QString("256"));
    QCOMPARE(measureOf(pair, "Time")["first"].toString(), QString("not measured"));
    QCOMPARE(pair.first()->stage()->columns(), 4);
    // Measured once it is looked at, and only once.
    QTest::qWait(300);
    QCOMPARE(wanted.size(), 0);
    pair.setLookedAt(true);
    QTRY_COMPARE(wanted.size(), 1);
    const auto request = wanted[0][0].value<ModulePairRequest>();
    QVERIFY(request.input == (Shape{192, 28, 28}));
    QCOMPARE(request.modules[0].network, std::string("googlenet_naive"));
    auto measured = std::make_shared<ModulePairResult>();
    measured->number = request.number;
    measured->inputSource = "a test";
    for (ModulePairSide& side : measured->sides) {
        side.times.median = 4;
        side.times.fastest = 3.5;
        side.times.slowest = 5;
    }
    measured->sides[1].times.median = 2;
    pair.apply(measured);
    QCOMPARE(measureOf(pair, "Time")["change"].toString(), QString("−2.00\u00A0ms (×0.50)"));
    QVERIFY(!pair.measuring());
    QVERIFY(pair.inputText().endsWith(": a test"));
    // What comes of an earlier pair is left alone.
    pair.second()->setModule("inception_3b");
    pair.apply(measured);
    QCOMPARE(measureOf(pair, "Time")["first"].toString(), QString("not measured"));
}

void TestVersions::pairIsCancelled()
{
    ModulePairModel pair;
    QSignalSpy wanted(&pair, &ModulePairModel::pairWanted);
    QSignalSpy cancelled(&pair, &ModulePairModel::cancelWanted);
    pair.cancel(); // nothing yet
    QCOMPARE(cancelled.size(), 0);
    pair.setLookedAt(true);
    QTRY_COMPARE(wanted.size(), 1);
    QVERIFY(pair.measuring());
    pair.setWaiting("Waiting for the network on show");
    QCOMPARE(pair.progressText(), QString("Waiting for the network on show"));
    QCOMPARE(pair.progress(), -1.0);
    pair.setProgress(0.5);
    QCOMPARE(pair.progressText(), QString("Measuring"));
    QCOMPARE(pair.progress(), 0.5);
    pair.cancel();
    QCOMPARE(cancelled.size(), 1);
    QVERIFY(!pair.measuring() && pair.cancelled());
    // A result that was on its way comes too late.
    auto late = std::make_shared<ModulePairResult>();
    late->number = wanted[0][0].value<ModulePairRequest>().number;
    late->inputSource = "too late";
    pair.apply(late);
    QVERIFY(!pair.inputText().contains("late"));
    pair.measureAgain();
    QVERIFY(!pair.cancelled());
    QTRY_COMPARE(wanted.size(), 2);
    pair.apply([&] {
        late->number = wanted[1][0].value<ModulePairRequest>().number;
        late->inputSource = "in time";
        return late;
    }());
    QVERIFY(pair.inputText().endsWith(": in time") && !pair.measuring());
}

void TestVersions::pairOfOtherShapes()
{
    ModulePairModel pair;
    pair.first()->setNetwork("inception_v3");
    pair.second()->setNetwork("inception_resnet_v2");
    pair.second()->setModule("repeat.0");
    QCOMPARE(pair.inputChoices()[0], QString("left's, 192 × 35×35"));
    QCOMPARE(pair.inputChoices()[1], QString("right's, 320 × 35×35"));
    QVERIFY(pair.first()->built() && pair.second()->built());
    QCOMPARE(measureOf(pair, "Channels out")["second"].toString(), QString("192"));
    pair.setInputOf(1);
    QCOMPARE(measureOf(pair, "Channels out")["second"].toString(), QString("320"));
    // A head's input is too small for a reduction.
    pair.setInputOf(0);
    pair.first()->setModule("avgpool");
    pair.second()->setModule("mixed_7a");
    pair.first()->setModule("fc");
    QVERIFY(!pair.second()->built());
    QVERIFY(
        pair.second()->error().startsWith("module mixed_7a can't stand on an input of 2048x1x1"));
    QCOMPARE(measureOf(pair, "MACs")["change"].toString(), QString("–"));
    pair.swap();
    QCOMPARE(pair.first()->network(), QString("inception_resnet_v2"));
    QVERIFY(!pair.first()->built());
}

void TestVersions::comparesWithTheNaiveModule()
{
    ModulePairModel pair;
    pair.compareWith("googlenet_bn", "inception4a");
    QCOMPARE(pair.first()->module(), QString("inception4a"));
    QCOMPARE(pair.second()->network(), QString("googlenet_naive"));
    QCOMPARE(pair.second()->module(), QString("inception_4a"));
    pair.compareWith("inception_v3", "Mixed_5b");
    QCOMPARE(pair.second()->network(), QString("inception_v3"));
    QCOMPARE(pair.second()->module(), QString("Mixed_5c"));
    pair.compareWith("inception_v3", "Mixed_7c");
    QCOMPARE(pair.second()->module(), QString("Mixed_7b"));
}

INCEPTOSCOPE_TEST_MAIN(TestVersions)
#include "test_versions.moc"
