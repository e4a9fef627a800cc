#include "models/app_model.h"
#include "support/fake_engine_data.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

using namespace inceptoscope;

class TestAppModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void stepping();
    void homeAndEnd();
    void auxiliaryHeadsAreSteppedFromWhereTheyBranchOff();
    void playRunsToTheEndAndStops();
    void groups();
    void groupSteps();
    void anotherNetworkClearsTheResult();
    void snapshotFillsOverview();
    void staleSnapshotsAreIgnored();
    void channelShowsValues();
    void channelRangeFollowsTheStyle();
    void overlayIsClearWhereTheMapIsZero();
    void mapOfNothingButNaN();
    void weightsOfOtherClasses();
    void weightsAreRemembered();
    void refusedWeightsAreStoodInFor();
    void messages();
    void deviceFailure();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<AppModel> m_app;
    ModuleId id(std::string_view name) { return m_app->network()->graph.findModule(name).value(); }
    FakeRun run(quint64 number = 1)
    {
        QImage picture(60, 40, QImage::Format_RGB32);
        for (int y = 0; y < 40; ++y)
            for (int x = 0; x < 60; ++x)
                picture.setPixel(x, y, qRgb(x * 4, y * 6, (x * y) % 256));
        return {m_app->network(), picture, m_app->style(), false, number};
    }
};

void TestAppModel::init()
{
    m_app.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    m_app = std::make_unique<AppModel>(nullptr, m_folder->filePath("settings.ini"));
    m_app->start(
        "googlenet", {}, QStringLiteral(INCEPTOSCOPE_SOURCE_DIR "/resources/pictures/coffee.png"));
}

void TestAppModel::stepping()
{
    OverviewModel& overview = *m_app->overview();
    // It begins with what the network is about.
    QCOMPARE(overview.current(), int(id("inception_3a")));
    QCOMPARE(m_app->stage()->title(), "Inception 3a");
    overview.toFirst();
    overview.step(-1);
    QCOMPARE(overview.position(), 0);
    overview.step(1);
    QCOMPARE(overview.current(), int(id("conv1")));
    QCOMPARE(m_app->stage()->title(), "Convolution 1");
    overview.step(1000);
    QCOMPARE(overview.current(), int(id("prob")));
}

void TestAppModel::homeAndEnd()
{
    m_app->overview()->toLast();
    QCOMPARE(m_app->stage()->name(), "prob");
    m_app->overview()->toFirst();
    QCOMPARE(m_app->overview()->position(), 0);
}

void TestAppModel::auxiliaryHeadsAreSteppedFromWhereTheyBranchOff()
{
    OverviewModel& overview = *m_app->overview();
    QCOMPARE(overview.auxiliaries().size(), 2);
    overview.setCurrent(int(id("loss1")));
    QVERIFY(m_app->stage()->auxiliary());
    QCOMPARE(m_app->stage()->ops().size(), 4);
    overview.step(1);
    QCOMPARE(overview.current(), int(id("inception_4b")));
}

void TestAppModel::playRunsToTheEndAndStops()
{
    OverviewModel& overview = *m_app->overview();
    overview.setPlayInterval(1);
    overview.toFirst();
    QSignalSpy spy(&overview, &OverviewModel::currentChanged);
    overview.togglePlay();
    QVERIFY(overview.playing());
    QTRY_VERIFY(!overview.playing());
    QCOMPARE(overview.current(), int(id("prob")));
    QCOMPARE(spy.count(), int(overview.modules().size()) - 1);
    // Once more, from the end: starts over.
    overview.togglePlay();
    QCOMPARE(overview.position(), 0);
    overview.stopPlay();
    QVERIFY(!overview.playing());
}

