#include "models/figure/pair_figure.h"

#include "models/figure/figure_parts.h"
#include "models/figure/module_figure.h"

#include <QPainter>

#include <algorithm>

namespace inceptoscope {

namespace {

constexpr ModuleId aloneModule = 1; ///< see ModulePairSide
constexpr int pairMargin = 36;
constexpr int pairTitle = 64;
constexpr int rowHeight = 26;
constexpr int tableLabels = 110;
constexpr int tableHeight = 4 * rowHeight + 16;
const QSize errorSize(972, 400); ///< as wide as a module of one branch

QSize sizeOf(const PairFigure::Side& side)
{
    return side.alone && side.error.isEmpty() ? ModuleDrawing(side.alone->graph, aloneModule).size()
                                              : errorSize;
}

void paintTable(QPainter& painter, const QRect& area, const QVariantList& rows)
{
    constexpr int flags = Qt::AlignRight | Qt::AlignVCenter;
    painter.fillRect(area.left(), area.top() + rowHeight, area.width(), 1, ink::line);
    const QStringList names = {
        QStringLiteral("Left"), QStringLiteral("Right"), QStringLiteral("Difference")};
    const auto lineAt = [&](int line, int left, int width) {
        return QRect(left, area.top() + rowHeight * line + (line > 0 ? 4 : 0), width, rowHeight);
    };
    for (int line = 0; line < 3; ++line)
        writeText(
            painter, lineAt(line + 1, area.left(), tableLabels), names[line],
            {.bold = line == 2, .colour = ink::dimText}, Qt::AlignLeft | Qt::AlignVCenter);
    if (rows.isEmpty())
        return;
    const int column = (area.width() - tableLabels) / int(rows.size());
    int left = area.left() + tableLabels;
    for (const QVariant& row : rows) {
        const QVariantMap map = row.toMap();
        const int width = column - 10;
        writeText(
            painter, lineAt(0, left + 10, width), map["label"].toString(), {.colour = ink::dimText},
            flags);
        writeText(painter, lineAt(1, left + 10, width), map["first"].toString(), {}, flags);
        writeText(painter, lineAt(2, left + 10, width), map["second"].toString(), {}, flags);
        writeText(
            painter, lineAt(3, left + 10, width), map["change"].toString(), {.bold = true}, flags);
        left += column;
    }
}

void paintError(QPainter& painter, const QSize& size, const PairFigure::Side& side)
{
    const QRect box = QRect(QPoint(0, 0), size).adjusted(pairMargin, pairMargin, -pairMargin, 0);
    writeText(painter, box, side.title, {.pixels = 30, .bold = true}, Qt::AlignLeft | Qt::AlignTop);
    QFont font = painter.font();
    font.setPixelSize(16);
    font.setBold(false);
    painter.setFont(font);
    painter.setPen(ink::warningText);
    painter.drawText(box.adjusted(0, 60, 0, 0), Qt::AlignLeft | Qt::TextWordWrap, side.error);
}

} // namespace

QSize PairFigure::size() const
{
    const QSize first = sizeOf(sides[0]);
    const QSize second = sizeOf(sides[1]);
    return {
        first.width() + second.width(),
        pairMargin + pairTitle + tableHeight + std::max(first.height(), second.height())};
}

QString PairFigure::title() const
{
    return QStringLiteral("%1 and %2").arg(sides[0].title, sides[1].title);
}

QByteArray PairFigure::bytes(const QString& suffix, int scale) const
{
    std::array<std::optional<ModuleFigure>, 2> figures;
    for (size_t i = 0; i < 2; ++i) {
        const Side& side = sides.at(i);
        if (!side.alone || !side.error.isEmpty())
            continue;
        if (side.snapshot)
            figures.at(i).emplace(side.snapshot, aloneModule);
        else
            figures.at(i).emplace(side.alone, aloneModule);
    }
    const auto paint = [&](QPainter& painter) {
        const int left = pairMargin;
        const QRect head(left, pairMargin, size().width() - 2 * left, pairTitle);
        writeText(
            painter, head, QStringLiteral("Input of both: ") + input, {.colour = ink::dimText},
            Qt::AlignLeft | Qt::AlignBottom);
        writeText(
            painter, head, title(), {.pixels = 26, .bold = true}, Qt::AlignLeft | Qt::AlignTop);
        paintTable(painter, {left, head.bottom() + 1 + 8, head.width(), tableHeight}, differences);
        int x = 0;
        for (size_t i = 0; i < 2; ++i) {
            painter.save();
            painter.translate(x, pairMargin + pairTitle + tableHeight);
            if (figures.at(i))
                figures.at(i)->paint(painter);
            else
                paintError(painter, sizeOf(sides.at(i)), sides.at(i));
            painter.restore();
            x += sizeOf(sides.at(i)).width();
        }
    };
    return toBytes(
        {.size = size(), .background = ink::background, .paint = paint}, suffix, title(), scale);
}

} // namespace inceptoscope
