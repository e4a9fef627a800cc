#include "models/figure/figure_parts.h"

#include "models/figure/module_drawing.h"

#include <QPainter>

#include <algorithm>
#include <cstring>

namespace inceptoscope {

namespace {

QPoint tileAt(const OpPicture& op, int columns, int channel)
{
    return {
        (channel % columns) * (op.tile.width() + op.gap),
        (channel / columns) * (op.tile.height() + op.gap)};
}

} // namespace

void writeText(
    QPainter& painter, const QRect& where, const QString& what, const FigureText& how, int flags)
{
    QFont font(QStringLiteral("Inter"));
    font.setPixelSize(how.pixels);
    font.setBold(how.bold);
    painter.setFont(font);
    painter.setPen(how.colour);
    const QString fitting = painter.fontMetrics().elidedText(what, Qt::ElideRight, where.width());
    painter.drawText(where, flags, fitting);
}

void writeSource(
    QPainter& painter, const QRect& header, const QString& picture, const WeightsState& weights)
{
    constexpr int flags = Qt::AlignRight | Qt::AlignTop;
    const QRect half = header.adjusted(header.width() / 2, 8, 0, 0);
    writeText(painter, half, picture, {.colour = ink::dimText}, flags);
    writeText(
        painter, half.adjusted(0, 34, 0, 0), weights.title,
        {.colour = weights.trained ? ink::dimText : ink::warningText}, flags);
}

void paintMaps(QPainter& painter, const QRect& area, const OpPicture& picture)
{
    const QSize native = picture.atlas.size();
    const QSize size = ModuleDrawing::wallSize(native, area.size());
    const QPoint at(
        area.left() + (area.width() - size.width()) / 2,
        area.top() + (area.height() - size.height()) / 2);
    // Larger maps show their values as squares; smaller ones are averaged, not sampled.
    const QSize pixels = size * std::max(drawingScale, int(painter.transform().m11()));
    if (pixels.width() < native.width()) {
        const QImage small =
            picture.atlas.scaled(pixels, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
        painter.drawImage(QRect(at, size), small);
        return;
    }
    painter.setRenderHint(QPainter::SmoothPixmapTransform, false);
    painter.drawImage(QRect(at, size), picture.atlas);
}

OpPicture inColumns(const OpPicture& op, int columns)
{
    if (columns == op.columns || op.atlas.isNull() || op.columns < 1 || columns < 1)
        return op;
    const int channels = int(op.statistics.size());
    const int rows = (channels + columns - 1) / columns;
    OpPicture other = op;
    other.columns = columns;
    other.atlas = QImage(
        columns * (op.tile.width() + op.gap) - op.gap, rows * (op.tile.height() + op.gap) - op.gap,
        QImage::Format_RGBA8888);
    other.atlas.fill(Qt::transparent);
    const size_t bytes = size_t(op.tile.width()) * 4;
    for (int channel = 0; channel < channels; ++channel) {
        const QPoint from = tileAt(op, op.columns, channel);
        const QPoint to = tileAt(op, columns, channel);
        if (!op.atlas.rect().contains(QRect(from, op.tile)))
            continue;
        for (int y = 0; y < op.tile.height(); ++y)
            std::memcpy(
                other.atlas.scanLine(to.y() + y) + qsizetype(to.x()) * 4,
                op.atlas.constScanLine(from.y() + y) + qsizetype(from.x()) * 4, bytes);
    }
    return other;
}

} // namespace inceptoscope
