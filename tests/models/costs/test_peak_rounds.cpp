// The window measures the device's peaks several times over and keeps the best of each.
#include "engine/device_peaks.h"
#include "engine/engine.h"
#include "models/costs/peak_rounds.h"
#include "session/peaks.h"
#include "support/test_main.h"

#include <QSignalSpy>

using namespace inceptoscope;

class TestPeakRounds : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bestOfEach();
    void threeRoundsEachNoWorse();
};

void TestPeakRounds::bestOfEach()
{
    const Peaks a{
        .fmaGflops = 94,
        .fmaSpread = 0.5,
        .readGBs = 20,
        .readSpread = 0.1,
        .copyGBs = 9,
        .hostFmaGflops = 230};
    const Peaks b{
        .fmaGflops = 181,
        .fmaSpread = 0.2,
        .readGBs = 18,
        .readSpread = 0.3,
        .copyGBs = 11,
        .hostFmaGflops = 210};
    for (const Peaks& both : {best(a, b), best(b, a), best(best({}, a), b)}) {
        QCOMPARE(both.fmaGflops, 181.0);
        QCOMPARE(both.fmaSpread, 0.2);
        QCOMPARE(both.readGBs, 20.0);
        QCOMPARE(both.readSpread, 0.1);
        QCOMPARE(both.copyGBs, 11.0);
        QCOMPARE(both.hostFmaGflops, 230.0);
    }
}

void TestPeakRounds::threeRoundsEachNoWorse()
{
    Engine engine;
    std::vector<DevicePeaks> seen;
    connect(&engine, &Engine::peaksReady, this, [&](const DevicePeaks& p) { seen.push_back(p); });
    PeakRounds rounds;
    rounds.start(engine);
    rounds.start(engine);
    QVERIFY(!rounds.settled());
    QTRY_VERIFY_WITH_TIMEOUT(rounds.settled(), 60000);
    QCOMPARE(int(seen.size()), PeakRounds::rounds);
    QVERIFY(seen[0].fmaGflops > 0 && seen[0].readGBs > 0 && seen[0].copyGBs > 0);
    for (size_t i = 1; i < seen.size(); ++i) {
        QVERIFY(seen[i].fmaGflops >= seen[i - 1].fmaGflops);
        QVERIFY(seen[i].readGBs >= seen[i - 1].readGBs);
        QVERIFY(seen[i].copyGBs >= seen[i - 1].copyGBs);
        QVERIFY(seen[i].hostFmaGflops >= seen[i - 1].hostFmaGflops);
    }
    QTest::qWait(1500);
    QCOMPARE(int(seen.size()), PeakRounds::rounds);
}

INCEPTOSCOPE_TEST_MAIN(TestPeakRounds)
#include "test_peak_rounds.moc"
