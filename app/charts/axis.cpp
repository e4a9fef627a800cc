#include "charts/axis.h"

#include <algorithm>
#include <cmath>

namespace inceptoscope {

namespace {

double widest(const QStringList& labels, const QFont& font)
{
    double width = 0;
    for (const QString& label : labels)
        width = std::max(width, textSize(label, font).width());
    return width;
}

void drawVerticalAxis(
    Drawing& drawing, const ChartTheme& theme, const Plot& plot, const Ticks& ticks)
{
    const QFont font = chartFont(theme, chartSmallSize);
    for (size_t i = 0; i < ticks.at.size(); ++i) {
        const double y = plot.y(ticks.at[i]);
        drawing.items.push_back(DrawnLine{
            .points = QPolygonF({QPointF(plot.area.left(), y), QPointF(plot.area.right(), y)}),
            .color = theme.grid,
            .width = theme.px(1)});
        const QRectF room(0, y - 10, plot.area.left() - theme.px(6), 20);
        drawing.items.push_back(textIn(
            room, Qt::AlignRight | Qt::AlignVCenter, ticks.labels[qsizetype(i)], font, theme.text));
    }
}

void drawHorizontalAxis(
    Drawing& drawing, const ChartTheme& theme, const Plot& plot, const Ticks& ticks)
{
    const QFont font = chartFont(theme, chartSmallSize);
    double free = -1e9;
    for (size_t i = 0; i < ticks.at.size(); ++i) {
        const double x = plot.x(ticks.at[i]);
        drawing.items.push_back(DrawnLine{
            .points = QPolygonF({QPointF(x, plot.area.top()), QPointF(x, plot.area.bottom())}),
            .color = theme.grid,
            .width = theme.px(1)});
        const QString& label = ticks.labels[qsizetype(i)];
        const QRectF room(x - 100, plot.area.bottom() + theme.px(5), 200, 20);
        const DrawnText text = textIn(room, Qt::AlignHCenter, label, font, theme.text);
        if (text.box.left() < free || text.box.right() > drawing.size.width())
            continue;
        free = text.box.right() + theme.px(6);
        drawing.items.push_back(text);
    }
}

void drawTitles(
    Drawing& drawing, const ChartTheme& theme, const QRectF& room, const Plot& plot, const Axis& x,
    const Axis& y)
{
    const QFont font = chartFont(theme, chartSmallSize, true);
    const QRectF below(
        plot.area.left(), plot.area.bottom(), plot.area.width(),
        room.bottom() - plot.area.bottom());
    drawing.items.push_back(textIn(
        below, Qt::AlignRight | Qt::AlignBottom, fitted(axisTitle(x), font, below.width()), font,
        theme.secondary));
    if (y.title.isEmpty())
        return;
    const QString title = fitted(axisTitle(y), font, plot.area.height());
    const QSizeF size = textSize(title, font);
    DrawnText text{
        .text = title, .box = {}, .font = font, .color = theme.secondary, .upright = true};
    text.box = QRectF(room.left(), plot.area.top(), size.height(), size.width());
    drawing.items.push_back(text);
}

} // namespace

Plot drawPlot(
    Drawing& drawing, const ChartTheme& theme, const QRectF& room, const Axis& x, const Axis& y,
    const PlotRange& range)
{
    const QFont font = chartFont(theme, chartSmallSize);
    const double line = textSize(QStringLiteral("0"), font).height();
    const int rows = std::clamp(int(room.height() / (line * 2.6)), 2, 10);
    const Ticks yTicks = ticksFor(y, range.yLow, range.yHigh, rows);
    const double left =
        widest(yTicks.labels, font) + theme.px(8) + (y.title.isEmpty() ? 0 : line + theme.px(6));
    const double right = theme.px(18);
    const int columns = std::clamp(int((room.width() - left - right) / theme.px(64)), 2, 12);
    const Ticks xTicks = ticksFor(x, range.xLow, range.xHigh, columns);

    Plot plot;
    plot.area = room.adjusted(left, line / 2, -right, -(2 * line + theme.px(10)));
    plot.x = {xTicks.low, xTicks.high, plot.area.left(), plot.area.right(), x.log};
    plot.y = {yTicks.low, yTicks.high, plot.area.bottom(), plot.area.top(), y.log};
    drawVerticalAxis(drawing, theme, plot, yTicks);
    drawHorizontalAxis(drawing, theme, plot, xTicks);
    drawing.items.push_back(DrawnLine{
        .points = {{plot.area.topLeft(), plot.area.bottomLeft(), plot.area.bottomRight()}},
        .color = theme.strong,
        .width = theme.px(1.2)});
    drawTitles(drawing, theme, room, plot, x, y);
    return plot;
}

namespace {

QRectF drawTitle(
    Drawing& drawing, const ChartTheme& theme, const QRectF& room, const QString& title,
    const QString& note)
{
    QRectF rest = room;
    if (!title.isEmpty()) {
        const QFont font = chartFont(theme, chartTitleSize, true);
        const DrawnText text =
            textIn(rest, Qt::AlignLeft, fitted(title, font, rest.width()), font, theme.text);
        drawing.items.push_back(text);
        rest.setTop(text.box.bottom() + theme.px(2));
    }
    if (!note.isEmpty()) {
        const QFont font = chartFont(theme, chartSmallSize);
        const DrawnText text =
            textIn(rest, Qt::AlignLeft, fitted(note, font, rest.width()), font, theme.secondary);
        drawing.items.push_back(text);
        rest.setTop(text.box.bottom() + theme.px(2));
    }
    if (rest != room)
        rest.setTop(rest.top() + theme.px(6));
    return rest;
}

QRectF drawLegend(
    Drawing& drawing, const ChartTheme& theme, const QRectF& room,
    const std::vector<LegendEntry>& entries)
{
    if (entries.empty())
        return room;
    const QFont font = chartFont(theme, chartSmallSize);
    const double radius = theme.px(5);
    QPointF at = room.topLeft();
    double bottom = room.top();
    for (const LegendEntry& entry : entries) {
        const QSizeF size = textSize(entry.label, font);
        const double width = 2 * radius + theme.px(6) + size.width();
        if (at.x() > room.left() && at.x() + width > room.right())
            at = {room.left(), bottom + theme.px(3)};
        drawing.items.push_back(DrawnMarker{
            .at = {at.x() + radius, at.y() + size.height() / 2},
            .radius = radius,
            .shape = entry.mark.shape,
            .fill = theme.color(entry.mark.color),
            .edge = {}});
        const QRectF box(at.x() + 2 * radius + theme.px(6), at.y(), size.width(), size.height());
        drawing.items.push_back(textIn(box, Qt::AlignLeft, entry.label, font, theme.text));
        bottom = box.bottom();
        at.rx() += width + theme.px(16);
    }
    QRectF rest = room;
    rest.setTop(bottom + theme.px(8));
    return rest;
}

} // namespace

QRectF drawHeader(
    Drawing& drawing, const ChartTheme& theme, const QRectF& room, const QString& title,
    const QString& note, const std::vector<LegendEntry>& legend)
{
    return drawLegend(drawing, theme, drawTitle(drawing, theme, room, title, note), legend);
}

} // namespace inceptoscope
