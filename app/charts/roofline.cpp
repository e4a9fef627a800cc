#include "charts/roofline.h"

#include "charts/labels.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace inceptoscope {

namespace {

double peakOf(const Roofline& chart)
{
    double peak = 0;
    for (const Roof& roof : chart.roofs)
        peak = std::max(peak, roof.gflops);
    return peak;
}

PlotRange rangeOf(const Roofline& chart)
{
    PlotRange range{0.5, 100, 1, 10};
    bool first = true;
    for (const RooflineDot& dot : chart.dots) {
        if (dot.intensity <= 0 || dot.gflops <= 0)
            continue;
        range.xLow = first ? dot.intensity : std::min(range.xLow, dot.intensity);
        range.xHigh = first ? dot.intensity : std::max(range.xHigh, dot.intensity);
        range.yLow = first ? dot.gflops : std::min(range.yLow, dot.gflops);
        range.yHigh = first ? dot.gflops : std::max(range.yHigh, dot.gflops);
        first = false;
    }
    const double peak = peakOf(chart);
    for (const Roof& roof : chart.roofs)
        if (roof.gigabytes > 0 && peak > 0) // the corner must be seen
            range.xLow = std::min(range.xLow, peak / roof.gigabytes / 4);
    range.xLow *= 0.8;
    range.xHigh *= 1.4;
    range.yLow *= 0.7;
    range.yHigh = std::max(range.yHigh, peak) * 1.5;
    return range;
}

/// Draws the roofs and returns where their labels are.
std::vector<QRectF>
drawRoofs(Drawing& drawing, const Roofline& chart, const Plot& plot, const ChartTheme& theme)
{
    std::vector<QRectF> taken;
    std::vector<QRectF> lines; // in pieces
    const QFont font = chartFont(theme, chartTextSize, true);
    const double peak = peakOf(chart);
    for (const Roof& roof : chart.roofs) {
        const QSizeF size = textSize(roof.label, font);
        QRectF box;
        QPolygonF line;
        if (roof.gigabytes <= 0) {
            double from = plot.x.low;
            for (const Roof& slope : chart.roofs)
                if (slope.gigabytes > 0)
                    from = std::max(
                        plot.x.low,
                        std::min(from == plot.x.low ? 1e300 : from, roof.gflops / slope.gigabytes));
            line << QPointF(plot.x(from), plot.y(roof.gflops))
                 << QPointF(plot.area.right(), plot.y(roof.gflops));
            // Near the corner: the dots that come close to this roof are far to the right.
            box = {
                line[0].x() + theme.px(10), line[0].y() - size.height() - theme.px(3), size.width(),
                size.height()};
        } else {
            const double start = std::max(plot.x.low, plot.y.low / roof.gigabytes);
            const double top = peak > 0 ? peak : plot.y.high;
            const double end = std::min(plot.x.high, top / roof.gigabytes);
            line << QPointF(plot.x(start), plot.y(start * roof.gigabytes))
                 << QPointF(plot.x(end), plot.y(end * roof.gigabytes));
            const QPointF at = line[0] + (line[1] - line[0]) * (taken.empty() ? 0.45 : 0.2);
            box = {at.x() + theme.px(10), at.y() + theme.px(2), size.width(), size.height()};
        }
        drawing.items.push_back(
            DrawnLine{.points = line, .color = theme.text, .width = theme.px(2)});
        constexpr int pieces = 32;
        const QPointF step = (line[1] - line[0]) / pieces;
        for (int i = 0; i < pieces; ++i)
            lines.push_back(QRectF(line[0] + step * i, line[0] + step * (i + 1))
                                .normalized()
                                .adjusted(0, -theme.px(1), 0, theme.px(1)));
        if (box.top() < plot.area.top())
            box.moveTop(line[0].y() + theme.px(3));
        box.moveLeft(
            std::max(plot.area.left(), std::min(box.left(), plot.area.right() - box.width())));
        while (std::any_of(
            taken.begin(), taken.end(), [&](const QRectF& other) { return other.intersects(box); }))
            box.translate(0, size.height());
        if (!plot.area.contains(box))
            continue; // too small for its name
        drawing.items.push_back(textIn(box, Qt::AlignLeft, roof.label, font, theme.text));
        taken.push_back(box);
    }
    taken.insert(taken.end(), lines.begin(), lines.end());
    return taken;
}

void drawDots(
    Drawing& drawing, const Roofline& chart, const ChartView& view, const Plot& plot,
    std::vector<Labelled>& items)
{
    const ChartTheme& theme = view.theme;
    std::vector<size_t> order(chart.dots.size());
    std::iota(order.begin(), order.end(), size_t(0));
    std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) {
        return chart.dots[a].weight > chart.dots[b].weight;
    });
    items.resize(chart.dots.size());
    for (const size_t i : order) {
        const RooflineDot& dot = chart.dots[i];
        if (dot.intensity <= 0 || dot.gflops <= 0)
            continue;
        const QPointF at(plot.x(dot.intensity), plot.y(dot.gflops));
        const double radius = theme.px(5) + theme.px(24) * std::sqrt(std::min(1.0, dot.weight));
        const bool marked = view.isSelected(int(i));
        const bool hovered = view.hovered == int(i);
        QColor fill = theme.color(dot.kind);
        fill.setAlphaF(0.8F);
        drawing.items.push_back(DrawnMarker{
            .at = at,
            .radius = radius,
            .shape = markOf(dot.kind).shape,
            .fill = fill,
            .edge = marked    ? theme.accent
                    : hovered ? theme.text
                              : theme.background,
            .edgeWidth = theme.px(marked || hovered ? 3 : 1)});
        const double reach = std::max(radius * 1.15, theme.px(8));
        drawing.targets.push_back(
            {.area = {at.x() - reach, at.y() - reach, 2 * reach, 2 * reach},
             .index = int(i),
             .round = true});
        items[i] = {.at = at, .radius = radius, .label = {}};
    }
}

