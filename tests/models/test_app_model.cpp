#include "models/app_fixture.h"

#include <QSignalSpy>
#include <QtTest>

using namespace inceptoscope;

class TestAppModel : public QObject, private AppFixture
{
    Q_OBJECT

private Q_SLOTS:
    void init() { begin(); }
    void anotherNetworkClearsTheResult();
    void staleSnapshotsAreIgnored();
    void weightsOfOtherClasses();
    void weightsAreRemembered();
    void refusedWeightsAreStoodInFor();
    void messages();
    void deviceFailure();
};

void TestAppModel::anotherNetworkClearsTheResult()
{
    m_app->onSnapshot(fakeSnapshot(run(), 0));
    QVERIFY(m_app->run()->complete());
    QVERIFY(!m_app->run()->timeText().isEmpty());
    m_app->setNetworkId("bn_inception");
    QVERIFY(!m_app->run()->complete());
    QVERIFY(m_app->run()->top().isEmpty());
    QVERIFY(m_app->run()->timeText().isEmpty());
}

void TestAppModel::staleSnapshotsAreIgnored()
{
    m_app->onSnapshot(fakeSnapshot(run(7), 0));
    QSignalSpy spy(m_app.get(), &AppModel::snapshotShown);
    m_app->onSnapshot(fakePartialSnapshot(run(6), 0, 2));
    QCOMPARE(spy.count(), 0);
    QVERIFY(m_app->run()->complete());
}

/// Fine-tuned weights come with another head: the window shows that network, where it was.
void TestAppModel::weightsOfOtherClasses()
{
    const auto labels = std::make_shared<ClassLabels>();
    labels->names = {"disc", "star", "wave"};
    m_app->onSnapshot(fakeSnapshot(run(1), id("prob")));
    const ModuleId module = id("loss3");
    m_app->overview()->setCurrent(int(module));
    QSignalSpy changed(m_app.get(), &AppModel::networkChanged);
    FakeRun other = run(2);
    other.network = std::make_shared<const Network>(makeNetwork("googlenet", {.classes = 3}));
    auto snapshot = std::make_shared<RunSnapshot>(*fakeSnapshot(other, module));
    snapshot->labels = labels;
    m_app->onSnapshot(snapshot);
    QCOMPARE(changed.count(), 1);
    QCOMPARE(m_app->network()->graph[*m_app->network()->graph.logits()].shape.c, 3U);
    QCOMPARE(m_app->overview()->current(), int(module));
    QCOMPARE(m_app->stage()->outputShape(), "3");
    const OpItem* op = m_app->stage()->ops().last();
    QCOMPARE(op->channels(), 3);
    QVERIFY(op->channelSummary(1).startsWith("class 1, star"));
    m_app->onSnapshot(fakeSnapshot(run(3), module));
    QCOMPARE(changed.count(), 1); // the same network, further
    FakeRun back = run(4);
    back.network = std::make_shared<const Network>(makeNetwork("googlenet"));
    m_app->onSnapshot(fakeSnapshot(back, module));
    QCOMPARE(changed.count(), 2);
    QVERIFY(m_app->stage()->ops().last()->channelSummary(1).startsWith("class 1, goldfish"));
}

void TestAppModel::weightsAreRemembered()
{
    QVERIFY(!m_app->weights()->remembered());
    m_app->onWeightsLoaded({"synthetic", "random weights", false});
    QVERIFY(!m_app->weights()->remembered());
    m_app->onWeightsLoaded({"/data/g.safetensors", "g.safetensors", true});
    QVERIFY(m_app->weights()->remembered());
    QCOMPARE(m_app->settings()->weights("googlenet"), "/data/g.safetensors");
    m_app->weights()->forget();
    QVERIFY(!m_app->weights()->remembered());
    // Fetched weights are opened anyway: choosing them forgets what was chosen before.
    m_app->onWeightsLoaded({"/data/g.safetensors", "g.safetensors", true});
    const WeightsStore store;
    const ManifestEntry& entry = *store.manifest().toFetch("googlenet");
    QDir().mkpath(QFileInfo(store.path(entry)).path());
    QFile fetched(store.path(entry));
    QVERIFY(fetched.open(QIODevice::WriteOnly) && fetched.resize(entry.expected.size));
    m_app->onWeightsLoaded({fetched.fileName(), entry.file, true});
    QVERIFY(!m_app->weights()->remembered());
    fetched.remove();
}

