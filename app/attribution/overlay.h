#pragma once

#include "attribution/evidence_maps.h"

#include <QImage>

#include <array>

namespace inceptoscope {

/// 256 colours, 0xAABBGGRR (models/colormaps.h).
using OverlayColours = std::array<uint32_t, 256>;

/// The map over the picture, which is made grey and the clearer the less the map has to say there.
/// `both`: colours run from against (0) over nothing (128) to for; else from nothing to for.
/// The picture and the map have one size. Values that aren't known leave the picture as it is.
[[nodiscard]] QImage
laidOver(const QImage& picture, const PlaneMap& map, const OverlayColours& colours, bool both);

/// The magnitude that counts as full: the largest, or where each pixel has its own value the one
/// that a share of them stays below, since single pixels stick out. 0: there is nothing.
[[nodiscard]] double fullStrength(const PlaneMap& map);

} // namespace inceptoscope
