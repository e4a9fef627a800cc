#pragma once

#include "engine/run_snapshot.h"
#include "live_source/frame_source.h"

#include <QElapsedTimer>
#include <QTimer>
#include <QUrl>

#include <array>
#include <memory>

namespace inceptoscope {

/// Live pictures: where they come from, and how fast they are shown. Two frames at most are on the
/// way, one in the engine and one being drawn; a frame that comes meanwhile replaces the one
/// before.
class LiveModel : public QObject
{
    Q_OBJECT
    Q_PROPERTY(bool active READ active NOTIFY stateChanged)
    Q_PROPERTY(bool paused READ paused NOTIFY stateChanged)
    Q_PROPERTY(bool starting READ starting NOTIFY stateChanged)
    Q_PROPERTY(QString title READ title NOTIFY stateChanged)
    Q_PROPERTY(QString stillTitle READ stillTitle NOTIFY stillChanged)
    Q_PROPERTY(QStringList cameras READ cameras NOTIFY camerasChanged)
    Q_PROPERTY(QString speedText READ speedText NOTIFY speedChanged)

public:
    explicit LiveModel(QObject* parent = nullptr);
    ~LiveModel() override;

    [[nodiscard]] bool active() const { return m_source != nullptr; }
    [[nodiscard]] bool paused() const { return m_paused; }
    /// Chosen, and no frame has come yet.
    [[nodiscard]] bool starting() const { return active() && m_sent == 0; }
    [[nodiscard]] QString title() const;
    /// The picture that a pan would go over; empty where there is none.
    [[nodiscard]] QString stillTitle() const { return m_still.isNull() ? QString() : m_stillTitle; }
    [[nodiscard]] QStringList cameras() const { return m_cameras; }
    /// "12.4 frames/s · 110 ms behind"; empty until frames are shown.
    [[nodiscard]] QString speedText() const;
    [[nodiscard]] double framesPerSecond() const { return m_framesPerSecond; }
    [[nodiscard]] quint64 shownFrames() const { return m_shown; } ///< counted over all sources
    [[nodiscard]] double latencyMilliseconds() const { return m_latency; }

    /// Looks for cameras, which takes a moment the first time.
    Q_INVOKABLE void findCameras();
    Q_INVOKABLE void startCamera(const QString& name);
    Q_INVOKABLE void startPan();
    void startFile(const QString& path);
    /// For tests, too.
    void start(std::unique_ptr<FrameSource> source);
    Q_INVOKABLE void togglePause();
    Q_INVOKABLE void stop();

    /// The open picture.
    void setStill(const QImage& picture, const QString& title);
    [[nodiscard]] QImage still() const { return m_still; }
    [[nodiscard]] QImage lastFrame() const { return m_last; }
    /// A snapshot of a frame has come from the engine.
    void arrived(const LiveState& state);
    /// The window has drawn; `idle`: nothing that belongs to a snapshot is still being drawn.
    void drawn(bool idle);

Q_SIGNALS:
    void stateChanged();
    void stillChanged();
    void camerasChanged();
    void speedChanged();
    /// For the engine.
    void frame(const QImage& frame, const QString& title, const inceptoscope::LiveState& state);
    void failed(const QString& sentence);
    /// Paused: `frame` is to be shown as any picture.
    void pausedOn(const QImage& frame, const QString& title);
    /// Over: back to the still.
    void stopped();

private:
    void send(const QImage& frame);
    void askForNext();
    void shown();
    void end();

    std::unique_ptr<FrameSource> m_source;
    bool m_paused = false;
    QImage m_still;
    QString m_stillTitle;
    QStringList m_cameras;
    QImage m_last;
    quint64 m_sent = 0; ///< frames on their way to the engine, of this source
    quint64 m_base = 0; ///< number of the first of them
    quint64 m_shown = 0;
    std::optional<LiveState> m_arrived; ///< not drawn yet
    int m_drawnSince = 0;
    QTimer m_patience;                ///< a window that isn't drawn at all
    std::array<qint64, 16> m_times{}; ///< nanoseconds of the last shown frames, a ring
    quint64 m_counted = 0;
    QElapsedTimer m_clock;
    QElapsedTimer m_lastText;
    double m_framesPerSecond = 0;
    double m_latency = 0;
};

} // namespace inceptoscope
