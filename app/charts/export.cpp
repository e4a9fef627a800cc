#include "charts/export.h"

#include "charts/save_bytes.h"

#include <QBuffer>
#include <QFileInfo>
#include <QPageLayout>
#include <QPageSize>
#include <QPainter>
#include <QPdfWriter>
#include <QSvgGenerator>

#include <cmath>

namespace inceptoscope {

namespace {

constexpr int logicalDpi = 96;
/// Of a PDF: fine enough that lengths needn't be rounded.
constexpr int pdfScale = 10;

} // namespace

QByteArray toSvg(QSizeF size, const QString& title, const PaintFunction& paint)
{
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setTitle(title.toHtmlEscaped()); // which it would write as it is
    generator.setDescription(QString());
    generator.setSize(size.toSize());
    generator.setViewBox(QRectF({0, 0}, size));
    // Otherwise lengths are in millimetres of the screen at hand.
    generator.setResolution(logicalDpi);
    QPainter painter(&generator);
    paint(painter);
    painter.end();
    QByteArray svg = buffer.data();
    // Who hasn't the typeface gets another one without serifs.
    svg.replace("font-family=\"Inter\"", "font-family=\"Inter, Arial, sans-serif\"");
    return svg;
}

QByteArray toSvg(const Drawing& drawing, const QString& title)
{
    return toSvg(drawing.size, title, [&](QPainter& painter) { paint(painter, drawing); });
}

QByteArray toPdf(QSizeF size, const QString& title, const PaintFunction& paint)
{
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    writer.setTitle(title);
    writer.setResolution(logicalDpi * pdfScale);
    constexpr double pointsPerPixel = 72.0 / logicalDpi;
    writer.setPageSize(
        QPageSize(size * pointsPerPixel, QPageSize::Point, QString(), QPageSize::ExactMatch));
    writer.setPageMargins(QMarginsF(0, 0, 0, 0));
    QPainter painter(&writer);
    // Pages have whole points: the drawing fills its page to the edge.
    const QSize page = writer.pageLayout().fullRectPixels(writer.resolution()).size();
    painter.scale(page.width() / size.width(), page.height() / size.height());
    paint(painter);
    painter.end();
    return buffer.data();
}

QByteArray toPdf(const Drawing& drawing, const QString& title)
{
    return toPdf(drawing.size, title, [&](QPainter& painter) { paint(painter, drawing); });
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

QByteArray toPng(const QImage& image)
{
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    return image.save(&buffer, "PNG") ? buffer.data() : QByteArray();
}

QByteArray
toBytes(const Drawing& drawing, const QString& suffix, const QString& title, double ratio)
{
    if (suffix == QLatin1String("svg"))
        return toSvg(drawing, title);
    return suffix == QLatin1String("pdf") ? toPdf(drawing, title) : toPng(toImage(drawing, ratio));
}

QString saveDrawing(const Drawing& drawing, const QString& path, const QString& title)
{
    const QString suffix = QFileInfo(path).suffix().toLower();
    static const QStringList known = {
        QStringLiteral("svg"), QStringLiteral("pdf"), QStringLiteral("png")};
    if (!known.contains(suffix))
        return QStringLiteral("%1: a name that ends in .svg, .pdf or .png was expected").arg(path);
    const QByteArray bytes = toBytes(drawing, suffix, title);
    return bytes.isEmpty()
               ? QStringLiteral("%1 can't be written: the picture is too large").arg(path)
               : saveBytes(path, bytes);
}

} // namespace inceptoscope
