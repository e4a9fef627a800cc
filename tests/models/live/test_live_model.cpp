// Live pictures without a camera: from a source that the test drives.
#include "file_name.h"
#include "live_source/file_source.h"
#include "live_source/pan_source.h"
#include "models/app_model.h"
#include "support/fake_engine_data.h"

#include <QBuffer>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

#include <fstream>

using namespace inceptoscope;

namespace {

/// Frames that come when the test says so.
class FakeCamera : public FrameSource
{
public:
    [[nodiscard]] QString title() const override { return QStringLiteral("Fake camera"); }
    void start() override { started = true; }
    void setPaused(bool on) override { paused = on; }
    /// A frame comes from the camera; it is lost unless somebody wants it or will want it soon.
    void shoot(int grey)
    {
        m_newest = grey;
        if (isWanted())
            wanted();
    }
    void fail() { Q_EMIT failed(QStringLiteral("The camera is broken.")); }

    bool started = false;
    bool paused = false;

protected:
    void wanted() override
    {
        if (m_newest < 0)
            return;
        const int grey = std::exchange(m_newest, -1);
        deliver([&](QImage& image) { image.fill(qRgb(grey, grey, grey)); });
    }

private:
    int m_newest = -1;
};

int greyOf(const QImage& image)
{
    return qRed(image.pixel(3, 3));
}

QByteArray number(quint32 value, int bytes = 4)
{
    QByteArray result;
    for (int i = 0; i < bytes; ++i)
        result.append(char(value >> (8 * i) & 0xff));
    return result;
}

QByteArray chunk(const QByteArray& id, const QByteArray& content)
{
    return id + number(quint32(content.size())) + content + QByteArray(content.size() % 2, 0);
}

/// 25 frames a second in an AVI (Microsoft's "AVI RIFF File Reference"). `codec`: four letters,
/// zeros for pixels of three bytes.
QByteArray avi(const QList<QByteArray>& frames, QSize size, const QByteArray& codec)
{
    const auto w = quint32(size.width());
    const auto h = quint32(size.height());
    const quint32 count = quint32(frames.size());
    QByteArray movie = "movi";
    for (const QByteArray& frame : frames)
        movie += chunk("00dc", frame);
    const QByteArray main = number(40000) + number(0) + number(0) + number(0) + number(count) +
                            number(0) + number(1) + number(1 << 20) + number(w) + number(h) +
                            QByteArray(16, 0);
    const QByteArray stream = "vids" + codec + QByteArray(12, 0) + number(1) + number(25) +
                              number(0) + number(count) + number(1 << 20) + number(0xffffffff) +
                              number(0) + QByteArray(8, 0);
    const QByteArray format = number(40) + number(w) + number(h) + number(1, 2) + number(24, 2) +
                              codec + number(w * h * 3) + QByteArray(16, 0);
    const QByteArray list = "strl" + chunk("strh", stream) + chunk("strf", format);
    const QByteArray header = "hdrl" + chunk("avih", main) + chunk("LIST", list);
    return chunk("RIFF", "AVI " + chunk("LIST", header) + chunk("LIST", movie));
}

/// Motion JPEG.
QByteArray avi(const QList<QImage>& frames)
{
    QList<QByteArray> jpegs;
    for (const QImage& frame : frames) {
        QBuffer buffer(&jpegs.emplace_back());
        frame.save(&buffer, "JPG", 95);
    }
    return avi(jpegs, frames[0].size(), "MJPG");
}

/// Twelve squares of 32x32 in three rows.
constexpr std::array<QRgb, 12> bands = {0xffc87828, 0xff2878c8, 0xff808080, 0xfff0f0f0,
                                        0xffdc1e1e, 0xff1ec81e, 0xff1e1edc, 0xff141414,
                                        0xffe6dc3c, 0xff3cc8d2, 0xffbe3cbe, 0xff5a3c1e};

QRgb bandAt(int x, int y)
{
    return bands[size_t(y / 32 * 4 + x / 32)];
}

/// Video-range BT.601, planar, as so many pixels across and down share a sample of colour.
QByteArray planes(int across, int down)
{
    QByteArray luma;
    QByteArray blue;
    QByteArray red;
    for (int y = 0; y < 96; ++y)
        for (int x = 0; x < 128; ++x) {
            const QColor c(bandAt(x, y));
            luma +=
                char(qRound(16 + 65.481 * c.redF() + 128.553 * c.greenF() + 24.966 * c.blueF()));
            if (x % across != 0 || y % down != 0)
                continue;
            blue += char(qRound(128 - 37.797 * c.redF() - 74.203 * c.greenF() + 112 * c.blueF()));
            red += char(qRound(128 + 112 * c.redF() - 93.786 * c.greenF() - 18.214 * c.blueF()));
        }
    return luma + blue + red;
}

/// Blue first, the lowest row first.
QByteArray pixels24()
{
    QByteArray bytes;
    for (int y = 95; y >= 0; --y)
        for (int x = 0; x < 128; ++x) {
            const QRgb c = bandAt(x, y);
            for (const int part : {qBlue(c), qGreen(c), qRed(c)})
                bytes += char(part);
        }
    return bytes;
}

struct Sent
{
    QImage frame;
    LiveState state;
};

} // namespace

class TestLiveModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void neverMoreThanTwoOnTheWay();
    void newestFrameWins();
    void speedComesFromWhatIsShown();
    void pausesAndGoesOn();
    void failureStopsInOneSentence();
    void framesAreNotOverwrittenWhileInUse();
    void panMovesAndStaysInside();
    void noPictureToPanOver();
    void badVideos();
    void videoIsPlayed();
    void videoHasItsColours_data();
    void videoHasItsColours();
    void windowGoesLiveAndBack();

private:
    std::unique_ptr<LiveModel> m_live;
    FakeCamera* m_camera = nullptr;
    std::vector<Sent> m_sent;
    void show(size_t i) const
    {
        m_live->arrived(m_sent[i].state);
        m_live->drawn(true);
        m_live->drawn(true);
    }
};

void TestLiveModel::init()
{
    m_sent.clear();
    m_live = std::make_unique<LiveModel>();
    connect(
        m_live.get(), &LiveModel::frame, this,
        [this](const QImage& frame, const QString&, const LiveState& state) {
            m_sent.push_back({frame, state});
        });
    auto camera = std::make_unique<FakeCamera>();
    m_camera = camera.get();
    m_live->start(std::move(camera));
}

void TestLiveModel::cleanup()
{
    m_live.reset();
}

void TestLiveModel::neverMoreThanTwoOnTheWay()
{
    QVERIFY(m_camera->started && m_live->active() && m_live->starting());
    for (int i = 0; i < 10; ++i)
        m_camera->shoot(i);
    QCOMPARE(m_sent.size(), size_t(2));
    QVERIFY(!m_live->starting());
    QCOMPARE(m_sent[0].frame.size(), QSize(640, 480));
    QCOMPARE(m_sent[0].frame.format(), QImage::Format_RGBX8888);
    show(0);
    QCOMPARE(m_sent.size(), size_t(3));
    // A snapshot that was replaced on its way never comes: the later one stands for both.
    show(2);
    m_camera->shoot(50);
    m_camera->shoot(51);
    m_camera->shoot(52);
    QCOMPARE(m_sent.size(), size_t(5));
}

void TestLiveModel::newestFrameWins()
{
    for (int i = 0; i < 10; ++i)
        m_camera->shoot(i * 10);
    show(0);
    QCOMPARE(greyOf(m_sent.at(2).frame), 90);
    QVERIFY(m_sent[2].state.frame > m_sent[1].state.frame);
}

void TestLiveModel::speedComesFromWhatIsShown()
{
    QVERIFY(m_live->speedText().isEmpty());
    m_camera->shoot(0);
    for (size_t i = 0; i < 12; ++i) {
        QTest::qWait(20);
        show(i);
        m_camera->shoot(int(i));
    }
    QVERIFY(m_live->framesPerSecond() > 5 && m_live->framesPerSecond() <= 50);
    QVERIFY(m_live->latencyMilliseconds() >= 15);
    QVERIFY(m_live->speedText().contains("frames/s"));
    // What nobody draws is not waited for without end.
    m_live->arrived(m_sent.back().state);
    const size_t before = m_sent.size();
    m_camera->shoot(99);
    m_camera->shoot(98);
    QTRY_VERIFY(m_sent.size() > before);
}

void TestLiveModel::pausesAndGoesOn()
{
    QSignalSpy paused(m_live.get(), &LiveModel::pausedOn);
    m_live->togglePause();
    QVERIFY(!m_live->paused()); // there is nothing yet to pause on
    m_camera->shoot(70);
    m_live->togglePause();
    QVERIFY(m_live->paused() && m_camera->paused);
    QCOMPARE(paused.count(), 1);
    QCOMPARE(greyOf(paused[0][0].value<QImage>()), 70);
    QCOMPARE(paused[0][1].toString(), QStringLiteral("Fake camera, paused"));
    const size_t before = m_sent.size();
    m_camera->shoot(71);
    QCOMPARE(m_sent.size(), before);
    m_live->togglePause();
    m_camera->shoot(72);
    QCOMPARE(greyOf(m_sent.back().frame), 72);
}

