// The laboratory's model: settings, what is asked of the engine, what is shown of its answers.
#include "models/app_model.h"

#include <QSignalSpy>
#include <QtTest>

using namespace inceptoscope;

class TestLaboratory : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void listsAllByChapter();
    void aSettingChangesCountsAtOnce();
    void answersWithin200ms();
    void measuresOnlyWhatIsLookedAt();
    void cancelledMeasurements();
    void aNewerSettingMakesAnAnswerStale();
    void measuredReportsAreShown();
    void partsAreShown();
    void saysWhatWentWrong();
    void trainedWeightsAsTheyCome();
    void sizesInTheirUnits();
    void settingsAsText();
    void chartsOfEveryExperiment();
    void placesHaveAnAddress();
};

void TestLaboratory::listsAllByChapter()
{
    const LaboratoryModel model;
    const QVariantList list = model.experimentList();
    QCOMPARE(list.size(), qsizetype(experiments().size()));
    QStringList chapters;
    for (const QVariant& entry : list)
        if (const QString chapter = entry.toMap()["chapter"].toString();
            !chapters.endsWith(chapter))
            chapters << chapter;
    // Each stands together.
    QCOMPARE(
        chapters, QStringList(
                      {"The whole family", "Inception v1", "Inception v2", "Inception v3",
                       "Inception v4", "Inception-ResNet"}));
}

void TestLaboratory::aSettingChangesCountsAtOnce()
{
    LaboratoryModel model;
    model.setCurrent("asymmetric");
    QVERIFY(model.verdict().contains("33 % fewer MACs"));
    const QList<LaboratorySide*> before = model.sides();
    QSignalSpy changed(&model, &LaboratoryModel::reportChanged);
    QSignalSpy exchanged(&model, &LaboratoryModel::sidesChanged);
    model.setValue("n", 7);
    QCOMPARE(changed.count(), 1);
    QCOMPARE(exchanged.count(), 0); // the drawings stay, and show something else
    QCOMPARE(model.sides(), before);
    QCOMPARE(model.sides()[0]->title(), QString("7×7"));
    QVERIFY(model.verdict().contains("71 % fewer MACs"));
    QCOMPARE(model.valueText("n"), QString("7"));
    QVERIFY(!model.standard());
    model.setValue("n", 99); // no further than the slider goes
    QCOMPARE(model.value("n"), 11.0);
    model.reset();
    QVERIFY(model.standard());
    model.setValue("no such setting", 1);
    QVERIFY(model.standard());
}

void TestLaboratory::answersWithin200ms()
{
    LaboratoryModel model;
    for (const Experiment& experiment : experiments()) {
        model.setCurrent(QString::fromStdString(experiment.id));
        for (const ExperimentSetting& setting : experiment.settings) {
            QElapsedTimer timer;
            timer.start();
            model.setValue(
                QString::fromStdString(setting.name),
                setting.standard == setting.most ? setting.least : setting.most);
            // On an idle machine; others may build at the same time.
            QVERIFY2(timer.elapsed() < 1000, experiment.id.c_str());
        }
    }
}

void TestLaboratory::measuresOnlyWhatIsLookedAt()
{
    LaboratoryModel model;
    QSignalSpy wanted(&model, &LaboratoryModel::wanted);
    model.setValue("channels", 32);
    QTest::qWait(250);
    QCOMPARE(wanted.count(), 0);
    QVERIFY(!model.measuring());
    model.setLookedAt(true);
    QVERIFY(model.measuring());
    for (const double channels : {40.0, 48.0, 56.0}) // one measurement
        model.setValue("channels", channels);
    QTRY_COMPARE(wanted.count(), 1);
    QTest::qWait(250);
    QCOMPARE(wanted.count(), 1);
    QSignalSpy cancelled(&model, &LaboratoryModel::cancelWanted);
    model.setLookedAt(false);
    QCOMPARE(cancelled.count(), 1);
    QVERIFY(!model.measuring());
    // What is only counted asks for nothing.
    model.setCurrent("depth");
    model.setLookedAt(true);
    QTest::qWait(250);
    QCOMPARE(wanted.count(), 1);
    QVERIFY(!model.measuring());
}

