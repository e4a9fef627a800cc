#include "charts/chart.h"

namespace inceptoscope {

namespace {

template <class Items> QString tipIn(const Items& items, int index)
{
    return index >= 0 && size_t(index) < items.size() ? items[size_t(index)].tip : QString();
}

} // namespace

Drawing layOut(const Chart& chart, const ChartView& view)
{
    return std::visit([&](const auto& one) { return layOut(one, view); }, chart);
}

double neededHeight(const Chart& chart, const ChartTheme& theme, double width)
{
    return std::visit([&](const auto& one) { return neededHeight(one, theme, width); }, chart);
}

Drawing withoutRoom(const ChartView& view)
{
    Drawing drawing = blank(view);
    const QFont font = chartFont(view.theme, chartSmallSize);
    const double line = textSize(QStringLiteral("0"), font).height();
    const QRectF room = QRectF({0, 0}, view.size).adjusted(4, 2, -4, -2);
    const QStringList lines = wrapped(
        QStringLiteral("No room for the chart: make the window larger, or the text smaller."), font,
        room.width(), int(room.height() / line));
    double y = room.center().y() - line * double(lines.size()) / 2;
    for (const QString& text : lines) {
        drawing.items.push_back(textIn(
            {room.left(), y, room.width(), line}, Qt::AlignHCenter, text, font,
            view.theme.secondary));
        y += line;
    }
    return drawing;
}

QString tipOf(const Chart& chart, int index)
{
    if (const auto* bars = std::get_if<BarChart>(&chart))
        return tipIn(bars->bars, index);
    if (const auto* scatter = std::get_if<Scatter>(&chart))
        return tipIn(scatter->points, index);
    if (const auto* icicle = std::get_if<Icicle>(&chart))
        return tipIn(icicle->cells, index);
    return tipIn(std::get<Roofline>(chart).dots, index);
}

int countOf(const Chart& chart)
{
    if (const auto* bars = std::get_if<BarChart>(&chart))
        return int(bars->bars.size());
    if (const auto* scatter = std::get_if<Scatter>(&chart))
        return int(scatter->points.size());
    if (const auto* icicle = std::get_if<Icicle>(&chart))
        return int(icicle->cells.size());
    return int(std::get<Roofline>(chart).dots.size());
}

} // namespace inceptoscope
