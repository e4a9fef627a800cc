#include "models/measuring_progress.h"
#include "support/test_main.h"

#include <QtTest>

using namespace inceptoscope;

class TestMeasuringProgress : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysWhatIsWaitedFor_data();
    void saysWhatIsWaitedFor();
    void noBodyWaits();
    void tellsWhatIsLeft_data();
    void tellsWhatIsLeft();
    void waitingIsNotMeasuring();
    void neverGoesBack();

private:
    qint64 m_now = 0;
    MeasuringProgress m_progress{[this] { return m_now; }};
};

void TestMeasuringProgress::saysWhatIsWaitedFor_data()
{
    QTest::addColumn<DeviceWork>("work");
    QTest::addColumn<StudyKind>("measured");
    QTest::addColumn<QString>("text");
    const auto row = [](const char* text, DeviceWork work, StudyKind measured) {
        QTest::newRow(text) << work << measured << QString(text);
    };
    constexpr auto any = StudyKind::Evidence;
    row("Waiting for the network on show", DeviceWork::Run, any);
    row("Waiting for the network on show", DeviceWork::Loading, any);
    row("Waiting for the live pictures: pause or stop them", DeviceWork::Live, any);
    row("Waiting for the device's peaks", DeviceWork::Peaks, any);
    row("Waiting for the device", DeviceWork::Nothing, any);
    row("Waiting for what is computed in the Modules view", DeviceWork::Study, any);
    row("Waiting for the experiment in the Laboratory", DeviceWork::Study, StudyKind::Experiment);
    row("Waiting for the networks in the Versions view", DeviceWork::Study, StudyKind::Comparison);
}

void TestMeasuringProgress::saysWhatIsWaitedFor()
{
    QFETCH(const DeviceWork, work);
    QFETCH(const StudyKind, measured);
    QFETCH(const QString, text);
    const MeasuringState state{
        .work = work, .measured = measured, .waiting = {StudyKind::Pair, StudyKind::Comparison}};
    QCOMPARE(waitingText(state, StudyKind::Pair), text);
}

void TestMeasuringProgress::noBodyWaits()
{
    const MeasuringState state{
        .work = DeviceWork::Study, .measured = StudyKind::Pair, .waiting = {StudyKind::Experiment}};
    QCOMPARE(waitingText(state, StudyKind::Pair), QString());
    QCOMPARE(waitingText(state, StudyKind::Comparison), QString());
    QCOMPARE(
        waitingText(state, StudyKind::Experiment),
        QString("Waiting for the two modules in the Versions view"));
}

void TestMeasuringProgress::tellsWhatIsLeft_data()
{
    QTest::addColumn<qint64>("spent");
    QTest::addColumn<double>("fraction");
    QTest::addColumn<QString>("text");
    QTest::newRow("too early") << qint64(1900) << 0.5 << "Measuring";
    QTest::newRow("too little done") << qint64(9000) << 0.03 << "Measuring";
    QTest::newRow("a third") << qint64(10'000) << 1.0 / 3 << "Measuring, about 20 s left";
    QTest::newRow("rounded to five") << qint64(10'000) << 0.45 << "Measuring, about 10 s left";
    QTest::newRow("nearly done") << qint64(10'000) << 0.9 << "Measuring, a few seconds left";
    QTest::newRow("a minute") << qint64(10'000) << 1.0 / 7 << "Measuring, about 1 min left";
    QTest::newRow("minutes") << qint64(60'000) << 0.125 << "Measuring, about 7 min left";
}

void TestMeasuringProgress::tellsWhatIsLeft()
{
    QFETCH(const qint64, spent);
    QFETCH(const double, fraction);
    QFETCH(const QString, text);
    m_progress.begin();
    m_progress.wait({});
    m_now += spent;
    m_progress.advance(fraction);
    QCOMPARE(m_progress.text("Measuring"), text);
    m_progress.end();
    QCOMPARE(m_progress.text("Measuring"), QString());
    QVERIFY(!m_progress.running());
}

/// Ten seconds of measuring with a minute of waiting between: what is left is reckoned from the
/// ten.
void TestMeasuringProgress::waitingIsNotMeasuring()
{
    m_progress.begin();
    QCOMPARE(m_progress.text("Measuring"), QString("Waiting for the device"));
    m_now += 60'000;
    m_progress.advance(0);
    QVERIFY(!m_progress.waits());
    m_now += 4'000;
    m_progress.advance(0.2);
    m_progress.wait("Waiting for somebody");
    QCOMPARE(m_progress.text("Measuring"), QString("Waiting for somebody"));
    m_now += 30'000;
    m_progress.wait("Waiting for somebody else");
    m_now += 30'000;
    m_progress.wait({});
    m_now += 6'000;
    m_progress.advance(0.5);
    QCOMPARE(m_progress.text("Measuring"), QString("Measuring, about 10 s left"));
}

/// What was interrupted begins anew: what it says of itself then is no less than before.
void TestMeasuringProgress::neverGoesBack()
{
    m_progress.begin();
    m_progress.advance(0.6);
    m_progress.advance(0.1);
    QCOMPARE(m_progress.fraction(), 0.6);
    m_progress.advance(1.5);
    QCOMPARE(m_progress.fraction(), 1.0);
    m_progress.begin();
    QCOMPARE(m_progress.fraction(), 0.0);
}

INCEPTOSCOPE_TEST_MAIN(TestMeasuringProgress)
#include "test_measuring_progress.moc"
