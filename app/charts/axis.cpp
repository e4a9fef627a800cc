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
    double free = 1e9; // from below to above
    for (size_t i = 0; i < ticks.at.size(); ++i) {
        const double y = plot.y(ticks.at[i]);
        drawing.items.push_back(DrawnLine{
            .points = QPolygonF({QPointF(plot.area.left(), y), QPointF(plot.area.right(), y)}),
            .color = theme.grid,
            .width = theme.px(1)});
        const QRectF room(0, y - 10, plot.area.left() - theme.px(6), 20);
        const DrawnText text = textIn(
            room, Qt::AlignRight | Qt::AlignVCenter, ticks.labels[qsizetype(i)], font, theme.text);
        if (text.box.bottom() > free)
            continue;
        free = text.box.top();
        drawing.items.push_back(text);
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
        // Below the lower half of the vertical axis' first label.
        const double gap = std::max(theme.px(5), textSize(label, font).height() / 2);
        const QRectF room(x - 100, plot.area.bottom() + gap, 200, 0);
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
    if (title.isEmpty())
        return;
    const QSizeF size = textSize(title, font);
    DrawnText text{
        .text = title, .box = {}, .font = font, .color = theme.secondary, .upright = true};
    text.box = QRectF(room.left(), plot.area.top(), size.height(), size.width());
    drawing.items.push_back(text);
}

} // namespace

QSizeF smallestPlot(const ChartTheme& theme)
{
    const double line = textSize(QStringLiteral("0"), chartFont(theme, chartSmallSize)).height();
    return {theme.px(170), 6.5 * line + theme.px(10)};
}

double comfortablePlot(const ChartTheme& theme)
{
    return theme.px(230);
}

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

} // namespace inceptoscope
