#include "charts/scatter.h"

#include "charts/labels.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace inceptoscope {

namespace {

PlotRange rangeOf(const Scatter& chart)
{
    PlotRange range{1e300, -1e300, 1e300, -1e300};
    for (const ScatterPoint& p : chart.points) {
        range.xLow = std::min(range.xLow, p.xLow >= 0 ? p.xLow : p.x);
        range.xHigh = std::max({range.xHigh, p.x, p.xHigh});
        range.yLow = std::min(range.yLow, p.y);
        range.yHigh = std::max(range.yHigh, p.y);
    }
    for (const ScatterLine& line : chart.lines) {
        for (const QPointF& p : line.points) {
            range.xLow = std::min(range.xLow, p.x());
            range.xHigh = std::max(range.xHigh, p.x());
            range.yLow = std::min(range.yLow, p.y());
            range.yHigh = std::max(range.yHigh, p.y());
        }
    }
    if (!chart.lines.empty())
        return range; // curves may touch the edges
    // Bubbles at the edges must not leave the plot.
    const double room = (range.yHigh - range.yLow) * 0.12;
    if (!chart.y.log)
        range.yLow -= chart.y.fromZero ? 0 : room;
    range.yHigh += chart.y.log ? 0 : room;
    range.xHigh *= chart.x.log ? 1.15 : 1.05;
    range.xLow *= chart.x.log ? 0.87 : 1.0;
    return range;
}

std::vector<double> radii(const Scatter& chart, const ChartTheme& theme, const QRectF& area)
{
    const double most = std::min(theme.px(26), 0.12 * std::min(area.width(), area.height()));
    double largest = 0;
    for (const ScatterPoint& p : chart.points)
        largest = std::max(largest, p.size);
    std::vector<double> result;
    for (const ScatterPoint& p : chart.points) {
        const double share = largest > 0 ? std::sqrt(std::max(0.0, p.size) / largest) : 0;
        result.push_back(std::max(theme.px(5), most * share));
    }
    return result;
}

void drawLines(Drawing& drawing, const Scatter& chart, const Plot& plot, const ChartTheme& theme)
{
    for (const ScatterLine& line : chart.lines) {
        QPolygonF points;
        for (const QPointF& p : line.points)
            points << QPointF(plot.x(p.x()), plot.y(p.y()));
        if (points.size() > 1)
            drawing.items.push_back(DrawnLine{
                .points = points, .color = theme.color(line.mark.color), .width = theme.px(2.5)});
    }
}

void drawFront(Drawing& drawing, const Scatter& chart, const Plot& plot, const ChartTheme& theme)
{
    QPolygonF line;
    for (const int i : paretoFront(chart.points))
        line << QPointF(plot.x(chart.points[size_t(i)].x), plot.y(chart.points[size_t(i)].y));
    if (line.size() > 1)
        drawing.items.push_back(
            DrawnLine{.points = line, .color = theme.strong, .width = theme.px(2), .dashed = true});
}

bool hasSpread(const ScatterPoint& p)
{
    return p.xLow >= 0 && p.xHigh >= p.xLow;
}

void drawPoint(
    Drawing& drawing, const ScatterPoint& p, const ChartView& view, const Plot& plot, double radius,
    int index)
{
    const ChartTheme& theme = view.theme;
    const QPointF at(plot.x(p.x), plot.y(p.y));
    const QColor color = theme.color(p.mark.color);
    const bool marked = view.isSelected(index);
    const bool hovered = view.hovered == index;
    if (hasSpread(p))
        drawing.items.push_back(DrawnLine{
            .points =
                QPolygonF({QPointF(plot.x(p.xLow), at.y()), QPointF(plot.x(p.xHigh), at.y())}),
            .color = theme.text,
            .width = theme.px(1.5)});
    QColor fill = blended(theme.background, color, p.hollow ? 0.12 : 0.72);
    fill.setAlphaF(0.85F);
    drawing.items.push_back(DrawnMarker{
        .at = at,
        .radius = radius,
        .shape = p.mark.shape,
        .fill = fill,
        .edge = marked    ? theme.accent
                : hovered ? theme.text
                          : color,
        .edgeWidth = theme.px(
            marked    ? 3.5
            : hovered ? 2.5
                      : 1.5)});
    const double reach = std::max(radius, theme.px(9));
    drawing.targets.push_back(
        {.area = {at.x() - reach, at.y() - reach, 2 * reach, 2 * reach},
         .index = index,
         .round = true});
}

void drawLabels(
    Drawing& drawing, const Scatter& chart, const ChartView& view, const Plot& plot,
    const std::vector<double>& radius)
{
    const ChartTheme& theme = view.theme;
    const QFont font = chartFont(theme, chartTextSize);
    std::vector<Labelled> items;
    std::vector<QRectF> spreads;
    for (size_t i = 0; i < chart.points.size(); ++i) {
        const ScatterPoint& p = chart.points[i];
        const QPointF at(plot.x(p.x), plot.y(p.y));
        items.push_back({.at = at, .radius = radius[i] * 1.1, .label = textSize(p.label, font)});
        if (hasSpread(p))
            spreads.emplace_back(
                QPointF(plot.x(p.xLow), at.y() - theme.px(1)),
                QPointF(plot.x(p.xHigh), at.y() + theme.px(1)));
    }
    const std::vector<QRectF> boxes = placeLabels(items, plot.area, theme.px(4), spreads);
    for (size_t i = 0; i < boxes.size(); ++i) {
        if (boxes[i].isNull())
            continue;
        const QPointF near(
            std::clamp(items[i].at.x(), boxes[i].left(), boxes[i].right()),
            std::clamp(items[i].at.y(), boxes[i].top(), boxes[i].bottom()));
        const QPointF off = near - items[i].at;
        const double distance = std::hypot(off.x(), off.y());
        if (distance > items[i].radius + theme.px(10))
            drawing.items.push_back(DrawnLine{
                .points = {{items[i].at + off * (items[i].radius / distance), near}},
                .color = theme.strong,
                .width = theme.px(1)});
        const QFont shown =
            chartFont(theme, chartTextSize, view.isSelected(int(i)) || view.hovered == int(i));
        DrawnText text =
            textIn(boxes[i], Qt::AlignHCenter, chart.points[i].label, font, theme.text);
        text.font = shown;
        drawing.items.push_back(text);
    }
}

} // namespace

