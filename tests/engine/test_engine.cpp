#include "engine/engine_listener.h"
#include "support/test_main.h"

#include <QSignalSpy>

using namespace inceptoscope;

class TestEngine : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void runFillsSnapshots();
    void stageStyleAndChannelWithoutRunning();
    void newestPictureWins();
    void cancelStopsARun();
    void auxiliaryHeadsRunWhenAsked();
    void badWeightsLeaveTheOldNetwork();
    void firstOpenThatFails();
    void unknownNetwork();
    void deviceLostIsSurvived();
    void outOfMemoryIsSurvived();
    void noDevice();
    void networksStayReady();
    void weightsStayInNoHostMemory();
    void endsInTheMiddle();
};

void TestEngine::initTestCase()
{
    qunsetenv("INCEPTOSCOPE_FAULT");
}

void TestEngine::runFillsSnapshots()
{
    Listener l;
    l.engine.setPicture(picture(), QStringLiteral("test"));
    l.engine.open(QStringLiteral("googlenet"), QStringLiteral("synthetic"));
    QVERIFY(l.waitForRun());
    QCOMPARE(l.devices.size(), 1);
    QCOMPARE(l.loaded.size(), size_t(1));
    QVERIFY(!l.loaded[0].trained);

    int ops = 0;
    for (const Snapshot& s : l.snapshots) {
        QCOMPARE(s->run, l.snapshots.front()->run);
        QVERIFY(known(s->opMilliseconds) >= ops);
        ops = known(s->opMilliseconds);
        QCOMPARE(s->complete, s == l.snapshots.back());
    }
    const RunSnapshot& last = *l.snapshots.back();
    QCOMPARE(last.pictureTitle, QStringLiteral("test"));
    QCOMPARE(last.seen.size(), QSize(224, 224));
    QCOMPARE(last.top.size(), size_t(5));
    QVERIFY(last.top[0].probability >= last.top[4].probability);
    QCOMPARE(last.top[0].label, QString()); // of random weights
    QVERIFY(last.totalMilliseconds > 0);
    QVERIFY(last.measuredRuns >= 5);
    QVERIFY(last.fastestMilliseconds > 0 && last.fastestMilliseconds <= last.slowestMilliseconds);
    const ModuleId inception = moduleNamed(last, "inception_3a");
    const ModuleId auxiliary = moduleNamed(last, "loss1");
    QCOMPARE(last.thumbnails[inception].size(), QSize(28, 28));
    QVERIFY(last.thumbnails[auxiliary].isNull());
    QVERIFY(last.moduleMilliseconds[auxiliary] < 0);
    QVERIFY(last.moduleMilliseconds[inception] > 0);
    QVERIFY(l.failures.isEmpty());
}

void TestEngine::stageStyleAndChannelWithoutRunning()
{
    Listener l;
    l.engine.setPicture(picture(), {});
    l.engine.open(QStringLiteral("googlenet"), QStringLiteral("synthetic"));
    QVERIFY(l.waitForRun());
    const Snapshot before = l.snapshots.back();
    const Graph& graph = before->network->graph;
    const ModuleId module = moduleNamed(*before, "inception_4b");
    const NodeId node = graph.find("inception_4b/3x3").value();

    l.engine.setStage({.module = module, .columns = {{node, 16}}});
    QVERIFY(l.waitFor(
        [&] { return l.snapshots.back()->shown && l.snapshots.back()->shown->module == module; }));
    const Snapshot staged = l.snapshots.back();
    QCOMPARE(staged->run, before->run);
    QVERIFY(staged->complete);
    const OpPicture* op = staged->shown->find(node);
    QVERIFY(op != nullptr);
    QCOMPARE(op->columns, 16);
    QCOMPARE(op->atlas.size(), QSize(16 * 15 - 1, 14 * 15 - 1));
    QCOMPARE(op->statistics.size(), size_t(224));
    // Everything of the module, and what feeds it.
    QCOMPARE(
        staged->shown->ops.size(),
        graph.modules()[module].nodes.size() + graph.modules()[module].inputs.size());

    FeatureMapStyle red;
    red.colours.fill(0xFF0000FFU);
    l.engine.setStyle(red);
    QVERIFY(l.waitFor([&] { return l.snapshots.back() != staged; }));
    QCOMPARE(l.snapshots.back()->shown->find(node)->atlas.pixelColor(0, 0), QColor(255, 0, 0));
    QCOMPARE(l.snapshots.back()->run, before->run);

    l.engine.requestChannel(node, 7);
    QVERIFY(l.waitFor([&] { return !l.channels.empty(); }));
    QCOMPARE(l.channels[0]->values.size(), size_t(14 * 14));
    QCOMPARE(l.channels[0]->channel, 7U);
    const auto [low, high] =
        std::minmax_element(l.channels[0]->values.begin(), l.channels[0]->values.end());
    QCOMPARE(*low, op->statistics[7].minimum);
    QCOMPARE(*high, op->statistics[7].maximum);
}

