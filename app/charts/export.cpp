#include "charts/export.h"

#include "charts/save_bytes.h"

#include <QBuffer>
#include <QPainter>
#include <QSvgGenerator>

#include <cmath>

namespace inceptoscope {

QByteArray toSvg(const Drawing& drawing, const QString& title)
{
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setTitle(title.toHtmlEscaped()); // which it would write as it is
    generator.setDescription(QString());
    generator.setSize(drawing.size.toSize());
    generator.setViewBox(QRectF({0, 0}, drawing.size));
    // Otherwise lengths are in millimetres of the screen at hand.
    generator.setResolution(96);
    QPainter painter(&generator);
    paint(painter, drawing);
    painter.end();
    QByteArray svg = buffer.data();
    // Who hasn't the typeface gets another one without serifs.
    svg.replace("font-family=\"Inter\"", "font-family=\"Inter, Arial, sans-serif\"");
    return svg;
}

QImage toImage(const Drawing& drawing, double ratio)
{
    const QSize size(
        int(std::ceil(drawing.size.width() * ratio)),
        int(std::ceil(drawing.size.height() * ratio)));
    QImage image(size, QImage::Format_RGB32);
    image.setDevicePixelRatio(ratio);
    image.fill(drawing.background);
    QPainter painter(&image);
    paint(painter, drawing);
    return image;
}

QString saveDrawing(const Drawing& drawing, const QString& path, const QString& title)
{
    const bool svg = path.endsWith(QLatin1String(".svg"), Qt::CaseInsensitive);
    if (!svg && !path.endsWith(QLatin1String(".png"), Qt::CaseInsensitive))
        return QStringLiteral("%1: a name that ends in .svg or .png was expected").arg(path);
    if (svg)
        return saveBytes(path, toSvg(drawing, title));
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    if (!toImage(drawing).save(&buffer, "PNG"))
        return QStringLiteral("%1 can't be written: the picture is too large").arg(path);
    return saveBytes(path, buffer.data());
}

} // namespace inceptoscope