void TestAppModel::groups()
{
    QStringList titles;
    int covered = 0;
    for (const QVariant& group : m_app->overview()->groups()) {
        titles << group.toMap()["title"].toString();
        QCOMPARE(group.toMap()["first"].toInt(), covered);
        covered += group.toMap()["count"].toInt();
    }
    QCOMPARE(titles, (QStringList{"Stem", "Inception 3", "Inception 4", "Inception 5", "Head"}));
    QCOMPARE(covered, int(m_app->overview()->modules().size()));
    QCOMPARE(m_app->overview()->groupShares().size(), titles.size());
    m_app->setNetworkId("inception_v3");
    titles.clear();
    for (const QVariant& group : m_app->overview()->groups())
        titles << group.toMap()["title"].toString();
    QCOMPARE(
        titles, (QStringList{
                    "Stem", "Inception-A", "Reduction-A", "Inception-B", "Reduction-B",
                    "Inception-C", "Head"}));
    QCOMPARE(m_app->overview()->groups()[3].toMap()["article"].toString(), "module B (figure 6)");
}

void TestAppModel::groupSteps()
{
    OverviewModel& overview = *m_app->overview();
    overview.setCurrent(int(id("inception_4c")));
    overview.stepGroup(-1);
    QCOMPARE(overview.current(), int(id("inception_4a")));
    overview.stepGroup(-1);
    QCOMPARE(overview.current(), int(id("inception_3a")));
    overview.stepGroup(1);
    overview.stepGroup(1);
    QCOMPARE(overview.current(), int(id("inception_5a")));
    overview.stepGroup(-100);
    QCOMPARE(overview.position(), 0);
    overview.stepGroup(100);
    QCOMPARE(overview.current(), int(id("pool5")));
}

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

void TestAppModel::snapshotFillsOverview()
{
    OverviewModel& overview = *m_app->overview();
    overview.setCurrent(int(id("inception_5a")));
    QCOMPARE(overview.shareOf(), "MACs");
    m_app->onSnapshot(fakePartialSnapshot(run(), id("inception_5a"), id("inception_4a")));
    QVERIFY(overview.modules()[3]->done());
    QVERIFY(!overview.modules().back()->done());
    QVERIFY(m_app->run()->top().isEmpty());
    m_app->onSnapshot(fakeSnapshot(run(), id("inception_5a")));
    QVERIFY(overview.modules().back()->done());
    QCOMPARE(overview.shareOf(), "time");
    QCOMPARE(m_app->run()->top().size(), 5);
    QCOMPARE(m_app->run()->top()[0].toMap()["label"].toString(), "Egyptian cat");
    QCOMPARE(m_app->run()->top()[0].toMap()["text"].toString(), "61.2\u00A0%");
    QVERIFY(m_app->run()->complete());
    QVERIFY(m_app->stage()->complete());
    QVERIFY(m_app->run()->weightsKnown() && !m_app->run()->trained());
}

void TestAppModel::staleSnapshotsAreIgnored()
{
    m_app->onSnapshot(fakeSnapshot(run(7), 0));
    QSignalSpy spy(m_app.get(), &AppModel::snapshotShown);
    m_app->onSnapshot(fakePartialSnapshot(run(6), 0, 2));
    QCOMPARE(spy.count(), 0);
    QVERIFY(m_app->run()->complete());
}

void TestAppModel::channelShowsValues()
{
    const ModuleId module = id("inception_5a");
    m_app->overview()->setCurrent(int(module));
    m_app->onSnapshot(fakeSnapshot(run(), module));
    ChannelModel& channel = *m_app->channel();
    QSignalSpy requested(&channel, &ChannelModel::requested);
    const int node = m_app->stage()->output()->node();
    m_app->openChannel(node, 5);
    QVERIFY(channel.isOpen());
    QCOMPARE(requested.count(), 1);
    QVERIFY(!channel.map().isNull()); // from the wall, until the values come
    QVERIFY(!channel.hasValues());
    const auto data = fakeChannel(run(), NodeId(node), 5);
    m_app->onChannel(fakeChannel(run(), NodeId(node), 6));
    QVERIFY(!channel.hasValues());
    m_app->onChannel(data);
    QVERIFY(channel.hasValues());
    channel.hover(2, 3);
    QCOMPARE(channel.pixel(), QPoint(2, 3));
    QVERIFY(!channel.valueText().isEmpty());
    QVERIFY(channel.field().width() > 100);
    channel.hover(7, 3); // outside
    QVERIFY(!channel.hovering());
    channel.step(-100);
    QCOMPARE(channel.channel(), 0);
    channel.step(100000);
    QCOMPARE(channel.channel(), channel.channelCount() - 1);
    m_app->overview()->step(1);
    QVERIFY(!channel.isOpen());
}

