#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace inceptoscope {

/// 256 colours from the smallest value to the largest, 0xAABBGGRR (R first in memory), opaque.
using ColourTable = std::array<uint32_t, 256>;

/// "viridis", "magma", "grey", "diverging", in the order in which to offer them.
[[nodiscard]] const std::vector<std::string_view>& colormapNames();

/// Nothing where no colour map has that name.
[[nodiscard]] std::optional<ColourTable> colormap(std::string_view name);

/// A diverging map is centred on zero (FeatureMapStyle::diverging).
[[nodiscard]] bool isDivergingColormap(std::string_view name);

} // namespace inceptoscope
