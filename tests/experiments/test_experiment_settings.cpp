// Settings of experiments as --set takes them, and as sliders have them.
#include "error.h"
#include "experiments/experiment.h"
#include "support/error_message.h"
#include "support/test_main.h"

#include <QtTest>

#include <ctime>

using namespace inceptoscope;

class TestExperimentSettings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void takes();
    void refuses_data();
    void refuses();
    void everySettingAtItsEnds();
    void readAsWords_data();
    void readAsWords();
    void choicesAreNoKeys();
    void trainedWeightsNeedAFile();
    void timesOfEqualSidesStay();
};

namespace {

SettingValues valuesOf(const std::string& id, const std::vector<std::string>& assignments)
{
    const Experiment& experiment = experimentNamed(id);
    return settingValues(experiment.id, experiment.settings, assignments);
}

} // namespace

void TestExperimentSettings::takes()
{
    const SettingValues values = valuesOf("two-3x3", {"channels=192", "relu=no", "at=inception5b"});
    QCOMPARE(values.whole("channels"), 192U);
    QVERIFY(!values.on("relu"));
    QCOMPARE(values.whole("at"), 8U);
    QVERIFY(valuesOf("two-3x3", {"relu=true"}) == valuesOf("two-3x3", {"relu=1"}));
    QCOMPARE(valuesOf("asymmetric", {"n=5", "n=7"}).whole("n"), 7U); // the last one counts
}

void TestExperimentSettings::refuses_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<QString>("assignment");
    QTest::addColumn<QString>("sentence");
    const auto row = [](const char* id, const char* assignment, const char* sentence) {
        QTest::newRow(assignment) << QString(id) << QString(assignment) << QString(sentence);
    };
    row("asymmetric", "n", "--set n: it takes NAME=VALUE such as n=7");
    row("asymmetric", "=3", "--set =3: it takes NAME=VALUE such as n=7");
    row("asymmetric", "n=12", "--set n=12: n takes a whole number from 2 to 11");
    row("asymmetric", "n=2.5", "--set n=2.5: n takes a whole number from 2 to 11");
    row("asymmetric", "n=nan", "--set n=nan: n takes a whole number from 2 to 11");
    row("asymmetric", "n=", "--set n=: n takes a whole number from 2 to 11");
    row("asymmetric", "channels=9",
        "--set channels=9: channels takes a whole number from 8 to 192 in steps of 8");
    row("asymmetric", "m=3",
        "--set m=3: the experiment asymmetric has no setting \"m\"; it has: n, channels, at");
    row("uniform", "n=3", "--set n=3: the experiment uniform has no settings");
    row("two-3x3", "relu=perhaps", "--set relu=perhaps: relu takes one of no, yes");
}

void TestExperimentSettings::refuses()
{
    QFETCH(QString, id);
    QFETCH(QString, assignment);
    QFETCH(QString, sentence);
    const auto body = [&] { (void)valuesOf(id.toStdString(), {assignment.toStdString()}); };
    QVERIFY_THROWS_EXCEPTION(Error, body());
    try {
        body();
    } catch (const Error& error) {
        QCOMPARE(QString::fromUtf8(error.what()), sentence);
        QCOMPARE(error.kind(), ErrorKind::Usage);
    }
}

namespace {

/// Seconds of this thread's own work: others may want the processor meanwhile.
double workSeconds()
{
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return double(now.tv_sec) + double(now.tv_nsec) * 1e-9;
}

/// What a slider may take: an experiment's counts follow it within 200 ms. Sanitizers and builds
/// for debuggers take longer, so these only tell.
void requireQuick(const std::string& where, double seconds)
{
    constexpr double most = 0.2;
    if (seconds < most)
        return;
#if defined(NDEBUG) && !defined(__SANITIZE_ADDRESS__)
    QFAIL((where + " took " + std::to_string(seconds) + " s").c_str());
#else
    qInfo("%s took %.3f s", where.c_str(), seconds);
#endif
}

} // namespace

/// Counted, drawn and judged wherever a slider can stand, and soon.
void TestExperimentSettings::everySettingAtItsEnds()
{
    for (const Experiment& experiment : experiments()) {
        for (const ExperimentSetting& setting : experiment.settings) {
            for (const double end : {setting.least, setting.most}) {
                SettingValues values = standardValues(experiment.settings);
                values.set(setting.name, end);
                const std::string where =
                    experiment.id + " " + setting.name + "=" + setting.text(end);
                const double before = workSeconds();
                const ExperimentReport report = countExperiment(experiment, values);
                requireQuick(where, workSeconds() - before);
                QVERIFY2(!report.verdict.text.empty(), where.c_str());
                QCOMPARE(setting.parse(setting.text(end)), end);
                for (const ExperimentSide& side : report.sides)
                    QVERIFY2(side.cost.macs > 0 && side.receptiveField > 0, where.c_str());
            }
        }
    }
}