std::vector<int> paretoFront(const std::vector<ScatterPoint>& points)
{
    std::vector<int> order(points.size());
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(), [&](int a, int b) {
        const ScatterPoint& p = points[size_t(a)];
        const ScatterPoint& q = points[size_t(b)];
        return p.x != q.x ? p.x < q.x : p.y > q.y;
    });
    std::vector<int> front;
    double best = -1e300;
    for (const int i : order) {
        if (points[size_t(i)].y <= best)
            continue;
        best = points[size_t(i)].y;
        front.push_back(i);
    }
    return front;
}

Drawing layOut(const Scatter& chart, const ChartView& view)
{
    Drawing drawing = blank(view);
    const ChartTheme& theme = view.theme;
    const QSizeF least = smallestPlot(theme);
    const QRectF room = drawHeader(
        drawing, theme, roomOf(view), {chart.title, chart.note, chart.legend}, least.height());
    if (chart.points.empty())
        return drawing;
    if (room.width() < least.width() || room.height() < least.height())
        return withoutRoom(view);
    const Plot plot = drawPlot(drawing, theme, room, chart.x, chart.y, rangeOf(chart));
    drawLines(drawing, chart, plot, theme);
    if (chart.front)
        drawFront(drawing, chart, plot, theme);
    const std::vector<double> radius = radii(chart, theme, plot.area);
    // Large ones lie behind, so that small ones are seen and found.
    std::vector<size_t> order(chart.points.size());
    std::iota(order.begin(), order.end(), size_t(0));
    std::stable_sort(
        order.begin(), order.end(), [&](size_t a, size_t b) { return radius[a] > radius[b]; });
    for (const size_t i : order)
        drawPoint(drawing, chart.points[i], view, plot, radius[i], int(i));
    drawLabels(drawing, chart, view, plot, radius);
    const QFont small = chartFont(theme, chartSmallSize);
    QStringList notes;
    if (!chart.sizeTitle.isEmpty())
        notes << chart.sizeTitle;
    if (chart.front)
        notes << QStringLiteral("dashed: Pareto front");
    const QFont bold = chartFont(theme, chartSmallSize, true);
    const double used = textSize(axisTitle(chart.x), bold).width() + theme.px(16);
    const QString text = fitted(notes.join(QStringLiteral(" · ")), small, plot.area.width() - used);
    if (!text.isEmpty())
        drawing.items.push_back(textIn(
            {plot.area.left(), plot.area.bottom(), plot.area.width(),
             room.bottom() - plot.area.bottom()},
            Qt::AlignLeft | Qt::AlignBottom, text, small, theme.secondary));
    return drawing;
}

double neededHeight(const Scatter& chart, const ChartTheme& theme, double width)
{
    const QSizeF margins = marginsOf(theme);
    const Header header{chart.title, chart.note, chart.legend};
    return headerHeight(header, theme, width - margins.width()) + comfortablePlot(theme) +
           margins.height();
}

} // namespace inceptoscope