void TestAppModel::channelRangeFollowsTheStyle()
{
    const ModuleId module = id("inception_5a");
    m_app->overview()->setCurrent(int(module));
    m_app->onSnapshot(fakeSnapshot(run(), module));
    const int node = m_app->stage()->output()->node();
    m_app->openChannel(node, 5);
    m_app->onChannel(fakeChannel(run(), NodeId(node), 5));
    ChannelModel& channel = *m_app->channel();
    QCOMPARE(channel.highText(), channel.maximumText());
    m_app->settings()->setColormap("diverging");
    QCOMPARE(channel.lowText(), "−" + channel.highText());
    QCOMPARE(channel.histogram().size(), 48);
}

void TestAppModel::overlayIsClearWhereTheMapIsZero()
{
    const ModuleId module = id("inception_5a");
    m_app->overview()->setCurrent(int(module));
    m_app->onSnapshot(fakeSnapshot(run(), module));
    const int node = m_app->stage()->output()->node();
    m_app->openChannel(node, 5);
    ChannelModel& channel = *m_app->channel();
    QVERIFY(channel.overlay().isNull());
    auto data = std::make_shared<ChannelData>(*fakeChannel(run(), NodeId(node), 5));
    std::fill(data->values.begin(), data->values.end(), 0.0F);
    data->values[1] = 4;
    data->values[2] = 1;
    data->values[3] = -1;
    data->values[4] = std::numeric_limits<float>::quiet_NaN();
    m_app->onChannel(data);
    for (const char* colours : {"viridis", "diverging"}) {
        m_app->settings()->setColormap(colours);
        const QImage overlay = channel.overlay();
        QCOMPARE(overlay.size(), channel.map().size());
        const auto alpha = [&](int x) { return qAlpha(overlay.pixel(x, 0)); };
        QCOMPARE(alpha(0), 0);
        QCOMPARE(alpha(1), 255);
        QCOMPARE(alpha(2), 128); // the square root of a quarter
        QCOMPARE(alpha(3), 128);
        QCOMPARE(alpha(4), 255);
        QCOMPARE(overlay.pixelColor(4, 0).name(), ChannelModel::nanColor());
        QCOMPARE(qAlpha(channel.map().pixel(0, 0)), 255);
    }
}

