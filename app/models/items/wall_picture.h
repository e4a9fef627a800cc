#pragma once

#include "engine/run_snapshot.h"
#include "models/items/wall_layout.h"

#include <QColor>

namespace inceptoscope {

/// What of an op's maps a wall shows, and where.
struct WallRequest
{
    std::shared_ptr<const ModulePictures> pictures; ///< null draws empty tiles
    NodeId node = 0;
    int firstChannel = 0;
    WallLayout layout;
    QSize area;
    QColor empty;
};

/// The wall in the screen's own pixels: each map is resampled by area on its own, so that
/// small maps keep sharp pixels, large ones do not flicker, and no map bleeds into the next.
[[nodiscard]] QImage paintWall(const WallRequest& request);

/// Resamples `source` of `from` (RGBA8888) into `target` of `to` by area.
void resample(const QImage& from, const QRect& source, QImage& to, const QRect& target);

} // namespace inceptoscope
