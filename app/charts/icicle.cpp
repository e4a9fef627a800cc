#include "charts/icicle.h"

#include <QFontMetricsF>

#include <algorithm>
#include <numeric>

namespace inceptoscope {

namespace {

struct Columns
{
    std::vector<double> left;
    std::vector<double> width;
};

Columns columnsOf(const Icicle& chart, const QRectF& room)
{
    const double sum = std::accumulate(chart.columnWidths.begin(), chart.columnWidths.end(), 0.0);
    Columns columns;
    double at = room.left();
    for (const double share : chart.columnWidths) {
        const double width = sum > 0 ? room.width() * share / sum : 0;
        columns.left.push_back(at);
        columns.width.push_back(width);
        at += width;
    }
    return columns;
}

std::vector<QRectF> rectangles(const Icicle& chart, const QRectF& room)
{
    const Columns columns = columnsOf(chart, room);
    std::vector<QRectF> result(chart.cells.size());
    std::vector<double> next(chart.cells.size(), 0); // where a cell's next child starts
    double top = room.top();
    double whole = 0;
    for (const IcicleCell& cell : chart.cells)
        whole += cell.parent < 0 ? cell.value : 0;
    for (size_t i = 0; i < chart.cells.size(); ++i) {
        const IcicleCell& cell = chart.cells[i];
        if (cell.level < 0) {
            next[i] = top;
            continue;
        }
        if (size_t(cell.level) >= columns.left.size() || whole <= 0)
            continue;
        const double height = room.height() * cell.value / whole;
        double& at = cell.parent < 0 ? top : next[size_t(cell.parent)];
        result[i] = {
            columns.left[size_t(cell.level)], at, columns.width[size_t(cell.level)], height};
        next[i] = at;
        at += height;
    }
    return result;
}

/// Smaller letters rather than fewer, as long as they can be read: a name says more than its ends.
QFont labelFont(const QString& label, const ChartTheme& theme, double width)
{
    const QFont usual = chartFont(theme, chartSmallSize, true);
    const int least = std::max(10, qRound(0.72 * usual.pixelSize()));
    QFont font = usual;
    for (int size = usual.pixelSize(); size >= least; --size) {
        font.setPixelSize(size);
        if (QFontMetricsF(font).horizontalAdvance(label) <= width)
            return font;
    }
    return usual;
}

void drawText(Drawing& drawing, const IcicleCell& cell, const QRectF& rect, const ChartTheme& theme)
{
    const QFont small = chartFont(theme, chartSmallSize);
    const double line = textSize(QStringLiteral("0"), small).height();
    if (rect.height() < line)
        return;
    double left = rect.left() + theme.px(7);
    if (cell.kind >= 0) {
        const double radius = theme.px(4.5);
        drawing.items.push_back(DrawnMarker{
            .at =
                {left + radius, std::min(rect.center().y(), rect.top() + line * 0.5 + theme.px(3))},
            .radius = radius,
            .shape = markOf(cell.kind).shape,
            .fill = theme.color(cell.kind),
            .edge = {}});
        left += 2 * radius + theme.px(6);
    }
    const double width = rect.right() - theme.px(5) - left;
    const QFont bold = labelFont(cell.label, theme, width);
    const QString label = fitted(cell.label, bold, width, cell.elide);
    if (label.isEmpty())
        return;
    const bool two = rect.height() >= 2 * line + theme.px(6);
    const double top = two ? rect.top() + theme.px(3)
                           : std::min(rect.center().y() - line / 2, rect.top() + theme.px(3));
    const DrawnText name = textIn({left, top, width, line}, Qt::AlignLeft, label, bold, theme.text);
    drawing.items.push_back(name);
    const double rest = width - name.box.width() - theme.px(8);
    const QString value = fitted(cell.valueText, small, two ? width : rest);
    if (value != cell.valueText || value.isEmpty())
        return;
    const QRectF room = two ? QRectF(left, name.box.bottom(), width, line)
                            : QRectF(name.box.right() + theme.px(8), top, rest, line);
    drawing.items.push_back(
        textIn(room, two ? Qt::AlignLeft : Qt::AlignRight, value, small, theme.secondary));
}

} // namespace

Drawing layOut(const Icicle& chart, const ChartView& view)
{
    Drawing drawing = blank(view);
    const ChartTheme& theme = view.theme;
    const QRectF all =
        QRectF({0, 0}, view.size).adjusted(theme.px(8), theme.px(8), -theme.px(8), -theme.px(8));
    const double line = textSize(QStringLiteral("0"), chartFont(theme, chartSmallSize)).height();
    const QRectF room = drawHeader(
        drawing, theme, all, {chart.title, chart.note, chart.legend},
        std::min(theme.px(150), 9 * line));
    if (room.height() < 3 * line || room.width() < theme.px(30) * double(chart.columnWidths.size()))
        return withoutRoom(view);
    const std::vector<QRectF> rects = rectangles(chart, room);
    const auto draw = [&](size_t i, bool marked) {
        const IcicleCell& cell = chart.cells[i];
        const bool tiny = rects[i].height() < theme.px(4);
        const QRectF rect = rects[i].adjusted(
            theme.px(0.8), tiny && !marked ? 0 : theme.px(0.8), -theme.px(0.8),
            tiny && !marked ? 0 : -theme.px(0.8));
        const bool hovered = view.hovered == int(i);
        QColor fill = theme.panel;
        if (cell.kind >= 0)
            fill = blended(theme.panel, theme.color(cell.kind), tiny ? 0.6 : 0.34);
        if (hovered)
            fill = blended(fill, theme.text, 0.12);
        drawing.items.push_back(DrawnArea{
            .rect = rect,
            .fill = fill,
            .edge = marked ? theme.accent : QColor(),
            .edgeWidth = theme.px(2.5),
            .radius = tiny ? 0 : theme.px(2)});
        drawText(drawing, cell, rect, theme);
    };
    for (size_t i = 0; i < rects.size(); ++i) {
        if (rects[i].height() < 0.05)
            continue;
        if (!view.isSelected(int(i)))
            draw(i, false);
        drawing.targets.push_back({.area = rects[i], .index = int(i)});
    }
    // Last, so that no neighbour covers its edge.
    for (const int i : view.selected)
        if (i >= 0 && size_t(i) < rects.size() && !rects[size_t(i)].isNull())
            draw(size_t(i), true);
    return drawing;
}

double neededHeight(const Icicle& chart, const ChartTheme& theme, double width)
{
    return headerHeight({chart.title, chart.note, chart.legend}, theme, width - theme.px(16)) +
           theme.px(230);
}

} // namespace inceptoscope
