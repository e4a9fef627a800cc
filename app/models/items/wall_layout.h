#pragma once

#include <QRect>
#include <QSize>

namespace inceptoscope {

/// How `count` maps of the same size fill an area as large as possible. All in device pixels.
struct WallLayout
{
    int count = 0;
    int columns = 1;
    QSize tile;
    int gap = 0;
    QPoint origin; ///< of the first tile: what remains is shared by both sides

    [[nodiscard]] QRect tileRect(int index) const;
    /// The tile at a position, the gap right and below of it included; -1 for none.
    [[nodiscard]] int at(QPointF position) const;
};

/// `map`: the maps' size in their own pixels. An empty layout where nothing fits.
[[nodiscard]] WallLayout layoutWall(QSize area, int count, QSize map, int gap);

} // namespace inceptoscope
