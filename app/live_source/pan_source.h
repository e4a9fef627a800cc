#pragma once

#include "live_source/frame_source.h"

#include <QElapsedTimer>
#include <QTimer>

namespace inceptoscope {

/// A slow pan and zoom over a still picture: live pictures without a camera.
class PanSource : public FrameSource
{
    Q_OBJECT

public:
    /// `picture`: not null.
    PanSource(const QImage& picture, const QString& title);

    [[nodiscard]] QString title() const override;
    void start() override;
    void setPaused(bool paused) override;

    /// The part of a picture that is seen so many seconds after the start: of the proportions of a
    /// frame, always inside.
    [[nodiscard]] static QRectF windowAt(const QSize& picture, double seconds);

protected:
    void wanted() override;

private:
    void tick();

    QImage m_picture;
    QString m_title;
    QTimer m_timer;
    QElapsedTimer m_clock;
    double m_before = 0; ///< seconds until the last pause
    bool m_fresh = false;
};

} // namespace inceptoscope