void TestExperimentSettings::readAsWords_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<QString>("assignment");
    QTest::addColumn<QString>("shown");
    const auto row = [](const char* id, const char* assignment, const char* shown) {
        QTest::addRow("%s %s", id, assignment)
            << QString(id) << QString(assignment) << QString(shown);
    };
    row("vanishing-gradient", "label=-1", "another than the network says");
    row("vanishing-gradient", "label=7", "7");
    row("vanishing-gradient", "weights=rule", "He, with small biases");
    row("vanishing-gradient", "weights=trained", "Trained");
    row("vanishing-gradient", "network=inception_v3", "Inception v3");
    row("vanishing-gradient", "weight=0", "0 (no heads)");
    row("auxiliary-heads", "label=-1", "what the network says");
    row("label-smoothing", "label=-1", "what the network says");
    row("label-smoothing", "epsilon=0", "0 (no smoothing)");
    row("residual-scale", "scale=1", "1 (unscaled)");
    row("residual-scale", "scale=0.3", "0.3");
    row("naive-vs-reduced", "depth=9", "Inception 5b");
    row("family", "stop=3", "3 of 10, v2, module A");
    row("stems", "steps_of=inception_v4", "Inception v4");
    row("two-3x3", "at=inception4a", "Inception 4a");
    row("kernel-sizes", "response=strongest-channel", "Its strongest channel");
    row("kernel-sizes", "scale=0.5", "0.5x");
}

void TestExperimentSettings::readAsWords()
{
    QFETCH(QString, id);
    QFETCH(QString, assignment);
    QFETCH(QString, shown);
    const std::string name = assignment.section('=', 0, 0).toStdString();
    const SettingValues values = valuesOf(id.toStdString(), {assignment.toStdString()});
    for (const ExperimentSetting& setting : experimentNamed(id.toStdString()).settings)
        if (setting.name == name)
            QCOMPARE(QString::fromStdString(setting.shown(values[name])), shown);
}

/// People read no id of a network or module, and no number that stands for something else.
void TestExperimentSettings::choicesAreNoKeys()
{
    for (const Experiment& experiment : experiments())
        for (const ExperimentSetting& setting : experiment.settings) {
            const std::string where = experiment.id + " " + setting.name;
            for (size_t i = 0; i < setting.choices.size(); ++i)
                QVERIFY2(setting.shown(double(i)).find('_') == std::string::npos, where.c_str());
            if (!setting.isChoice() && setting.least < 0)
                QVERIFY2(setting.words.contains(setting.least), where.c_str());
            QVERIFY2(setting.title.find("-1") == std::string::npos, where.c_str());
        }
}

void TestExperimentSettings::trainedWeightsNeedAFile()
{
    const Experiment& experiment = experimentNamed("vanishing-gradient");
    const SettingValues values = valuesOf(experiment.id, {"network=inception_v3"});
    size_t trained = 0;
    for (const ExperimentSetting& setting : experiment.settings)
        if (setting.name == "weights")
            trained = setting.choices.size() - 1;
    QCOMPARE(
        experiment.closed("weights", trained, values, {}),
        std::string("no trained weights of Inception v3 are here; fetch or open them"));
    QCOMPARE(experiment.closed("weights", 0, values, {}), std::string());
    QCOMPARE(experiment.closed("network", trained, values, {}), std::string());
    QCOMPARE(
        experiment.closed("weights", trained, values, {{"inception_v3", "v3.pth"}}), std::string());
}

void TestExperimentSettings::timesOfEqualSidesStay()
{
    const Experiment& experiment = experimentNamed("resnet-cost");
    ExperimentReport before = countExperiment(experiment, valuesOf(experiment.id, {}));
    for (ExperimentSide& side : before.sides)
        side.times = {.opMilliseconds = {}, .median = 2, .fastest = 1, .slowest = 3, .runs = 3};
    before.device = "a device";
    ExperimentReport after = countExperiment(experiment, valuesOf(experiment.id, {"as_drawn=yes"}));
    keepTimes(before, after); // not of what was never finished
    QCOMPARE(after.sides[0].times.runs, 0U);
    before.measured = true;
    keepTimes(before, after);
    for (size_t i = 0; i < 3; ++i)
        QCOMPARE(after.sides[i].times.runs, 3U);
    QCOMPARE(after.sides[3].times.runs, 0U); // another network
    QCOMPARE(after.device, std::string("a device"));
    // A module's maps are of the picture, and its depth can be another.
    const Experiment& modules = experimentNamed("two-3x3");
    ExperimentReport small = countExperiment(modules, valuesOf(modules.id, {}));
    small.measured = true;
    small.sides[0].times.runs = 3;
    ExperimentReport same = countExperiment(modules, valuesOf(modules.id, {}));
    keepTimes(small, same);
    QCOMPARE(same.sides[0].times.runs, 0U);
}

INCEPTOSCOPE_TEST_MAIN(TestExperimentSettings)
#include "test_experiment_settings.moc"