void TestEngine::newestPictureWins()
{
    Listener l;
    l.engine.setPicture(picture(), QStringLiteral("first"));
    l.engine.open(QStringLiteral("googlenet"), QStringLiteral("synthetic"));
    QVERIFY(l.waitForRun());
    const quint64 first = l.snapshots.back()->run;
    for (int i = 0; i < 40; ++i)
        l.engine.setPicture(picture(i), QString::number(i));
    QVERIFY(l.waitForRun(first));
    QCOMPARE(l.snapshots.back()->pictureTitle, QStringLiteral("39"));
    // A picture that comes during a run ends it; what counts is how many runs were worth it.
    const auto finished =
        std::count_if(l.snapshots.begin(), l.snapshots.end(), [&](const Snapshot& s) {
            return s->complete && s->run > first;
        });
    QVERIFY2(finished <= 2, qPrintable(QString::number(finished)));
    QVERIFY(l.snapshots.back()->run - first < 30);
}

void TestEngine::cancelStopsARun()
{
    Listener l;
    l.engine.open(QStringLiteral("googlenet"), QStringLiteral("synthetic"));
    QVERIFY(l.waitFor([&] { return !l.loaded.empty(); }));
    l.engine.setPicture(picture(), {});
    l.engine.cancel();
    QTest::qWait(400);
    QVERIFY(!l.complete());
    l.engine.rerun();
    QVERIFY(l.waitForRun());
    QVERIFY(l.failures.isEmpty());
}

void TestEngine::auxiliaryHeadsRunWhenAsked()
{
    Listener l;
    l.engine.setAuxiliary(true);
    l.engine.setPicture(picture(), {});
    l.engine.open(QStringLiteral("googlenet"), QStringLiteral("synthetic"));
    QVERIFY(l.waitForRun());
    const RunSnapshot& last = *l.snapshots.back();
    QVERIFY(!last.thumbnails[moduleNamed(last, "loss2")].isNull());
    l.engine.setAuxiliary(false);
    QVERIFY(l.waitForRun(last.run));
    QVERIFY(l.snapshots.back()->thumbnails[moduleNamed(last, "loss2")].isNull());
}

void TestEngine::badWeightsLeaveTheOldNetwork()
{
    Listener l;
    l.engine.setPicture(picture(), {});
    l.engine.open(QStringLiteral("googlenet"), QStringLiteral("synthetic"));
    QVERIFY(l.waitForRun());
    l.engine.open(QStringLiteral("googlenet"), QStringLiteral("/nowhere/none.safetensors"));
    QVERIFY(l.waitFor([&] { return !l.failures.isEmpty(); }));
    QVERIFY2(
        l.failures[0].contains(QStringLiteral("/nowhere/none.safetensors")),
        qPrintable(l.failures[0]));
    const quint64 run = l.snapshots.back()->run;
    l.engine.rerun();
    QVERIFY(l.waitForRun(run));
    QCOMPARE(l.loaded.size(), size_t(1));
}

void TestEngine::firstOpenThatFails()
{
    Listener l;
    l.engine.setPicture(picture(), {});
    l.engine.open(QStringLiteral("googlenet"), QStringLiteral("/nowhere/none.safetensors"));
    QVERIFY(l.waitFor([&] { return !l.failures.isEmpty(); }));
    QVERIFY(l.snapshots.empty());
    l.engine.open(QStringLiteral("googlenet"), QStringLiteral("synthetic"));
    QVERIFY(l.waitForRun());
}

void TestEngine::unknownNetwork()
{
    Listener l;
    l.engine.open(QStringLiteral("googlenot"), QStringLiteral("synthetic"));
    QVERIFY(l.waitFor([&] { return !l.failures.isEmpty(); }));
    QVERIFY(l.failures[0].contains(QStringLiteral("googlenot")));
}

void TestEngine::deviceLostIsSurvived()
{
    qputenv("INCEPTOSCOPE_FAULT", "device_lost");
    Listener l;
    qunsetenv("INCEPTOSCOPE_FAULT");
    l.engine.setPicture(picture(), {});
    l.engine.open(QStringLiteral("googlenet"), QStringLiteral("synthetic"));
    QVERIFY(l.waitFor([&] { return !l.failures.isEmpty(); }));
    QVERIFY(l.failures[0].contains(QStringLiteral("lost")));
    l.engine.setStage({.module = 3, .columns = {}}); // nothing to draw from: nothing happens
    l.engine.requestChannel(2, 0);
    l.engine.rerun();
    QVERIFY(l.waitForRun());
    QCOMPARE(l.devices.size(), 1);
    QCOMPARE(l.failures.size(), 1);
}

