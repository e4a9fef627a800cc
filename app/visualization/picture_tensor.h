#pragma once

#include "visualization/spectrum.h"
#include "zoo/network.h"

#include <QImage>

namespace inceptoscope {

/// What a network takes of a picture, [3,H,W]: its range, mean, scale and order of channels.
[[nodiscard]] std::vector<float> inputOf(const Planes& picture, const Preprocessing& preprocessing);
/// The derivative by the picture from that by the network's input.
[[nodiscard]] Planes byPicture(
    const std::vector<float>& byInput, uint32_t rows, uint32_t columns,
    const Preprocessing& preprocessing);

/// Format_RGB888; values beyond 0..1 are cut off.
[[nodiscard]] QImage imageOf(const Planes& picture);
/// Of any picture; what is transparent lies over white.
[[nodiscard]] Planes planesOf(const QImage& image);

} // namespace inceptoscope
