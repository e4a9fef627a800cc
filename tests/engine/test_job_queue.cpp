#include "engine/job_queue.h"
#include "engine/labels.h"
#include "engine/picture.h"
#include "support/test_main.h"

#include <QtTest>

#include <array>
#include <cmath>
#include <limits>

using namespace inceptoscope;

class TestJobQueue : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void newestOfATagWins();
    void replacedJobGoesToTheEnd();
    void onlyLightJobsAreTakenInBetween();
    void whatInterrupts();
    void nothingAfterStop();
    void topClassesAreSorted();
    void topClassesWithoutNumbers();
    void labelsOnlyForImagenet();
    void transparentLiesOverWhite();
    void greyAndSixteenBit();
    void seenIsTheCentre();
};

namespace {

void drain(JobQueue& queue)
{
    while (const auto job = queue.take(false))
        (*job)();
}

} // namespace

void TestJobQueue::newestOfATagWins()
{
    JobQueue queue;
    QString trace;
    for (const char* name : {"a", "b", "c"})
        queue.post(JobTag::Picture, [&trace, name] { trace += QLatin1String(name); });
    drain(queue);
    QCOMPARE(trace, QStringLiteral("c"));
}

void TestJobQueue::replacedJobGoesToTheEnd()
{
    JobQueue queue;
    QString trace;
    queue.post(JobTag::Picture, [&] { trace += u'p'; });
    queue.post(JobTag::Cancel, [&] { trace += u'c'; });
    queue.post(JobTag::Picture, [&] { trace += u'q'; });
    drain(queue);
    QCOMPARE(trace, QStringLiteral("cq"));
}

void TestJobQueue::onlyLightJobsAreTakenInBetween()
{
    JobQueue queue;
    QString trace;
    queue.post(JobTag::Open, [&] { trace += u'o'; });
    queue.post(JobTag::Stage, [&] { trace += u's'; });
    queue.post(JobTag::Style, [&] { trace += u't'; });
    while (const auto job = queue.takeLight())
        (*job)();
    QCOMPARE(trace, QStringLiteral("st"));
    drain(queue);
    QCOMPARE(trace, QStringLiteral("sto"));
    // Somebody waits for a job no longer than he wants to.
    QVERIFY(!queue.takeWithin(std::chrono::milliseconds(1)).has_value());
    queue.post(JobTag::Open, [&] { trace += u'o'; });
    const auto last = queue.takeWithin(std::chrono::milliseconds(1));
    QVERIFY(last.has_value());
}

void TestJobQueue::whatInterrupts()
{
    const auto nothing = [] {};
    JobQueue queue;
    queue.post(JobTag::Stage, nothing);
    queue.post(JobTag::Channel, nothing);
    queue.post(JobTag::Pair, nothing); // measured later
    QVERIFY(!queue.interruptsRun());
    queue.post(JobTag::Picture, nothing);
    QVERIFY(queue.interruptsRun());
    QVERIFY(!queue.interruptsLoading());
    queue.post(JobTag::Open, nothing);
    QVERIFY(queue.interruptsLoading());
    queue.remove(JobTag::Open);
    QVERIFY(!queue.interruptsLoading());

    // What is asked of a frame is answered before the next: else no frame ever would be.
    JobQueue live;
    for (const JobTag tag :
         {JobTag::Frame, JobTag::Stage, JobTag::Experiment, JobTag::Comparison}) {
        live.post(tag, nothing);
        QVERIFY(!live.interruptsFrame());
    }
    live.post(JobTag::FrameStudy, nothing);
    QVERIFY(live.interruptsFrame());
}

void TestJobQueue::nothingAfterStop()
{
    JobQueue queue;
    queue.post(JobTag::Open, [] {});
    queue.stop();
    QVERIFY(queue.stopped());
    QVERIFY(queue.interruptsRun());
    QVERIFY(!queue.take(true).has_value());
    QVERIFY(!queue.takeLight().has_value());
}

