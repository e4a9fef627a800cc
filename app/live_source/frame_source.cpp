#include "live_source/frame_source.h"

#include <QPainter>

#include <algorithm>

namespace inceptoscope {

void FrameSource::want()
{
    m_wanted = true;
    wanted();
}

QImage& FrameSource::unusedImage()
{
    const auto it = std::find_if(m_images.begin(), m_images.end(), [](const QImage& image) {
        return image.isNull() || image.isDetached();
    });
    QImage& image = it == m_images.end() ? m_images.front() : *it;
    if (image.isNull() || !image.isDetached())
        image = QImage(liveFrameSize, QImage::Format_RGBX8888);
    return image;
}

void paintFrame(const QImage& picture, QImage& frame)
{
    const QSizeF part = QSizeF(frame.size()).scaled(picture.size(), Qt::KeepAspectRatio);
    const QRectF source(
        QPointF((picture.width() - part.width()) / 2, (picture.height() - part.height()) / 2),
        part);
    QPainter painter(&frame);
    painter.setCompositionMode(QPainter::CompositionMode_Source);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.drawImage(QRectF(frame.rect()), picture, source);
}

} // namespace inceptoscope