void TestEngine::outOfMemoryIsSurvived()
{
    qputenv("INCEPTOSCOPE_FAULT", "out_of_memory");
    Listener l;
    qunsetenv("INCEPTOSCOPE_FAULT");
    l.engine.setPicture(picture(), {});
    l.engine.open(QStringLiteral("googlenet"), QStringLiteral("synthetic"));
    QVERIFY(l.waitFor([&] { return !l.failures.isEmpty(); }));
    QVERIFY(l.failures[0].contains(QStringLiteral("memory")));
    l.engine.open(QStringLiteral("googlenet"), QStringLiteral("synthetic:2"));
    QVERIFY(l.waitForRun());
}

void TestEngine::noDevice()
{
    qputenv("INCEPTOSCOPE_FAULT", "no_device");
    Listener l;
    qunsetenv("INCEPTOSCOPE_FAULT");
    QVERIFY(l.waitFor([&] { return !l.deviceFailures.isEmpty(); }));
    l.engine.setPicture(picture(), {});
    l.engine.open(QStringLiteral("googlenet"), QStringLiteral("synthetic"));
    QVERIFY(l.waitFor([&] { return l.deviceFailures.size() == 2; }));
    QVERIFY(l.devices.isEmpty());
    QVERIFY(l.failures.isEmpty());

    Listener wrong(QStringLiteral("no such device"));
    QVERIFY(wrong.waitFor([&] { return !wrong.deviceFailures.isEmpty(); }));
    QVERIFY(wrong.deviceFailures[0].contains(QStringLiteral("no such device")));
}

void TestEngine::networksStayReady()
{
    Listener l;
    l.engine.setPicture(picture(), QStringLiteral("test"));
    const auto open = [&](const char* id) {
        const size_t before = l.loaded.size();
        l.engine.open(QString::fromLatin1(id), QStringLiteral("synthetic"));
        QElapsedTimer timer;
        timer.start();
        const bool there = l.waitFor([&] {
            return l.loaded.size() > before && l.complete() &&
                   l.snapshots.back()->network->id == id;
        });
        return there ? timer.elapsed() : qint64(-1);
    };
    const qint64 first = open("googlenet");
    QVERIFY(first >= 0);
    const RunSnapshot measured = *l.snapshots.back();
    QVERIFY(open("googlenet_bn") >= 0);
    QCOMPARE(l.memory.keptNetworks, 1);
    QVERIFY(l.memory.kept > l.memory.weights);
    QVERIFY(l.memory.kept <= l.memory.budget);
    const qint64 back = open("googlenet");
    QVERIFY(back >= 0);
    qInfo("first %lld ms, back %lld ms", first, back);
    QVERIFY2(back < first, qPrintable(QString::number(back)));
    // Nothing was measured anew, and it is the same network.
    QVERIFY(l.snapshots.back()->measuredRuns >= measured.measuredRuns);
    QCOMPARE(l.snapshots.back()->top[0].probability, measured.top[0].probability);
    // Without a budget nothing stays.
    l.engine.setKeptMemory(0);
    QVERIFY(l.waitFor([&] { return l.memory.keptNetworks == 0; }));
    QCOMPARE(l.memory.kept, quint64(0));
    QVERIFY(open("googlenet_bn") >= 0);
    QCOMPARE(l.memory.keptNetworks, 0);
    QVERIFY(l.failures.isEmpty());
}

/// Mapped files of this process.
static bool isMapped(const QString& path)
{
    QFile maps(QStringLiteral("/proc/self/maps"));
    return maps.open(QIODevice::ReadOnly) && maps.readAll().contains(path.toUtf8());
}

void TestEngine::weightsStayInNoHostMemory()
{
    const QString weights =
        QStringLiteral(INCEPTOSCOPE_SOURCE_DIR "/resources/weights/googlenet_bn.safetensors");
    if (!QFile::exists(weights))
        QSKIP("the bundled weights aren't there");
    Listener l;
    l.engine.setPicture(picture(), QStringLiteral("test"));
    l.engine.open(QStringLiteral("googlenet_bn"), weights);
    QVERIFY(l.waitForRun());
    QVERIFY(!isMapped(weights));
    // Needed again, they are read again.
    const quint64 run = l.snapshots.back()->run;
    l.engine.rerun();
    QVERIFY(l.waitForRun(run));
    QVERIFY(l.failures.isEmpty());
}

void TestEngine::endsInTheMiddle()
{
    QElapsedTimer timer;
    {
        Listener l;
        l.engine.setPicture(picture(), {});
        l.engine.open(QStringLiteral("googlenet"), QStringLiteral("synthetic"));
        QVERIFY(l.waitFor([&] { return l.snapshots.size() > 2; }));
        timer.start();
    }
    QVERIFY2(timer.elapsed() < 3000, qPrintable(QString::number(timer.elapsed())));
}

INCEPTOSCOPE_TEST_MAIN(TestEngine)
#include "test_engine.moc"
