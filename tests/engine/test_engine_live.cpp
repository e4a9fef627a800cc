// The engine while pictures are live.
#include "engine/engine_listener.h"
#include "error.h"
#include "support/test_main.h"

#include <atomic>

using namespace inceptoscope;

namespace {

/// Tells the frame's width; `fail` makes it throw.
class CountingStudy : public FrameStudy
{
public:
    [[nodiscard]] StudyResult study(const MeasuringSite&, const QImage& frame) override
    {
        if (fail)
            throw Error(ErrorKind::OutOfMemory, "too little for this");
        return std::make_shared<int>(frame.width());
    }
    void release() override { ++released; }

    std::atomic<bool> fail = false;
    std::atomic<int> released = 0;
};

} // namespace

class TestEngineLive : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void framesAreShownWithoutMeasuring();
    void framesAreAskedAbout();
    void networkSwitchWhileLive();
};

void TestEngineLive::initTestCase()
{
    qunsetenv("INCEPTOSCOPE_FAULT");
}

void TestEngineLive::framesAreShownWithoutMeasuring()
{
    Listener l;
    l.engine.setPicture(picture(), QStringLiteral("test"));
    l.engine.open(QStringLiteral("googlenet"), QStringLiteral("synthetic"));
    QVERIFY(l.waitForRun());
    const RunSnapshot still = *l.snapshots.back();
    const ModuleId inception = moduleNamed(still, "inception_3a");
    l.engine.setStage({.module = inception, .columns = {}});

    const auto frameOf = [](int seed) {
        return picture(seed).scaled(640, 480).convertToFormat(QImage::Format_RGBX8888);
    };
    const auto liveFrame = [&](quint64 number) {
        return l.waitFor(
            [&] { return l.snapshots.back()->live && l.snapshots.back()->live->frame == number; });
    };
    l.engine.showFrame(frameOf(40), QStringLiteral("camera"), {.frame = 1, .captured = {}});
    QVERIFY(liveFrame(1));
    const RunSnapshot first = *l.snapshots.back();
    QCOMPARE(first.pictureTitle, QStringLiteral("camera"));
    QVERIFY(first.shown && first.shown->module == inception && first.complete);
    QCOMPARE(first.top.size(), size_t(5));
    // Times are those of the last measurement, to the last digit.
    QCOMPARE(first.totalMilliseconds, still.totalMilliseconds);
    QCOMPARE(first.measuredRuns, still.measuredRuns);
    QCOMPARE(first.opMilliseconds, still.opMilliseconds);

    // The newest of many wins, and none comes after it.
    for (quint64 i = 2; i <= 30; ++i)
        l.engine.showFrame(frameOf(int(i)), QStringLiteral("camera"), {.frame = i, .captured = {}});
    QVERIFY(liveFrame(30));
    const auto frames = std::count_if(
        l.snapshots.begin(), l.snapshots.end(), [](const Snapshot& s) { return s->live; });
    QVERIFY2(frames <= 4, qPrintable(QString::number(frames)));

    // Another module and another style answer without a frame, from the last one.
    const ModuleId other = moduleNamed(still, "inception_4a");
    l.engine.setStage({.module = other, .columns = {}});
    QVERIFY(l.waitFor(
        [&] { return l.snapshots.back()->shown && l.snapshots.back()->shown->module == other; }));

    // The same picture as a still gives the same maps and classes.
    l.engine.setStage({.module = inception, .columns = {}});
    l.engine.showFrame(frameOf(5), QStringLiteral("camera"), {.frame = 31, .captured = {}});
    QVERIFY(liveFrame(31));
    const RunSnapshot frame = *l.snapshots.back();
    const quint64 before = frame.run;
    l.engine.setPicture(frameOf(5), QStringLiteral("still"));
    QVERIFY(l.waitFor([&] {
        const RunSnapshot& s = *l.snapshots.back();
        return s.run > before && !s.live && s.complete;
    }));
    const RunSnapshot& again = *l.snapshots.back();
    QCOMPARE(again.shown->ops.size(), frame.shown->ops.size());
    for (size_t i = 0; i < frame.shown->ops.size(); ++i)
        QCOMPARE(frame.shown->ops[i].atlas, again.shown->ops[i].atlas);
    QCOMPARE(frame.top[0].index, again.top[0].index);
    QCOMPARE(frame.top[0].probability, again.top[0].probability);
    QVERIFY(l.failures.isEmpty());
}

void TestEngineLive::framesAreAskedAbout()
{
    Listener l;
    const QImage frame = picture().scaled(320, 240).convertToFormat(QImage::Format_RGBX8888);
    l.engine.open(QStringLiteral("googlenet"), QStringLiteral("synthetic"));
    quint64 number = 0;
    const auto next = [&]() -> const RunSnapshot& {
        l.engine.showFrame(frame, QStringLiteral("camera"), {.frame = ++number, .captured = {}});
        const bool came = l.waitFor([&] {
            return !l.snapshots.empty() && l.snapshots.back()->live &&
                   l.snapshots.back()->live->frame == number;
        });
        if (!came)
            qWarning("no frame");
        return *l.snapshots.back();
    };
    QVERIFY(!next().frameStudy);
    const auto study = std::make_shared<CountingStudy>();
    l.engine.studyFrames(study);
    QCOMPARE(*std::static_pointer_cast<const int>(next().frameStudy), 320);
    QCOMPARE(study->released, 0);

    // One that fails is told, and not asked again; the frames go on.
    study->fail = true;
    const RunSnapshot failed = next();
    QVERIFY(!failed.frameStudy);
    QCOMPARE(failed.frameStudyProblem, QStringLiteral("too little for this"));
    QCOMPARE(study->released, 1);
    const RunSnapshot after = next();
    QVERIFY(!after.frameStudy && after.frameStudyProblem.isEmpty());

    // With the live pictures it ends.
    study->fail = false;
    l.engine.studyFrames(study);
    QVERIFY(next().frameStudy);
    l.engine.setPicture(picture(), QStringLiteral("still"));
    QVERIFY(l.waitFor([&] { return !l.snapshots.back()->live && l.complete(); }));
    QCOMPARE(study->released, 2);
    QVERIFY(!l.snapshots.back()->frameStudy);
    QVERIFY(!next().frameStudy);
    QVERIFY(l.failures.isEmpty());
}

void TestEngineLive::networkSwitchWhileLive()
{
    Listener l;
    const QImage frame = picture().scaled(640, 480).convertToFormat(QImage::Format_RGBX8888);
    l.engine.open(QStringLiteral("googlenet"), QStringLiteral("synthetic"));
    l.engine.showFrame(frame, QStringLiteral("camera"), {.frame = 1, .captured = {}});
    QVERIFY(l.waitFor([&] { return !l.snapshots.empty() && l.snapshots.back()->live; }));
    QVERIFY(l.snapshots.back()->totalMilliseconds < 0); // nothing was ever measured
    QCOMPARE(known(l.snapshots.back()->moduleMilliseconds), 0);
    l.engine.open(QStringLiteral("googlenet_bn"), QStringLiteral("synthetic"));
    QVERIFY(l.waitFor([&] { return l.snapshots.back()->network->id == "googlenet_bn"; }));
    for (const Snapshot& s : l.snapshots)
        QVERIFY(s->live); // never the still way in between
    QVERIFY(l.snapshots.back()->totalMilliseconds < 0);
}

INCEPTOSCOPE_TEST_MAIN(TestEngineLive)
#include "test_engine_live.moc"
