#include "models/live/live_model.h"

#include "live_source/camera_source.h"
#include "live_source/file_source.h"
#include "live_source/pan_source.h"

#include <algorithm>
#include <cmath>

namespace inceptoscope {

namespace {

constexpr quint64 mostOnTheWay = 2;
/// A window that is hidden draws nothing; frames go on, only slowly.
constexpr int patienceMilliseconds = 150;
/// Numbers that change faster can't be read.
constexpr int textMilliseconds = 500;

} // namespace

LiveModel::LiveModel(QObject* parent)
    : QObject(parent)
{
    m_patience.setSingleShot(true);
    m_patience.setInterval(patienceMilliseconds);
    connect(&m_patience, &QTimer::timeout, this, &LiveModel::shown);
    m_clock.start();
}

LiveModel::~LiveModel() = default;

QString LiveModel::title() const
{
    return m_source ? m_source->title() : QString();
}

QString LiveModel::speedText() const
{
    if (!active() || m_paused || m_framesPerSecond <= 0)
        return {};
    return tr("%1 frames/s · %2 ms behind")
        .arg(m_framesPerSecond, 0, 'f', 1)
        .arg(std::lround(m_latency));
}

void LiveModel::findCameras()
{
    const QStringList found = CameraSource::cameras();
    if (found == m_cameras)
        return;
    m_cameras = found;
    Q_EMIT camerasChanged();
}

void LiveModel::startCamera(const QString& name)
{
    start(std::make_unique<CameraSource>(name));
}

void LiveModel::startPan()
{
    if (m_still.isNull())
        Q_EMIT failed(tr("There is no picture to pan over. Open one first."));
    else
        start(std::make_unique<PanSource>(m_still, m_stillTitle));
}

void LiveModel::startFile(const QString& path)
{
    start(std::make_unique<FileSource>(path));
}

void LiveModel::start(std::unique_ptr<FrameSource> source)
{
    end();
    m_source = std::move(source);
    connect(m_source.get(), &FrameSource::frame, this, &LiveModel::send);
    // Queued: a source may fail in the middle of its own start.
    connect(
        m_source.get(), &FrameSource::failed, this,
        [this, failing = m_source.get()](const QString& sentence) {
            if (m_source.get() != failing)
                return; // it said so before
            stop();
            Q_EMIT failed(sentence);
        },
        Qt::QueuedConnection);
    Q_EMIT stateChanged();
    m_source->start();
    askForNext();
}

void LiveModel::end()
{
    if (m_source) {
        m_source->disconnect(this);
        m_source.release()->deleteLater(); // it may be what calls
    }
    m_paused = false;
    m_base += m_sent;
    m_shown = m_base;
    m_sent = 0;
    m_arrived.reset();
    m_patience.stop();
    m_counted = 0;
    m_framesPerSecond = 0;
    m_last = {};
}

void LiveModel::stop()
{
    if (!active())
        return;
    end();
    Q_EMIT stateChanged();
    Q_EMIT speedChanged();
    Q_EMIT stopped();
}

void LiveModel::togglePause()
{
    if (!active() || starting())
        return;
    m_paused = !m_paused;
    m_counted = 0;
    m_framesPerSecond = 0;
    m_source->setPaused(m_paused);
    Q_EMIT stateChanged();
    Q_EMIT speedChanged();
    if (m_paused) {
        Q_EMIT pausedOn(m_last, tr("%1, paused").arg(title()));
    } else {
        m_shown = m_base + m_sent; // what was on its way when it was paused
        askForNext();
    }
}

void LiveModel::setStill(const QImage& picture, const QString& title)
{
    m_still = picture;
    m_stillTitle = title;
    Q_EMIT stillChanged();
}

void LiveModel::askForNext()
{
    if (m_source && !m_paused && m_base + m_sent - m_shown < mostOnTheWay)
        m_source->want();
}

void LiveModel::send(const QImage& frame)
{
    if (m_paused)
        return;
    const bool first = m_sent == 0;
    ++m_sent;
    m_last = frame;
    Q_EMIT this->frame(
        frame, title(), {.frame = m_base + m_sent, .captured = std::chrono::steady_clock::now()});
    if (first)
        Q_EMIT stateChanged();
    askForNext();
}

void LiveModel::arrived(const LiveState& state)
{
    if (!active() || state.frame <= m_shown)
        return;
    m_arrived = state;
    m_drawnSince = 0;
    m_patience.start();
}

void LiveModel::drawn(bool idle)
{
    // What is drawn first was prepared before the snapshot came.
    if (m_arrived && ++m_drawnSince > 1 && idle)
        shown();
}

void LiveModel::shown()
{
    if (!m_arrived)
        return;
    m_patience.stop();
    m_shown = std::max(m_shown, m_arrived->frame);
    m_latency = std::chrono::duration<double, std::milli>(
                    std::chrono::steady_clock::now() - m_arrived->captured)
                    .count();
    m_arrived.reset();
    const qint64 now = m_clock.nsecsElapsed();
    const quint64 counted = std::min<quint64>(m_counted, m_times.size());
    if (counted > 0)
        m_framesPerSecond =
            double(counted) * 1e9 / double(now - m_times[(m_counted - counted) % m_times.size()]);
    m_times[m_counted++ % m_times.size()] = now;
    if (!m_lastText.isValid() || m_lastText.elapsed() >= textMilliseconds) {
        m_lastText.start();
        Q_EMIT speedChanged();
    }
    askForNext();
}

} // namespace inceptoscope
