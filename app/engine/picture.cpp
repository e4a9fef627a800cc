#include "engine/picture.h"

#include <QPainter>

namespace inceptoscope {

QImage opaqueRgba(const QImage& picture)
{
    if (!picture.hasAlphaChannel())
        return picture.convertToFormat(QImage::Format_RGBX8888);
    QImage opaque(picture.size(), QImage::Format_RGBX8888);
    opaque.fill(Qt::white);
    QPainter painter(&opaque);
    painter.drawImage(opaque.rect(), picture);
    return opaque;
}

ImageView viewOf(const QImage& picture)
{
    return {
        picture.constBits(), uint32_t(picture.width()), uint32_t(picture.height()),
        size_t(picture.bytesPerLine())};
}

SeenPicture seenBy(const Preprocessing& preprocessing, const Shape& input, const QImage& picture)
{
    const CropRect crop =
        seenRect(preprocessing, input, uint32_t(picture.width()), uint32_t(picture.height()));
    const QRectF rect(crop.x, crop.y, crop.w, crop.h);
    const QImage part = picture.copy(rect.toAlignedRect() & picture.rect());
    const QSize size(int(input.w), int(input.h));
    return {part.scaled(size, Qt::IgnoreAspectRatio, Qt::SmoothTransformation), rect};
}

} // namespace inceptoscope