void TestAppModel::mapOfNothingButNaN()
{
    const ModuleId module = id("inception_5a");
    m_app->overview()->setCurrent(int(module));
    m_app->onSnapshot(fakeSnapshot(run(), module));
    const int node = m_app->stage()->output()->node();
    m_app->openChannel(node, 5);
    ChannelModel& channel = *m_app->channel();
    auto data = std::make_shared<ChannelData>(*fakeChannel(run(), NodeId(node), 5));
    std::fill(data->values.begin(), data->values.end(), std::numeric_limits<float>::quiet_NaN());
    m_app->onChannel(data);
    // The colours span nothing: no figures, rather than zeros that nobody measured.
    QCOMPARE(channel.lowText(), "–");
    QCOMPARE(channel.highText(), "–");
    QCOMPARE(channel.map().pixelColor(3, 3).name(), ChannelModel::nanColor());
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
    QVERIFY(!m_app->hasRememberedWeights());
    m_app->onWeightsLoaded({"synthetic", "random weights", false});
    QVERIFY(!m_app->hasRememberedWeights());
    m_app->onWeightsLoaded({"/data/g.safetensors", "g.safetensors", true});
    QVERIFY(m_app->hasRememberedWeights());
    QCOMPARE(m_app->settings()->weights("googlenet"), "/data/g.safetensors");
    m_app->forgetWeights();
    QVERIFY(!m_app->hasRememberedWeights());
    // Fetched weights are opened anyway: choosing them forgets what was chosen before.
    m_app->onWeightsLoaded({"/data/g.safetensors", "g.safetensors", true});
    const WeightsStore store;
    const ManifestEntry& entry = *store.manifest().toFetch("googlenet");
    QDir().mkpath(QFileInfo(store.path(entry)).path());
    QFile fetched(store.path(entry));
    QVERIFY(fetched.open(QIODevice::WriteOnly) && fetched.resize(entry.expected.size));
    m_app->onWeightsLoaded({fetched.fileName(), entry.file, true});
    QVERIFY(!m_app->hasRememberedWeights());
    fetched.remove();
}

/// Without an engine, the test answers in its place.
void TestAppModel::refusedWeightsAreStoodInFor()
{
    m_app->settings()->rememberWeights("googlenet", "/elsewhere/mine.safetensors");
    m_app->start("googlenet", "/data/bad.pth", {});
    m_app->onFailed("weights: /data/bad.pth is no weights file");
    QCOMPARE(m_app->message(), "weights: /data/bad.pth is no weights file");
    m_app->onWeightsLoaded({"/share/own.safetensors", "own.safetensors", true});
    QCOMPARE(
        m_app->message(), "weights: /data/bad.pth is no weights file\nThe network's own trained "
                          "weights are used instead, own.safetensors.");
    QVERIFY(m_app->messageIsError());
    // Nobody chose them: what was remembered stays.
    QCOMPARE(m_app->settings()->weights("googlenet"), "/elsewhere/mine.safetensors");
    m_app->dismissMessage();
    m_app->start("inception_v4", "/data/bad.pth", {}); // one that comes without weights
    m_app->onFailed("weights: /data/bad.pth is no weights file");
    m_app->onWeightsLoaded({"synthetic", "random weights", false});
    QCOMPARE(
        m_app->message(),
        "weights: /data/bad.pth is no weights file\nRandom weights are used instead.");
    // Afterwards, what somebody opens is no stand-in.
    m_app->dismissMessage();
    m_app->onWeightsLoaded({"/data/good.pth", "good.pth", true});
    QVERIFY(m_app->message().isEmpty());
    QCOMPARE(m_app->settings()->weights("inception_v4"), "/data/good.pth");
}

void TestAppModel::messages()
{
    QTRY_VERIFY(!m_app->decoding());
    m_app->openPicture(QUrl("https://example.org/cat.png"));
    QVERIFY(m_app->message().contains("on this computer"));
    m_app->dismissMessage();
    m_app->openPicture(
        QUrl::fromLocalFile(QStringLiteral(INCEPTOSCOPE_SOURCE_DIR "/CMakeLists.txt")));
    QTRY_VERIFY(!m_app->message().isEmpty());
    QVERIFY(m_app->message().startsWith("CMakeLists.txt is not a picture"));
    QVERIFY(m_app->messageIsError());
    QCOMPARE(m_app->run()->pictureTitle(), "coffee.png");
    // A start can have a bad picture and bad weights: neither sentence hides the other.
    m_app->onFailed("weights: conv1 is missing");
    QVERIFY(m_app->message().startsWith("CMakeLists.txt is not a picture"));
    QVERIFY(m_app->message().endsWith("\nweights: conv1 is missing"));
    m_app->dismissMessage();
    m_app->onFailed("weights: conv1 is missing");
    QCOMPARE(m_app->message(), "weights: conv1 is missing");
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