/// It stays cancelled, also when the view is left, until somebody wants it or moves a slider.
void TestLaboratory::cancelledMeasurements()
{
    LaboratoryModel model;
    model.setLookedAt(true);
    QSignalSpy wanted(&model, &LaboratoryModel::wanted);
    QTRY_COMPARE(wanted.count(), 1);
    model.setWaiting("Waiting for the two modules");
    QCOMPARE(model.progressText(), QString("Waiting for the two modules"));
    QCOMPARE(model.progress(), -1.0);
    model.setWaiting({});
    model.setProgress(0.25);
    QCOMPARE(model.progressText(), QString("Measuring"));
    QCOMPARE(model.progress(), 0.25);
    QSignalSpy cancelled(&model, &LaboratoryModel::cancelWanted);
    model.cancel();
    QCOMPARE(cancelled.count(), 1);
    QVERIFY(!model.measuring() && model.cancelled());
    // An answer that was on its way comes too late.
    auto report = std::make_shared<ExperimentReport>(model.report());
    report->verdict = {"too late", true};
    model.apply(wanted[0][0].toULongLong(), report, {});
    QVERIFY(!model.verdict().contains("late"));
    model.setLookedAt(false);
    model.setLookedAt(true);
    QTest::qWait(250);
    QCOMPARE(wanted.count(), 1);
    model.measureAgain();
    QTRY_COMPARE(wanted.count(), 2);
    QVERIFY(model.measuring() && !model.cancelled());
    model.cancel();
    model.setValue("channels", 16);
    QVERIFY(!model.cancelled());
    QTRY_COMPARE(wanted.count(), 3);
}

void TestLaboratory::aNewerSettingMakesAnAnswerStale()
{
    LaboratoryModel model;
    model.setLookedAt(true);
    QSignalSpy wanted(&model, &LaboratoryModel::wanted);
    QTRY_COMPARE(wanted.count(), 1);
    const auto number = wanted[0][0].toULongLong();
    model.setValue("channels", 16);
    auto old = std::make_shared<ExperimentReport>(model.report());
    old->verdict = {"of yesterday", true};
    model.apply(number, old, {});
    QVERIFY(!model.verdict().contains("yesterday"));
    QVERIFY(model.measuring());
}

void TestLaboratory::measuredReportsAreShown()
{
    LaboratoryModel model;
    model.setLookedAt(true);
    QSignalSpy wanted(&model, &LaboratoryModel::wanted);
    QTRY_COMPARE(wanted.count(), 1);
    auto report = std::make_shared<ExperimentReport>(model.report());
    for (ExperimentSide& side : report->sides)
        side.times = {.opMilliseconds = {}, .median = 2.5, .fastest = 2, .slowest = 3, .runs = 5};
    report->sides[1].timeRatio = {.median = 0.5, .least = 0.4, .most = 0.6};
    report->verdict = experimentNamed("two-3x3").judge(*report);
    model.apply(wanted[0][0].toULongLong(), report, {});
    QVERIFY(!model.measuring());
    QCOMPARE(model.verdict(), QString("Holds: 28 % fewer MACs, 2.0x faster here"));
    QCOMPARE(model.outcome(), QString("holds"));
    QStringList labels;
    for (const QVariant& row : model.sideRows())
        labels << row.toMap()["label"].toString();
    QVERIFY(labels.contains("Time, median"));
    QVERIFY(model.csv().startsWith("figure,one 5×5,two 3×3,one 3×3\nMACs,\"80,281,600\","));
}

/// Side by side as they come; what ran once says so.
void TestLaboratory::partsAreShown()
{
    LaboratoryModel model;
    model.setLookedAt(true);
    QSignalSpy wanted(&model, &LaboratoryModel::wanted);
    QTRY_COMPARE(wanted.count(), 1);
    const auto number = wanted[0][0].toULongLong();
    auto part = std::make_shared<ExperimentReport>(model.report());
    part->sides[0].times = {
        .opMilliseconds = {}, .median = 2.5, .fastest = 2.5, .slowest = 2.5, .runs = 1};
    model.applyPart(number, part);
    QVERIFY(model.measuring()); // more is to come
    QStringList times;
    QStringList ranges;
    for (const QVariant& row : model.sideRows()) {
        if (row.toMap()["label"].toString() == "Time, median")
            times = row.toMap()["texts"].toStringList();
        if (row.toMap()["label"].toString() == "Least to most")
            ranges = row.toMap()["texts"].toStringList();
    }
    const QString dash = QStringLiteral("–");
    QCOMPARE(times, QStringList({QStringLiteral("2.50\u00A0ms, one run"), dash, dash}));
    QCOMPARE(ranges, QStringList({dash, dash, dash}));
    // Nothing of an older setting.
    model.setValue("channels", 16);
    model.applyPart(number, part);
    QCOMPARE(model.report().sides[0].times.runs, 0U);
}

