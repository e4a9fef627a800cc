#include "models/figure/op_figure.h"

#include "models/figure/figure_parts.h"

#include <algorithm>
#include <cmath>

namespace inceptoscope {

namespace {

constexpr double edge = 36;
constexpr double opHeader = 96;
constexpr double usualWidth = 1280;
constexpr double usualHeight = 720; ///< of the maps
constexpr double scoreRow = 26;
constexpr double leastWidth = 900; ///< for the header's two lines
constexpr int largestFactor = 64;

QFont figureFont(int pixels, bool bold = false)
{
    QFont font(QStringLiteral("Inter"));
    font.setPixelSize(pixels);
    font.setBold(bold);
    return font;
}

/// How an op's maps fill about the usual area: in so many columns, each value so many units wide.
struct MapGrid
{
    int columns = 1;
    int factor = 1;
    QSize atlas; ///< in pixels of the maps
};

MapGrid gridOf(const OpPicture& op)
{
    const int channels = int(op.statistics.size());
    MapGrid best;
    double fullest = -1;
    for (int columns = 1; columns <= channels; ++columns) {
        const int rows = (channels + columns - 1) / columns;
        const QSize atlas(
            columns * (op.tile.width() + op.gap) - op.gap,
            rows * (op.tile.height() + op.gap) - op.gap);
        const double room = std::min(usualWidth / atlas.width(), usualHeight / atlas.height());
        if (room <= fullest)
            continue;
        fullest = room;
        best = {columns, std::clamp(int(room), 1, largestFactor), atlas};
    }
    return best;
}

void write(
    Drawing& drawing, const QRectF& room, Qt::Alignment align, const QString& text,
    const FigureText& how)
{
    const QFont font = figureFont(how.pixels, how.bold);
    const QString shown = fitted(text, font, room.width());
    if (!shown.isEmpty())
        drawing.items.push_back(textIn(room, align, shown, font, how.colour));
}

void drawTitle(Drawing& drawing, const OpItem& op, const RunSnapshot& snapshot)
{
    const QRectF area(edge, edge, drawing.size.width() - 2 * edge, opHeader);
    const Graph& graph = snapshot.network->graph;
    const Module& module = graph.modules()[graph[NodeId(op.node())].module];
    QStringList facts{op.shapeText()};
    for (const QString& fact :
         {op.detail(), op.note(), op.macsText(), op.paramsText(), op.timeText()})
        if (!fact.isEmpty())
            facts << fact;
    const QString place = QStringLiteral("%1 in %2 of %3")
                              .arg(
                                  op.name(), QString::fromStdString(module.title),
                                  QString::fromStdString(snapshot.network->title));
    const QRectF left = area.adjusted(0, 0, -area.width() / 3, 0);
    const QRectF right = area.adjusted(area.width() * 2 / 3 + 20, 8, 0, 0);
    write(drawing, left, Qt::AlignLeft, op.title(), {.pixels = 30, .bold = true});
    write(
        drawing, left.translated(0, 40), Qt::AlignLeft, facts.join(QStringLiteral("  ·  ")),
        {.colour = ink::dimText});
    write(drawing, left.translated(0, 62), Qt::AlignLeft, place, {.colour = ink::dimText});
    write(drawing, right, Qt::AlignRight, snapshot.pictureTitle, {.colour = ink::dimText});
    write(
        drawing, right.translated(0, 32), Qt::AlignRight, snapshot.weights.title,
        {.colour = snapshot.weights.trained ? ink::dimText : ink::warningText});
}

void drawScore(Drawing& drawing, const QVariantMap& score, const QRectF& row, bool first)
{
    constexpr double names = 300;
    constexpr double values = 90;
    const FigureText how{.pixels = 15, .bold = first};
    write(
        drawing, {row.left(), row.top(), names, row.height()}, Qt::AlignLeft | Qt::AlignVCenter,
        score["name"].toString(), how);
    const QRectF track(
        row.left() + names + 12, row.center().y() - 6, row.width() - names - values - 12, 12);
    drawing.items.push_back(DrawnArea{.rect = track, .fill = ink::card, .edge = {}, .radius = 2});
    const double from = score["from"].toDouble();
    const double to = score["to"].toDouble();
    drawing.items.push_back(DrawnArea{
        .rect =
            {track.left() + from * track.width(), track.top(),
             std::max(1.0, (to - from) * track.width()), track.height()},
        .fill = chartTheme(true).accent,
        .edge = {},
        .radius = 2});
    write(
        drawing, {track.right(), row.top(), values, row.height()},
        Qt::AlignRight | Qt::AlignVCenter, score["text"].toString(), {.pixels = 15});
}

Drawing scoreFigure(const OpItem& op, const RunSnapshot& snapshot)
{
    const int shown = std::min(op.channels(), mostScoreBars);
    const int left = op.channels() - shown;
    const double height = 2 * edge + opHeader + (shown + (left > 0 ? 1 : 0)) * scoreRow;
    Drawing drawing{
        .size = {usualWidth, height}, .background = ink::background, .items = {}, .targets = {}};
    drawTitle(drawing, op, snapshot);
    QRectF row(edge, edge + opHeader, usualWidth - 2 * edge, scoreRow);
    for (int rank = 0; rank < shown; ++rank, row.translate(0, scoreRow))
        drawScore(drawing, op.score(rank), row, rank == 0);
    if (left > 0)
        write(
            drawing, row, Qt::AlignLeft | Qt::AlignVCenter, QStringLiteral("and %1 more").arg(left),
            {.colour = ink::dimText});
    return drawing;
}

} // namespace

Drawing opFigure(const OpItem& op, const RunSnapshot& snapshot)
{
    const OpPicture* picture = op.picture();
    if (picture == nullptr || picture->tile.isEmpty() || picture->statistics.empty())
        return {};
    if (op.scores())
        return scoreFigure(op, snapshot);
    const MapGrid grid = gridOf(*picture);
    const QSizeF size = grid.atlas * grid.factor;
    Drawing drawing{
        .size =
            {std::max(leastWidth, size.width() + 2 * edge), 2 * edge + opHeader + size.height()},
        .background = ink::background,
        .items = {},
        .targets = {}};
    drawTitle(drawing, op, snapshot);
    const double left = (drawing.size.width() - size.width()) / 2;
    drawing.items.push_back(DrawnPicture{
        .rect = {QPointF(std::floor(left), edge + opHeader), size},
        .image = inColumns(*picture, grid.columns).atlas});
    return drawing;
}

} // namespace inceptoscope
