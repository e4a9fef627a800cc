#include "charts/header.h"

#include <algorithm>

namespace inceptoscope {

namespace {

constexpr int noteLines = 3;

double lineHeight(const QFont& font)
{
    return textSize(QStringLiteral("0"), font).height();
}

struct PlacedEntry
{
    const LegendEntry* entry;
    QString label;
    QPointF at;
};

/// The legend from the origin on, row by row, and the height of it.
double placeLegend(
    const std::vector<LegendEntry>& entries, const ChartTheme& theme, double width,
    std::vector<PlacedEntry>* placed)
{
    const QFont font = chartFont(theme, chartSmallSize);
    const double line = lineHeight(font);
    const double mark = 2 * theme.px(5) + theme.px(6);
    QPointF at;
    for (const LegendEntry& entry : entries) {
        const QString label = fitted(entry.label, font, width - mark);
        const double length = mark + textSize(label, font).width();
        if (at.x() > 0 && at.x() + length > width)
            at = {0, at.y() + line + theme.px(3)};
        if (placed)
            placed->push_back({&entry, label, at});
        at.rx() += length + theme.px(16);
    }
    return entries.empty() ? 0 : at.y() + line;
}

double textsHeight(const Header& header, const ChartTheme& theme, double width)
{
    double height = 0;
    if (!header.title.isEmpty())
        height += lineHeight(chartFont(theme, chartTitleSize, true)) + theme.px(2);
    const QFont small = chartFont(theme, chartSmallSize);
    if (!header.note.isEmpty())
        height += double(wrapped(header.note, small, width, noteLines).size()) * lineHeight(small) +
                  theme.px(2);
    return height > 0 ? height + theme.px(6) : 0;
}

void drawLines(
    Drawing& drawing, const QStringList& lines, const QFont& font, const QColor& color,
    QRectF& rest, const ChartTheme& theme)
{
    for (const QString& line : lines) {
        const DrawnText text = textIn(rest, Qt::AlignLeft, line, font, color);
        drawing.items.push_back(text);
        rest.setTop(text.box.bottom());
    }
    if (!lines.isEmpty())
        rest.setTop(rest.top() + theme.px(2));
}

QRectF
drawTexts(Drawing& drawing, const ChartTheme& theme, const QRectF& room, const Header& header)
{
    QRectF rest = room;
    const QFont bold = chartFont(theme, chartTitleSize, true);
    if (!header.title.isEmpty())
        drawLines(
            drawing, {fitted(header.title, bold, rest.width())}, bold, theme.text, rest, theme);
    const QFont small = chartFont(theme, chartSmallSize);
    if (!header.note.isEmpty())
        drawLines(
            drawing, wrapped(header.note, small, rest.width(), noteLines), small, theme.secondary,
            rest, theme);
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
    std::vector<PlacedEntry> placed;
    const double height = placeLegend(entries, theme, room.width(), &placed);
    const QFont font = chartFont(theme, chartSmallSize);
    const double radius = theme.px(5);
    for (const PlacedEntry& one : placed) {
        const QPointF at = room.topLeft() + one.at;
        drawing.items.push_back(DrawnMarker{
            .at = {at.x() + radius, at.y() + lineHeight(font) / 2},
            .radius = radius,
            .shape = one.entry->mark.shape,
            .fill = theme.color(one.entry->mark.color),
            .edge = {}});
        const QRectF box(at + QPointF(2 * radius + theme.px(6), 0), QSizeF());
        drawing.items.push_back(textIn(box, Qt::AlignLeft, one.label, font, theme.text));
    }
    return room.adjusted(0, height + theme.px(8), 0, 0);
}

} // namespace

double headerHeight(const Header& header, const ChartTheme& theme, double width)
{
    const double legend = placeLegend(header.legend, theme, width, nullptr);
    return textsHeight(header, theme, width) + (legend > 0 ? legend + theme.px(8) : 0);
}

QRectF drawHeader(
    Drawing& drawing, const ChartTheme& theme, const QRectF& room, Header header, double need)
{
    const auto tooMuch = [&] {
        return room.height() - headerHeight(header, theme, room.width()) < need;
    };
    if (tooMuch())
        header.note.clear();
    if (tooMuch())
        header.legend.clear();
    if (tooMuch())
        header.title.clear();
    return drawLegend(drawing, theme, drawTexts(drawing, theme, room, header), header.legend);
}

} // namespace inceptoscope
