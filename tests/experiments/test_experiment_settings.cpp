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

INCEPTOSCOPE_TEST_MAIN(TestExperimentSettings)
#include "test_experiment_settings.moc"
