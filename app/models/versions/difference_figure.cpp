#include "models/versions/difference_figure.h"

#include <algorithm>

namespace inceptoscope {

namespace {

constexpr double figureWidth = 1280;
constexpr double figureEdge = 28;
constexpr double stageColumn = 120;
constexpr double columnGap = 14;
constexpr int mostWrapped = 8;

struct Columns
{
    double stage = figureEdge;
    double side = (figureWidth - 2 * figureEdge - stageColumn - 3 * columnGap) * 0.29;
    double before = stage + stageColumn + columnGap;
    double after = before + side + columnGap;
    double change = after + side + columnGap;
    double changeWidth = figureWidth - figureEdge - change;
};

/// Writes from above to below.
class TableWriter
{
public:
    explicit TableWriter(const ChartTheme& theme)
        : m_theme(theme)
    {
    }

    /// Wraps; the bottom of what was written.
    double write(
        QPointF at, double width, const QString& text, const QColor& colour, bool bold = false,
        double size = chartTextSize)
    {
        const QFont font = chartFont(m_theme, size, bold);
        double y = at.y();
        for (const QString& line : wrapped(text, font, width, mostWrapped)) {
            const DrawnText drawn =
                textIn({at.x(), y, width, 0}, Qt::AlignLeft, line, font, colour);
            m_drawing.items.push_back(drawn);
            y = drawn.box.bottom() + 2;
        }
        return y;
    }
    double total(double y, const QVariantMap& row);
    double stage(double y, const QVariantMap& row);
    [[nodiscard]] Drawing finished(double bottom)
    {
        m_drawing.size = {figureWidth, bottom + figureEdge};
        m_drawing.background = m_theme.background;
        return std::move(m_drawing);
    }

private:
    double side(QPointF at, const QVariantMap& side);

    const ChartTheme& m_theme;
    const Columns m_columns;
    Drawing m_drawing;
};

double TableWriter::total(double y, const QVariantMap& row)
{
    const Columns& c = m_columns;
    write({c.stage, y}, stageColumn, row["label"].toString(), m_theme.secondary);
    write({c.before, y}, c.side, row["before"].toString(), m_theme.text);
    write({c.after, y}, c.side, row["after"].toString(), m_theme.text);
    write({c.change, y}, c.changeWidth, row["change"].toString(), m_theme.text, true);
    return y + 22;
}

QString together(const QStringList& parts)
{
    QStringList there = parts;
    there.removeAll(QString());
    return there.join(QStringLiteral("  ·  "));
}

/// A dash stands for what isn't measured.
QString unlessDash(const QString& text, const QString& otherwise = {})
{
    return text == QStringLiteral("–") ? otherwise : text;
}

double TableWriter::side(QPointF at, const QVariantMap& side)
{
    const double width = m_columns.side;
    if (!side["there"].toBool())
        return write(at, width, QStringLiteral("none"), m_theme.secondary, true);
    at.setY(write(
        at, width, together({side["text"].toString(), side["title"].toString()}), m_theme.text,
        true));
    at.setY(write(
        at, width, together({side["widths"].toString(), side["kernels"].toString()}), m_theme.text,
        false, chartSmallSize));
    return write(
        at, width,
        together(
            {QStringLiteral("%1 MACs").arg(side["macs"].toString()),
             QStringLiteral("%1 params").arg(side["params"].toString()),
             unlessDash(side["time"].toString(), QStringLiteral("counted only"))}),
        m_theme.secondary, false, chartSmallSize);
}

double TableWriter::stage(double y, const QVariantMap& row)
{
    const Columns& c = m_columns;
    m_drawing.items.push_back(DrawnLine{
        .points = QPolygonF({QPointF(figureEdge, y), QPointF(figureWidth - figureEdge, y)}),
        .color = m_theme.grid});
    y += 7;
    double bottom = write({c.stage, y}, stageColumn, row["key"].toString(), m_theme.text, true);
    bottom = std::max(bottom, side({c.before, y}, row["before"].toMap()));
    bottom = std::max(bottom, side({c.after, y}, row["after"].toMap()));
    const double below =
        write({c.change, y}, c.changeWidth, row["change"].toString(), m_theme.text);
    const QString time = unlessDash(row["time"].toString());
    const QString costs = together(
        {QStringLiteral("MACs %1").arg(row["macs"].toString()),
         QStringLiteral("params %1").arg(row["params"].toString()),
         time.isEmpty() ? QString() : QStringLiteral("time %1").arg(time)});
    bottom = std::max(
        bottom,
        write({c.change, below}, c.changeWidth, costs, m_theme.secondary, false, chartSmallSize));
    return bottom + 8;
}

} // namespace

QString DifferenceFigure::title() const
{
    return QStringLiteral("%1 to %2").arg(before, after);
}

Drawing DifferenceFigure::drawing(const ChartTheme& theme) const
{
    TableWriter writer(theme);
    const Columns c;
    double y = writer.write(
        {figureEdge, figureEdge}, figureWidth - 2 * figureEdge,
        QStringLiteral("What changed from %1 to %2").arg(before, after), theme.text, true,
        chartTitleSize);
    y += 8;
    const double left = writer.write({c.before, y}, c.side, before, theme.text, true);
    y = std::max(left, writer.write({c.after, y}, c.side, after, theme.text, true)) + 4;
    for (const QVariant& row : totals)
        y = writer.total(y, row.toMap());
    y += 6;
    for (const QVariant& row : stages)
        y = writer.stage(y, row.toMap());
    if (stages.isEmpty())
        y = writer.write(
            {figureEdge, y}, figureWidth - 2 * figureEdge,
            QStringLiteral("One of the two can't be made at this input size."), theme.secondary);
    return writer.finished(y);
}

} // namespace inceptoscope