/// Names the selected dot, the one under the pointer, and the ones that take the most time.
void drawLabels(
    Drawing& drawing, const Roofline& chart, const ChartView& view, const Plot& plot,
    const std::vector<Labelled>& dots, const std::vector<QRectF>& taken)
{
    constexpr size_t most = 6;
    const QFont font = chartFont(view.theme, chartSmallSize, true);
    std::vector<size_t> order(chart.dots.size());
    std::iota(order.begin(), order.end(), size_t(0));
    const auto rank = [&](size_t i) {
        return (view.isSelected(int(i)) || view.hovered == int(i) ? 10 : 0) + chart.dots[i].weight;
    };
    std::stable_sort(
        order.begin(), order.end(), [&](size_t a, size_t b) { return rank(a) > rank(b); });
    std::vector<Labelled> items;
    for (size_t n = 0; n < order.size(); ++n) {
        items.push_back(dots[order[n]]);
        if (n < most && items.back().radius > 0)
            items.back().label = textSize(chart.dots[order[n]].label, font);
    }
    const std::vector<QRectF> boxes = placeLabels(items, plot.area, view.theme.px(3), taken);
    for (size_t n = 0; n < boxes.size(); ++n)
        if (!boxes[n].isNull())
            drawing.items.push_back(
                textIn(boxes[n], Qt::AlignLeft, chart.dots[order[n]].label, font, view.theme.text));
}

} // namespace

Drawing layOut(const Roofline& chart, const ChartView& view)
{
    Drawing drawing = blank(view);
    const ChartTheme& theme = view.theme;
    const QSizeF least = smallestPlot(theme);
    const QRectF room = drawHeader(
        drawing, theme, roomOf(view), {chart.title, chart.note, chart.legend}, least.height());
    if (room.width() < least.width() || room.height() < least.height())
        return withoutRoom(view);
    const Axis x{.title = "arithmetic intensity", .unit = "FLOP/byte", .log = true};
    const Axis y{.title = "work done", .unit = "GFLOP/s", .log = true};
    const Plot plot = drawPlot(drawing, theme, room, x, y, rangeOf(chart));
    const std::vector<QRectF> taken = drawRoofs(drawing, chart, plot, theme);
    std::vector<Labelled> dots;
    drawDots(drawing, chart, view, plot, dots);
    drawLabels(drawing, chart, view, plot, dots, taken);
    return drawing;
}

double neededHeight(const Roofline& chart, const ChartTheme& theme, double width)
{
    const QSizeF margins = marginsOf(theme);
    const Header header{chart.title, chart.note, chart.legend};
    return headerHeight(header, theme, width - margins.width()) + comfortablePlot(theme) +
           margins.height();
}

} // namespace inceptoscope
