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

QString textOf(const BarValue& value)
{
    return value.spread.isEmpty() ? value.text
                                  : QStringLiteral("%1 (%2)").arg(value.text, value.spread);
}

double widestText(const BarChart& chart, const QFont& font, bool spreads)
{
    double width = 0;
    for (const Bar& bar : chart.bars)
        for (const BarValue& value : bar.values)
            width = std::max(width, textSize(spreads ? textOf(value) : value.text, font).width());
    return width;
}

enum class Texts
{
    None,
    Values,
    ValuesAndSpreads
};

/// How the width is shared: names, bars, values behind them.
struct BarColumns
{
    double names = 0;
    double left = 0; ///< of the bars, from the chart's left edge
    double right = 0;
    Texts texts = Texts::None;
};

/// The bars come first, then the names: values that leave them no room are for the tips alone.
BarColumns barColumnsOf(const BarChart& chart, const ChartTheme& theme, double width)
{
    const QFont font = chartFont(theme, chartTextSize);
    const double enough = theme.px(90);
    BarColumns columns;
    columns.names = std::min(widestLabel(chart, font), width * 0.4);
    columns.left = columns.names + theme.px(10);
    for (const Texts texts : {Texts::ValuesAndSpreads, Texts::Values, Texts::None}) {
        const bool spreads = texts == Texts::ValuesAndSpreads;
        columns.texts = texts;
        columns.right =
            width - theme.px(11) - (texts == Texts::None ? 0 : widestText(chart, font, spreads));
        if (columns.right - columns.left >= (spreads ? 3 * enough : enough))
            break;
    }
    return columns;
}

struct Row
{
    QRectF area; ///< the whole row, labels included
    bool labelled = true;
    Texts texts = Texts::None;
};

void drawSpread(
    Drawing& drawing, const ChartTheme& theme, const BarValue& value, const AxisScale& scale,
    double y, double half)
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
    Drawing& drawing, const BarChart& chart, const ChartView& view, const AxisScale& scale,
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
        const QString text = row.texts == Texts::ValuesAndSpreads ? textOf(value) : value.text;
        if (row.labelled && row.texts != Texts::None &&
            (thickness >= textSize(text, font).height() || s == 0))
            drawing.items.push_back(
                textIn(room, Qt::AlignLeft | Qt::AlignVCenter, text, font, theme.text));
    }
    drawing.targets.push_back({.area = row.area, .index = int(index)});
}

/// Below the bars: the scale's numbers and its title.
double axisHeight(const ChartTheme& theme)
{
    const QFont small = chartFont(theme, chartSmallSize);
    return 2 * textSize(QStringLiteral("0"), small).height() + theme.px(10);
}

Header headerOf(const BarChart& chart)
{
    Header header{.title = chart.title, .note = chart.note, .legend = {}};
    if (chart.series.size() > 1)
        for (const BarSeries& series : chart.series)
            header.legend.push_back({series.label, {series.mark.color, MarkerShape::Square}});
    return header;
}

AxisScale drawAxis(
    Drawing& drawing, const BarChart& chart, const ChartTheme& theme, const QRectF& area,
    double bottom)
{
    const QFont small = chartFont(theme, chartSmallSize);
    const int columns = std::clamp(int(area.width() / theme.px(80)), 2, 10);
    const Ticks ticks = ticksFor(chart.axis, 0, longestValue(chart), columns);
    const AxisScale scale{ticks.low, ticks.high, area.left(), area.right(), false};
    double free = -1e9;
    for (size_t i = 0; i < ticks.at.size(); ++i) {
        const double x = scale(ticks.at[i]);
        drawing.items.push_back(DrawnLine{
            .points = QPolygonF({QPointF(x, area.top()), QPointF(x, area.bottom())}),
            .color = i == 0 ? theme.strong : theme.grid,
            .width = theme.px(1)});
        const DrawnText text = textIn(
            {x - 100, area.bottom() + theme.px(4), 200, 0}, Qt::AlignHCenter,
            ticks.labels[qsizetype(i)], small, theme.text);
        if (text.box.left() < free || text.box.right() > drawing.size.width())
            continue;
        free = text.box.right() + theme.px(6);
        drawing.items.push_back(text);
    }
    const QFont bold = chartFont(theme, chartSmallSize, true);
    const QString title = fitted(axisTitle(chart.axis), bold, area.width());
    if (!title.isEmpty())
        drawing.items.push_back(textIn(
            {area.left(), area.bottom(), area.width(), bottom - area.bottom()},
            Qt::AlignRight | Qt::AlignBottom, title, bold, theme.secondary));
    return scale;
}

void drawRows(
    Drawing& drawing, const BarChart& chart, const ChartView& view, const AxisScale& scale,
    const QRectF& rows, const BarColumns& columns)
{
    const QFont font = chartFont(view.theme, chartTextSize);
    const double height = rows.height() / double(chart.bars.size());
    double lastLabel = -1e9;
    for (size_t i = 0; i < chart.bars.size(); ++i) {
        Row row{
            .area = {rows.left(), rows.top() + height * double(i), rows.width(), height},
            .labelled = true,
            .texts = columns.texts};
        const QString name = fitted(chart.bars[i].label, font, columns.names);
        const DrawnText label = textIn(
            {rows.left(), row.area.top(), columns.names, height}, Qt::AlignRight | Qt::AlignVCenter,
            name, font, view.theme.text);
        row.labelled = label.box.top() >= lastLabel;
        drawRow(drawing, chart, view, scale, row, i);
        if (row.labelled) {
            drawing.items.push_back(label);
            lastLabel = label.box.bottom();
        }
    }
}

} // namespace

Drawing layOut(const BarChart& chart, const ChartView& view)
{
    const ChartTheme& theme = view.theme;
    const double axis = axisHeight(theme);
    const double least =
        axis + textSize(QStringLiteral("0"), chartFont(theme, chartTextSize)).height() * 2;
    Drawing drawing = blank(view);
    const QRectF room = drawHeader(drawing, theme, roomOf(view), headerOf(chart), least);
    if (chart.bars.empty())
        return drawing;
    const BarColumns columns = barColumnsOf(chart, theme, room.width());
    if (room.height() < least || columns.right - columns.left < theme.px(60))
        return withoutRoom(view);
    const QRectF rows = room.adjusted(0, 0, 0, -axis);
    const QRectF area(
        room.left() + columns.left, rows.top(), columns.right - columns.left, rows.height());
    const AxisScale scale = drawAxis(drawing, chart, theme, area, room.bottom());
    drawRows(drawing, chart, view, scale, rows, columns);
    return drawing;
}

double neededHeight(const BarChart& chart, const ChartTheme& theme, double width)
{
    const QSizeF margins = marginsOf(theme);
    const double line = textSize(QStringLiteral("0"), chartFont(theme, chartTextSize)).height();
    return headerHeight(headerOf(chart), theme, width - margins.width()) + axisHeight(theme) +
           double(chart.bars.size()) * line * 1.3 + margins.height();
}

} // namespace inceptoscope
