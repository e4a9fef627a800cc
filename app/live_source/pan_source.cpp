#include "live_source/pan_source.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace inceptoscope {

namespace {

constexpr int frameMilliseconds = 33; // a usual camera's
constexpr int longestSide = 1600;     // more is never seen, and slow to sample

} // namespace

PanSource::PanSource(const QImage& picture, const QString& title)
    : m_picture(picture.convertToFormat(QImage::Format_RGBX8888))
    , m_title(title)
{
    if (std::max(picture.width(), picture.height()) > longestSide)
        m_picture = m_picture.scaled(
            longestSide, longestSide, Qt::KeepAspectRatio, Qt::SmoothTransformation);
    m_timer.setTimerType(Qt::PreciseTimer);
    m_timer.setInterval(frameMilliseconds);
    connect(&m_timer, &QTimer::timeout, this, &PanSource::tick);
}

QString PanSource::title() const
{
    return tr("Pan over %1").arg(m_title);
}

void PanSource::start()
{
    m_clock.start();
    m_timer.start();
    tick();
}

void PanSource::setPaused(bool paused)
{
    if (paused == !m_timer.isActive())
        return;
    if (paused) {
        m_before += double(m_clock.elapsed()) / 1e3;
        m_timer.stop();
        m_fresh = false;
    } else {
        start();
    }
}

QRectF PanSource::windowAt(const QSize& picture, double seconds)
{
    // Periods without a common multiple: it never looks like a loop.
    const double zoom = 0.70 + 0.18 * std::cos(seconds * 0.31);
    const QSizeF whole = QSizeF(liveFrameSize).scaled(picture, Qt::KeepAspectRatio);
    const QSizeF size = whole * zoom;
    const double x = 0.5 + 0.5 * std::sin(seconds * 0.43);
    const double y = 0.5 + 0.5 * std::sin(seconds * 0.59 + 1.0);
    return {
        QPointF((picture.width() - size.width()) * x, (picture.height() - size.height()) * y),
        size};
}

void PanSource::wanted()
{
    if (m_fresh)
        tick();
}

void PanSource::tick()
{
    m_fresh = true;
    if (!isWanted() || !m_timer.isActive())
        return;
    m_fresh = false;
    const double seconds = m_before + double(m_clock.elapsed()) / 1e3;
    deliver([&](QImage& image) {
        QPainter painter(&image);
        painter.setCompositionMode(QPainter::CompositionMode_Source);
        painter.setRenderHint(QPainter::SmoothPixmapTransform);
        painter.drawImage(QRectF(image.rect()), m_picture, windowAt(m_picture.size(), seconds));
    });
}

} // namespace inceptoscope