void TestJobQueue::topClassesAreSorted()
{
    const std::array<float, 4> values = {0.1F, 0.4F, 0.1F, 0.4F};
    const auto top = topClasses(values, 3, {});
    QCOMPARE(top.size(), size_t(3));
    QCOMPARE(top[0].index, 1);
    QCOMPARE(top[1].index, 3);
    QCOMPARE(top[2].index, 0);
    QVERIFY(top[0].label.isEmpty());
    QCOMPARE(topClasses(values, 9, {}).size(), size_t(4));
}

/// A confident class never hides that some are no numbers.
void TestJobQueue::topClassesWithoutNumbers()
{
    const float nan = std::numeric_limits<float>::quiet_NaN();
    const std::array<float, 5> values = {0.9F, nan, 0.1F, -nan, 0.2F};
    std::vector<int> order;
    for (const ClassScore& score : topClasses(values, 5, {}))
        order.push_back(score.index);
    QCOMPARE(order, (std::vector<int>{1, 3, 0, 4, 2}));
    const std::vector<float> all(1000, nan);
    const auto top = topClasses(all, 3, {});
    QCOMPARE(top[0].index, 0);
    QCOMPARE(top[2].index, 2);
    QVERIFY(std::isnan(top[2].probability));
}

void TestJobQueue::labelsOnlyForImagenet()
{
    const ClassLabels& imagenet = *usualLabels(1000);
    QCOMPARE(classLabel(imagenet, 282, 1000), QStringLiteral("tiger cat"));
    QVERIFY(classLabel(imagenet, 999, 1000).startsWith(QStringLiteral("toilet tissue")));
    QVERIFY(classLabel(imagenet, 282, 1001).isEmpty());
    QVERIFY(classLabel(imagenet, 1000, 1000).isEmpty());
    const ClassLabels& shifted = *usualLabels(1001);
    QCOMPARE(classLabel(shifted, 0, 1001), QStringLiteral("background"));
    QCOMPARE(classLabel(shifted, 283, 1001), QStringLiteral("tiger cat"));
    QVERIFY(usualLabels(10)->names.isEmpty());
}

void TestJobQueue::transparentLiesOverWhite()
{
    QImage image(2, 1, QImage::Format_ARGB32);
    image.setPixelColor(0, 0, QColor(255, 0, 0, 0));
    image.setPixelColor(1, 0, QColor(255, 0, 0, 255));
    const QImage opaque = opaqueRgba(image);
    const ImageView view = viewOf(opaque);
    QCOMPARE(int(view.rgba[0]), 255);
    QCOMPARE(int(view.rgba[1]), 255);
    QCOMPARE(int(view.rgba[4]), 255);
    QCOMPARE(int(view.rgba[5]), 0);
}

void TestJobQueue::greyAndSixteenBit()
{
    QImage grey(1, 1, QImage::Format_Grayscale8);
    grey.fill(77);
    QCOMPARE(int(viewOf(opaqueRgba(grey)).rgba[2]), 77);
    QImage deep(1, 1, QImage::Format_RGBX64);
    deep.fill(QColor(200, 100, 50));
    const QImage opaque = opaqueRgba(deep);
    QCOMPARE(opaque.pixelColor(0, 0), QColor(200, 100, 50));
}

void TestJobQueue::seenIsTheCentre()
{
    const Preprocessing preprocessing{.resize = 256};
    QImage wide(800, 400, QImage::Format_RGBX8888);
    wide.fill(Qt::white);
    const SeenPicture seen = seenBy(preprocessing, {3, 224, 224}, wide);
    QCOMPARE(seen.image.size(), QSize(224, 224));
    QCOMPARE(seen.rect.width(), 350.0);
    QCOMPARE(seen.rect.height(), 350.0);
    QVERIFY(std::abs(seen.rect.center().x() - 400) < 2);
}

INCEPTOSCOPE_TEST_MAIN(TestJobQueue)
#include "test_job_queue.moc"