void TestLaboratory::trainedWeightsAsTheyCome()
{
    LaboratoryModel model;
    QCOMPARE(model.take("vanishing-gradient", "network=inception_v3"), QString());
    const QString sentence("No trained weights of Inception v3 are here; fetch or open them");
    QCOMPARE(model.closed("weights").last(), sentence);
    QCOMPARE(model.closed("weights").first(), QString());
    QCOMPARE(model.problem(), QString());
    // By an address it can be asked for all the same.
    QCOMPARE(model.take("vanishing-gradient", "network=inception_v3,weights=trained"), QString());
    QCOMPARE(model.problem(), sentence);
    QSignalSpy wanted(&model, &LaboratoryModel::wanted);
    model.setLookedAt(true);
    QVERIFY(!model.measuring());
    model.setWeightsAtHand({{"inception_v3", "v3.safetensors"}});
    QCOMPARE(model.problem(), QString());
    QCOMPARE(model.closed("weights").last(), QString());
    QTRY_COMPARE(wanted.count(), 1);
}

void TestLaboratory::sizesInTheirUnits()
{
    LaboratoryModel model;
    model.setCurrent("resnet-cost");
    QStringList weights;
    for (const QVariant& row : model.sideRows())
        if (row.toMap()["label"].toString() == "Weights")
            weights = row.toMap()["texts"].toStringList();
    for (size_t i = 0; i < model.report().sides.size(); ++i) {
        const double mebibytes = double(model.report().sides[i].cost.weightBytes) / (1 << 20);
        QCOMPARE(
            weights[qsizetype(i)],
            QString::number(mebibytes, 'f', 1) + QStringLiteral("\u00A0MiB"));
    }
}

void TestLaboratory::saysWhatWentWrong()
{
    LaboratoryModel model;
    model.setLookedAt(true);
    QSignalSpy wanted(&model, &LaboratoryModel::wanted);
    QTRY_COMPARE(wanted.count(), 1);
    model.apply(wanted[0][0].toULongLong(), nullptr, "out of memory");
    QCOMPARE(model.problem(), QString("out of memory"));
    QVERIFY(!model.measuring());
    QVERIFY(model.verdict().contains("28 %")); // what is counted stands
    model.setValue("channels", 16);
    QCOMPARE(model.problem(), QString());
}

void TestLaboratory::settingsAsText()
{
    LaboratoryModel model;
    QCOMPARE(model.setText(), QString());
    QCOMPARE(model.take("asymmetric", "n=7,channels=16"), QString());
    QCOMPARE(model.current(), QString("asymmetric"));
    QCOMPARE(model.setText(), QString("n=7,channels=16"));
    QCOMPARE(
        model.take("asymmetric", "n=12"),
        QString("--set n=12: n takes a whole number from 2 to 11"));
    QCOMPARE(model.value("n"), 7.0);
    QVERIFY(model.take("alchemy", {}).startsWith("experiment \"alchemy\" doesn't exist"));
}

void TestLaboratory::chartsOfEveryExperiment()
{
    LaboratoryModel model;
    for (const Experiment& experiment : experiments()) {
        model.setCurrent(QString::fromStdString(experiment.id));
        for (int i = 0; i < model.chartCount(); ++i) {
            const auto chart = model.chart(i).value<ChartPtr>();
            QVERIFY(chart);
            const Drawing drawing =
                layOut(*chart, {.size = {600, 320}, .theme = chartTheme(true), .selected = {}});
            QVERIFY2(drawing.items.size() > 10, experiment.id.c_str());
        }
        QVERIFY(!model.chart(99).value<ChartPtr>());
    }
}

void TestLaboratory::placesHaveAnAddress()
{
    AppModel app(nullptr);
    app.start("googlenet", "synthetic", {});
    app.places()->open("inceptoscope:experiment=asymmetric&set=n=7");
    QCOMPARE(app.view(), QString("laboratory"));
    QCOMPARE(app.laboratory()->value("n"), 7.0);
    QVERIFY(app.places()->addressText().contains("experiment=asymmetric&set=n%3D7"));
    app.places()->open("inceptoscope:experiment=asymmetric&set=n=70");
    QVERIFY(!app.messages()->text().isEmpty());
    QCOMPARE(app.laboratory()->value("n"), 7.0);
    app.places()->open("inceptoscope:set=n=7");
    QVERIFY(app.messages()->text().contains("needs the experiment"));
}

QTEST_MAIN(TestLaboratory)
#include "test_laboratory.moc"