void TestLiveModel::failureStopsInOneSentence()
{
    QSignalSpy failed(m_live.get(), &LiveModel::failed);
    QSignalSpy stopped(m_live.get(), &LiveModel::stopped);
    m_camera->fail();
    QTRY_COMPARE(failed.count(), 1);
    QCOMPARE(failed[0][0].toString(), QStringLiteral("The camera is broken."));
    QCOMPARE(stopped.count(), 1);
    QVERIFY(!m_live->active());
    m_live->startCamera(QStringLiteral("No such camera"));
    QTRY_COMPARE(failed.count(), 2);
    QVERIFY(failed[1][0].toString().startsWith("The camera No such camera isn't there."));
}

void TestLiveModel::framesAreNotOverwrittenWhileInUse()
{
    std::vector<QImage> kept;
    for (int i = 0; i < 8; ++i) {
        m_camera->shoot(i + 1);
        if (i > 0)
            show(size_t(i) - 1);
        kept.push_back(m_sent.back().frame);
    }
    for (size_t i = 0; i < m_sent.size() && i < kept.size(); ++i)
        QCOMPARE(greyOf(m_sent[i].frame), int(i) + 1);
}

void TestLiveModel::panMovesAndStaysInside()
{
    for (const QSize size : {QSize(451, 300), QSize(4000, 300), QSize(20, 900)}) {
        QRectF before;
        for (double seconds = 0; seconds < 60; seconds += 0.25) {
            const QRectF window = PanSource::windowAt(size, seconds);
            QVERIFY(QRectF(QPointF(), QSizeF(size))
                        .adjusted(-1e-6, -1e-6, 1e-6, 1e-6)
                        .contains(window));
            QVERIFY(std::abs(window.width() / window.height() - 4.0 / 3.0) < 1e-6);
            QVERIFY(window != before);
            before = window;
        }
    }
    QImage picture(400, 300, QImage::Format_RGB32);
    for (int y = 0; y < 300; ++y)
        for (int x = 0; x < 400; ++x)
            picture.setPixel(x, y, qRgb(x / 2, y / 2, 100));
    m_live->setStill(picture, QStringLiteral("ramp.png"));
    m_live->startPan();
    QCOMPARE(m_live->title(), QStringLiteral("Pan over ramp.png"));
    QTRY_COMPARE(m_sent.size(), size_t(2));
    QVERIFY(m_sent[0].frame != m_sent[1].frame);
    QCOMPARE(qBlue(m_sent[0].frame.pixel(320, 240)), 100);
}

void TestLiveModel::noPictureToPanOver()
{
    LiveModel live;
    QSignalSpy failed(&live, &LiveModel::failed);
    live.startPan();
    QCOMPARE(failed.count(), 1);
    QVERIFY(!live.active());
}

void TestLiveModel::badVideos()
{
    QTemporaryDir folder;
    QFile text(folder.filePath("text.mp4"));
    QVERIFY(text.open(QIODevice::WriteOnly));
    text.write("this is no video");
    text.close();
    QSignalSpy failed(m_live.get(), &LiveModel::failed);
    m_live->startFile(folder.filePath("missing.mp4"));
    QTRY_COMPARE(failed.count(), 1);
    QVERIFY(failed[0][0].toString().startsWith("missing.mp4 was not found."));
    m_live->startFile(text.fileName());
    QTRY_COMPARE(failed.count(), 2);
    QVERIFY(failed[1][0].toString().startsWith("text.mp4 is not a video that can be played."));
    QTest::qWait(100);
    QCOMPARE(failed.count(), 2); // once
    QVERIFY(FileSource::looksLikeVideo("a.MP4") && !FileSource::looksLikeVideo("a.png"));
}

