#include "models/items/wall_layout.h"

#include <algorithm>
#include <cmath>

namespace inceptoscope {

QRect WallLayout::tileRect(int index) const
{
    if (index < 0 || index >= count)
        return {};
    return {
        QPoint(
            origin.x() + (index % columns) * (tile.width() + gap),
            origin.y() + (index / columns) * (tile.height() + gap)),
        tile};
}

int WallLayout::at(QPointF position) const
{
    if (count == 0)
        return -1;
    const int column = int(std::floor((position.x() - origin.x()) / (tile.width() + gap)));
    const int row = int(std::floor((position.y() - origin.y()) / (tile.height() + gap)));
    if (column < 0 || column >= columns || row < 0)
        return -1;
    const int index = row * columns + column;
    return index < count ? index : -1;
}

WallLayout layoutWall(QSize area, int count, QSize map, int gap)
{
    WallLayout best;
    if (count <= 0 || map.isEmpty() || area.isEmpty())
        return best;
    for (; gap >= 0 && best.count == 0; --gap) {
        double bestScale = 0;
        for (int columns = 1; columns <= count; ++columns) {
            const int rows = (count + columns - 1) / columns;
            const double w = double(area.width() - (columns - 1) * gap) / columns;
            const double h = double(area.height() - (rows - 1) * gap) / rows;
            const double scale = std::min(w / map.width(), h / map.height());
            const QSize tile(int(scale * map.width()), int(scale * map.height()));
            // Wide gaps between tiny maps would be most of what one sees.
            const int side = std::min(tile.width(), tile.height());
            if (scale <= bestScale || side < (gap > 1 ? 8 * gap : 3 * gap) || side < 1)
                continue;
            bestScale = scale;
            best = {.count = count, .columns = columns, .tile = tile, .gap = gap, .origin = {}};
        }
    }
    if (best.count == 0)
        return best;
    const int rows = (count + best.columns - 1) / best.columns;
    const QSize used(
        best.columns * (best.tile.width() + best.gap) - best.gap,
        rows * (best.tile.height() + best.gap) - best.gap);
    best.origin = {(area.width() - used.width()) / 2, (area.height() - used.height()) / 2};
    return best;
}

} // namespace inceptoscope