/// Without an engine, the test answers in its place.
void TestAppModel::refusedWeightsAreStoodInFor()
{
    m_app->settings()->rememberWeights("googlenet", "/elsewhere/mine.safetensors");
    m_app->start("googlenet", "/data/bad.pth", {});
    m_app->onFailed("weights: /data/bad.pth is no weights file");
    QCOMPARE(m_app->messages()->text(), "weights: /data/bad.pth is no weights file");
    m_app->onWeightsLoaded({"/share/own.safetensors", "own.safetensors", true});
    QCOMPARE(
        m_app->messages()->text(),
        "weights: /data/bad.pth is no weights file\nThe network's own trained "
        "weights are used instead, own.safetensors.");
    QVERIFY(m_app->messages()->isError());
    // Nobody chose them: what was remembered stays.
    QCOMPARE(m_app->settings()->weights("googlenet"), "/elsewhere/mine.safetensors");
    m_app->messages()->dismiss();
    m_app->start("inception_v4", "/data/bad.pth", {}); // one that comes without weights
    m_app->onFailed("weights: /data/bad.pth is no weights file");
    m_app->onWeightsLoaded({"synthetic", "random weights", false});
    QCOMPARE(
        m_app->messages()->text(),
        "weights: /data/bad.pth is no weights file\nRandom weights are used instead.");
    // Afterwards, what somebody opens is no stand-in.
    m_app->messages()->dismiss();
    m_app->onWeightsLoaded({"/data/good.pth", "good.pth", true});
    QVERIFY(m_app->messages()->text().isEmpty());
    QCOMPARE(m_app->settings()->weights("inception_v4"), "/data/good.pth");
}

void TestAppModel::messages()
{
    QTRY_VERIFY(!m_app->pictures()->decoding());
    m_app->pictures()->open(QUrl("https://example.org/cat.png"));
    QVERIFY(m_app->messages()->text().contains("on this computer"));
    m_app->messages()->dismiss();
    m_app->pictures()->open(
        QUrl::fromLocalFile(QStringLiteral(INCEPTOSCOPE_SOURCE_DIR "/CMakeLists.txt")));
    QTRY_VERIFY(!m_app->messages()->text().isEmpty());
    QVERIFY(m_app->messages()->text().startsWith("CMakeLists.txt is not a picture"));
    QVERIFY(m_app->messages()->isError());
    QCOMPARE(m_app->run()->pictureTitle(), "coffee.png");
    // A start can have a bad picture and bad weights: neither sentence hides the other.
    m_app->onFailed("weights: conv1 is missing");
    QVERIFY(m_app->messages()->text().startsWith("CMakeLists.txt is not a picture"));
    QVERIFY(m_app->messages()->text().endsWith("\nweights: conv1 is missing"));
    m_app->messages()->dismiss();
    m_app->onFailed("weights: conv1 is missing");
    QCOMPARE(m_app->messages()->text(), "weights: conv1 is missing");
}

void TestAppModel::deviceFailure()
{
    m_app->onProgress("Loading", 0.2);
    QVERIFY(m_app->run()->busy());
    m_app->onDeviceFailed("No Vulkan driver is installed.");
    QVERIFY(!m_app->run()->busy());
    QCOMPARE(m_app->run()->deviceError(), "No Vulkan driver is installed.");
    m_app->overview()->step(5);
    QVERIFY(!m_app->stage()->ops().isEmpty());
}

QTEST_GUILESS_MAIN(TestAppModel)
#include "test_app_model.moc"