void TestLiveModel::videoIsPlayed()
{
    QTemporaryDir folder;
    QList<QImage> frames;
    for (int i = 0; i < 50; ++i) {
        frames << QImage(320, 180, QImage::Format_RGB32);
        frames.back().fill(qRgb(10 + i * 4, 60, 60));
    }
    // A name in Latin-1, as old files have them.
    const std::string path = folder.path().toStdString() + "/gr\xfcn.avi";
    const QByteArray bytes = avi(frames);
    std::ofstream(path, std::ios::binary).write(bytes.data(), bytes.size());
    QSignalSpy failed(m_live.get(), &LiveModel::failed);
    m_live->startFile(fileText(path));
    QCOMPARE(m_live->title(), QStringLiteral("gr?n.avi"));
    QTRY_VERIFY_WITH_TIMEOUT(!m_sent.empty() || failed.count() > 0, 20'000);
    QVERIFY2(failed.isEmpty(), failed.isEmpty() ? "" : qPrintable(failed[0][0].toString()));
    QCOMPARE(m_sent[0].frame.size(), QSize(640, 480));
    const QRgb middle = m_sent[0].frame.pixel(320, 240);
    QVERIFY2(std::abs(qGreen(middle) - 60) < 12, qPrintable(QString::number(middle, 16)));
}

/// The JPEGs are the bands, by ImageMagick: convert -quality 96 -sampling-factor 4:4:4.
void TestLiveModel::videoHasItsColours_data()
{
    QTest::addColumn<QByteArray>("frame");
    QTest::addColumn<QByteArray>("codec");
    for (const char* sampling : {"420", "422", "444", "440", "411"}) {
        QFile file(QStringLiteral(INCEPTOSCOPE_SOURCE_DIR "/tests/models/live/data/bands_%1.jpg")
                       .arg(QLatin1String(sampling)));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QTest::addRow("JPEG %s", sampling) << file.readAll() << QByteArray("MJPG");
    }
    QTest::newRow("planes 420") << planes(2, 2) << QByteArray("I420");
    QTest::newRow("planes 422") << planes(2, 1) << QByteArray("Y42B");
    QTest::newRow("planes 411") << planes(4, 1) << QByteArray("Y41B");
    QTest::newRow("RGB") << pixels24() << QByteArray(4, 0);
}

void TestLiveModel::videoHasItsColours()
{
    QFETCH(const QByteArray, frame);
    QFETCH(const QByteArray, codec);
    QTemporaryDir folder;
    QFile file(folder.filePath("bands.avi"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(avi(QList<QByteArray>(50, frame), {128, 96}, codec));
    file.close();
    QSignalSpy failed(m_live.get(), &LiveModel::failed);
    m_live->startFile(file.fileName());
    QTRY_VERIFY_WITH_TIMEOUT(!m_sent.empty() || failed.count() > 0, 20'000);
    QVERIFY2(failed.isEmpty(), failed.isEmpty() ? "" : qPrintable(failed[0][0].toString()));
    for (int y = 16; y < 96; y += 32)
        for (int x = 16; x < 128; x += 32) {
            const QColor wanted(bandAt(x, y));
            const QColor found(m_sent[0].frame.pixel(x * 5, y * 5));
            const int off = std::max(
                {std::abs(wanted.red() - found.red()), std::abs(wanted.green() - found.green()),
                 std::abs(wanted.blue() - found.blue())});
            QVERIFY2(off <= 6, qPrintable(wanted.name() + " became " + found.name()));
        }
}

void TestLiveModel::windowGoesLiveAndBack()
{
    QTemporaryDir folder;
    AppModel app(nullptr, folder.filePath("settings.ini"));
    app.start("googlenet", {}, {});
    QTRY_VERIFY(!app.pictures()->decoding());
    const QString title = app.run()->pictureTitle();
    auto camera = std::make_unique<FakeCamera>();
    FakeCamera& fake = *camera;
    app.live()->start(std::move(camera));
    fake.shoot(120);
    QCOMPARE(app.run()->pictureTitle(), QStringLiteral("Fake camera"));
    QCOMPARE(greyOf(app.run()->picture()), 120);

    // A live snapshot: times are those of before, and it is told so.
    const FakeRun run{app.network(), app.run()->picture(), app.style(), true, 7};
    const ModuleId module = app.network()->graph.findModule("inception_3a").value();
    app.overview()->setCurrent(int(module));
    auto snapshot = std::make_shared<RunSnapshot>(*fakeSnapshot(run, module));
    snapshot->live = LiveState{.frame = 1, .captured = std::chrono::steady_clock::now()};
    app.onSnapshot(snapshot);
    QVERIFY(app.run()->live());
    QVERIFY(app.stage()->complete());

    app.live()->stop();
    QCOMPARE(app.run()->pictureTitle(), title);
    // A video by its name, and one that isn't: a sentence, and the picture stays.
    QVERIFY(app.drop({QUrl::fromLocalFile(folder.filePath("missing.webm"))}));
    QTRY_VERIFY(app.messages()->text().startsWith("missing.webm was not found."));
    QVERIFY(app.messages()->isError());
    QCOMPARE(app.run()->pictureTitle(), title);
}

QTEST_MAIN(TestLiveModel) // pictures of video frames need a QGuiApplication
#include "test_live_model.moc"
