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

void paintOver(QPainter& painter, const Painting& painting)
{
    if (painting.background.isValid())
        painter.fillRect(QRectF({0, 0}, painting.size), painting.background);
    painting.paint(painter);
}

QByteArray svgOf(const Painting& painting, const QString& title)
{
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setTitle(title.toHtmlEscaped()); // which it would write as it is
    generator.setDescription(QString());
    generator.setSize(painting.size.toSize());
    generator.setViewBox(QRectF({0, 0}, painting.size));
    // Otherwise lengths are in millimetres of the screen at hand.
    generator.setResolution(logicalDpi);
    QPainter painter(&generator);
    paintOver(painter, painting);
    painter.end();
    QByteArray svg = buffer.data();
    // Who hasn't the typeface gets another one without serifs.
    svg.replace("font-family=\"Inter\"", "font-family=\"Inter, Arial, sans-serif\"");
    return svg;
}

QByteArray pdfOf(const Painting& painting, const QString& title)
{
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    writer.setTitle(title);
    writer.setResolution(logicalDpi * pdfScale);
    constexpr double pointsPerPixel = 72.0 / logicalDpi;
    writer.setPageSize(QPageSize(
        painting.size * pointsPerPixel, QPageSize::Point, QString(), QPageSize::ExactMatch));
    writer.setPageMargins(QMarginsF(0, 0, 0, 0));
    QPainter painter(&writer);
    // Feature maps are values: as a JPEG they would be others.
    painter.setRenderHint(QPainter::LosslessImageRendering);
    // Pages have whole points: the drawing fills its page to the edge.
    const QSize page = writer.pageLayout().fullRectPixels(writer.resolution()).size();
    painter.scale(page.width() / painting.size.width(), page.height() / painting.size.height());
    paintOver(painter, painting);
    painter.end();
    return buffer.data();
}

QByteArray pngOf(const Painting& painting, double ratio)
{
    const QSizeF size = painting.size * ratio;
    QImage image(int(std::ceil(size.width())), int(std::ceil(size.height())), QImage::Format_RGB32);
    if (image.isNull())
        return {};
    image.fill(painting.background);
    QPainter painter(&image);
    painter.scale(ratio, ratio);
    painting.paint(painter);
    painter.end();
    return toPng(image);
}

/// The drawing paints its own background.
Painting paintingOf(const Drawing& drawing)
{
    return {.size = drawing.size, .background = {}, .paint = [&](QPainter& painter) {
                paint(painter, drawing);
            }};
}

} // namespace

QByteArray toSvg(const Drawing& drawing, const QString& title)
{
    return svgOf(paintingOf(drawing), title);
}

QByteArray toPdf(const Drawing& drawing, const QString& title)
{
    return pdfOf(paintingOf(drawing), title);
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
    return suffix == QLatin1String("png") ? toPng(toImage(drawing, ratio))
                                          : toBytes(paintingOf(drawing), suffix, title, ratio);
}

QByteArray
toBytes(const Painting& painting, const QString& suffix, const QString& title, double ratio)
{
    if (suffix == QLatin1String("svg"))
        return svgOf(painting, title);
    return suffix == QLatin1String("pdf") ? pdfOf(painting, title) : pngOf(painting, ratio);
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
