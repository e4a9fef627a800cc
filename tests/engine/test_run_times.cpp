#include "engine/run_times.h"
#include "support/test_main.h"

using namespace inceptoscope;

class TestRunTimes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void unknownWithoutRuns();
    void medianIgnoresOneDisturbedRun();
    void unknownOpsStayUnknown();
    void spreadIsOfWholeRuns();
    void keepsTheLatest();
};

void TestRunTimes::unknownWithoutRuns()
{
    const RunTimes times;
    QCOMPARE(times.median(0), -1.0);
    QCOMPARE(times.fastest(), -1.0);
    QCOMPARE(times.slowest(), -1.0);
}

void TestRunTimes::medianIgnoresOneDisturbedRun()
{
    RunTimes times;
    for (const double milliseconds : {2.0, 90.0, 3.0})
        times.add({milliseconds});
    QCOMPARE(times.median(0), 3.0);
}

void TestRunTimes::unknownOpsStayUnknown()
{
    RunTimes times;
    times.add({1.0, -1.0});
    times.add({1.0, -1.0, 5.0});
    QCOMPARE(times.median(1), -1.0);
    QCOMPARE(times.median(2), 5.0);
    QCOMPARE(times.median(7), -1.0);
}

void TestRunTimes::spreadIsOfWholeRuns()
{
    RunTimes times;
    times.add({1.0, 4.0, -1.0});
    times.add({3.0, 1.0, 0.0});
    QCOMPARE(times.fastest(), 4.0);
    QCOMPARE(times.slowest(), 5.0);
}

void TestRunTimes::keepsTheLatest()
{
    RunTimes times;
    for (size_t i = 0; i < RunTimes::most + 3; ++i)
        times.add({double(i)});
    QCOMPARE(times.runs(), RunTimes::most);
    QCOMPARE(times.fastest(), 3.0);
}

INCEPTOSCOPE_TEST_MAIN(TestRunTimes)
#include "test_run_times.moc"
