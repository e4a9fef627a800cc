#include "support/test_main.h"
#include "vulkan/width_trial.h"

#include <csignal>
#include <cstdlib>
#include <stdexcept>

using namespace inceptoscope;

/// Whatever a trial does, it is an answer, and this process goes on.
class TestWidthTrial : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answers_data();
    void answers();
    void seesTheEnvironment();
    void leavesThisProcessAlone();
};

Q_DECLARE_METATYPE(inceptoscope::WidthTrial)

void TestWidthTrial::answers_data()
{
    QTest::addColumn<WidthTrial>("trial");
    QTest::addColumn<bool>("works");
    const auto row = [](const char* name, const WidthTrial& trial, bool works) {
        QTest::newRow(name) << trial << works;
    };
    row(
        "right", [] { return true; }, true);
    row(
        "wrong", [] { return false; }, false);
    row(
        "an exception", []() -> bool { throw std::runtime_error("no device"); }, false);
    row(
        "stack smashing detected", []() -> bool { std::abort(); }, false);
    row(
        "a crash", [] { return std::raise(SIGSEGV) != 0; }, false);
    row(
        "an instruction that isn't known", [] { return std::raise(SIGILL) != 0; }, false);
    row(
        "the end in between", []() -> bool { std::_Exit(3); }, false);
    row(
        "time is up", [] { return std::raise(SIGALRM) != 0; }, false);
}

void TestWidthTrial::answers()
{
    QFETCH(const WidthTrial, trial);
    QFETCH(const bool, works);
    QCOMPARE(worksInChild(trial), works);
}

void TestWidthTrial::seesTheEnvironment()
{
    qputenv("INCEPTOSCOPE_TEST_WIDTH", "512");
    QVERIFY(worksInChild([] { return qgetenv("INCEPTOSCOPE_TEST_WIDTH") == "512"; }));
    qunsetenv("INCEPTOSCOPE_TEST_WIDTH");
    QVERIFY(!worksInChild([] { return qgetenv("INCEPTOSCOPE_TEST_WIDTH") == "512"; }));
}

void TestWidthTrial::leavesThisProcessAlone()
{
    int here = 1;
    QVERIFY(worksInChild([&] {
        qputenv("INCEPTOSCOPE_TEST_WIDTH", "256");
        return ++here == 2;
    }));
    QCOMPARE(here, 1);
    QVERIFY(!qEnvironmentVariableIsSet("INCEPTOSCOPE_TEST_WIDTH"));
}

INCEPTOSCOPE_TEST_MAIN(TestWidthTrial)
#include "test_width_trial.moc"
