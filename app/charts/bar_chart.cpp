#include "charts/bar_chart.h"

#include <QLineF>

#include <algorithm>

namespace inceptoscope {

namespace {

double longestValue(const BarChart& chart)
{
    double longest = 0;
    for (const Bar& bar : chart.bars)
        for (const BarValue& value : bar.values)
            longest = std::max({longest, value.value, value.high});
    return longest;
}

double widestLabel(const BarChart& chart, const QFont& font)
{
    double width = 0;
    for (const Bar& bar : chart.bars)
        width = std::max(width, textSize(bar.label, font).width());
    return width;
}

double widestText(const BarChart& chart, const QFont& font)
{
    double width = 0;
    for (const Bar& bar : chart.bars)
        for (const BarValue& value : bar.values)
            width = std::max(width, textSize(value.text, font).width());
    return width;
}

struct Row
{
    QRectF area; ///< the whole row, labels included
    bool labelled = true;
};

void drawSpread(
    Drawing& drawing, const ChartTheme& theme, const BarValue& value, const Scale& scale, double y,
    double half)
{
    if (value.low < 0 || value.high < value.low)
        return;
    const double from = scale(value.low);
    const double to = scale(value.high);
    for (const auto& line :
         {QLineF(from, y, to, y), QLineF(from, y - half, from, y + half),
          QLineF(to, y - half, to, y + half)})
        drawing.items.push_back(DrawnLine{
            .points = {{line.p1(), line.p2()}}, .color = theme.text, .width = theme.px(1.4)});
}

void drawRow(
    Drawing& drawing, const BarChart& chart, const ChartView& view, const Scale& scale,
    const Row& row, size_t index)
{
    const ChartTheme& theme = view.theme;
    const Bar& bar = chart.bars[index];
    const QFont font = chartFont(theme, chartTextSize);
    const double share = 0.74 / double(std::max<size_t>(1, bar.values.size()));
    const double thickness = std::min(row.area.height() * share, theme.px(30));
    double y = row.area.center().y() - thickness * double(bar.values.size()) / 2;
    const bool marked = view.isSelected(int(index));
    if (marked || view.hovered == int(index))
        drawing.items.push_back(DrawnArea{
            .rect = row.area,
            .fill = theme.panel,
            .edge = marked ? theme.accent : QColor(),
            .edgeWidth = theme.px(1.5),
            .radius = theme.px(4)});
    for (size_t s = 0; s < bar.values.size(); ++s, y += thickness) {
        const BarValue& value = bar.values[s];
        const double end = scale(std::max(0.0, value.value));
        const QRectF shape(
            scale.from, y + thickness * 0.06, std::max(1.0, end - scale.from), thickness * 0.88);
        drawing.items.push_back(DrawnArea{
            .rect = shape,
            .fill = theme.color(s < chart.series.size() ? chart.series[s].mark.color : int(s)),
            .edge = {},
            .radius = std::min(theme.px(3), shape.width() / 2)});
        drawSpread(drawing, theme, value, scale, shape.center().y(), thickness * 0.22);
        const double after = std::max(end, value.high > 0 ? scale(value.high) : end) + theme.px(7);
        const QRectF room(after, y, 0, thickness);
        if (row.labelled && (thickness >= textSize(value.text, font).height() || s == 0))
            drawing.items.push_back(
                textIn(room, Qt::AlignLeft | Qt::AlignVCenter, value.text, font, theme.text));
    }
    drawing.targets.push_back({.area = row.area, .index = int(index)});
}

} // namespace

Drawing layOut(const BarChart& chart, const ChartView& view)
{
    Drawing drawing = blank(view);
    const ChartTheme& theme = view.theme;
    const QFont font = chartFont(theme, chartTextSize);
    std::vector<LegendEntry> legend;
    if (chart.series.size() > 1)
        for (const BarSeries& series : chart.series)
            legend.push_back({series.label, {series.mark.color, MarkerShape::Square}});
    const QRectF room = drawHeader(drawing, theme, roomOf(view), chart.title, chart.note, legend);
    if (chart.bars.empty())
        return drawing;

    const double labels = std::min(widestLabel(chart, font), room.width() * 0.4);
    const double left = labels + theme.px(10);
    const double right = widestText(chart, font) + theme.px(4);
    QRectF plotRoom = room.adjusted(left, 0, -right + theme.px(18), 0);
    Axis noRows;
    // The vertical axis has names instead of numbers: an empty one keeps no room.
    const QFont small = chartFont(theme, chartSmallSize);
    const double line = textSize(QStringLiteral("0"), small).height();
    const QRectF area = plotRoom.adjusted(0, 0, -theme.px(18), -(2 * line + theme.px(10)));
    const int columns = std::clamp(int(area.width() / theme.px(80)), 2, 10);
    const Ticks ticks = ticksFor(chart.axis, 0, longestValue(chart), columns);
    const Scale scale{ticks.low, ticks.high, area.left(), area.right(), false};
    double free = -1e9;
    for (size_t i = 0; i < ticks.at.size(); ++i) {
        const double x = scale(ticks.at[i]);
        drawing.items.push_back(DrawnLine{
            .points = QPolygonF({QPointF(x, area.top()), QPointF(x, area.bottom())}),
            .color = i == 0 ? theme.strong : theme.grid,
            .width = theme.px(1)});
        const DrawnText text = textIn(
            {x - 100, area.bottom() + theme.px(4), 200, line}, Qt::AlignHCenter,
            ticks.labels[qsizetype(i)], small, theme.text);
        if (text.box.left() < free)
            continue;
        free = text.box.right() + theme.px(6);
        drawing.items.push_back(text);
    }
    const QFont bold = chartFont(theme, chartSmallSize, true);
    drawing.items.push_back(textIn(
        {area.left(), area.bottom(), area.width(), room.bottom() - area.bottom()},
        Qt::AlignRight | Qt::AlignBottom, axisTitle(chart.axis), bold, theme.secondary));

    const double height = area.height() / double(chart.bars.size());
    double lastLabel = -1e9;
    for (size_t i = 0; i < chart.bars.size(); ++i) {
        Row row{.area = {room.left(), area.top() + height * double(i), room.width(), height}};
        const QString name = fitted(chart.bars[i].label, font, labels);
        const DrawnText label = textIn(
            {room.left(), row.area.top(), labels, height}, Qt::AlignRight | Qt::AlignVCenter, name,
            font, theme.text);
        row.labelled = label.box.top() >= lastLabel;
        drawRow(drawing, chart, view, scale, row, i);
        if (row.labelled) {
            drawing.items.push_back(label);
            lastLabel = label.box.bottom();
        }
    }
    return drawing;
}

} // namespace inceptoscope
