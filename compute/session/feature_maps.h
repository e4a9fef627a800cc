#pragma once

#include "graph/graph.h"

#include <array>
#include <cstdint>
#include <vector>

namespace inceptoscope {

enum class Scaling : uint32_t
{
    PerChannel, ///< each map uses its own range
    PerLayer,   ///< all maps of a tensor share one range, so that they can be compared
};

/// How values become colours. The values of a vector (1x1 maps) always share one range: with one of
/// its own each would be one meaningless colour. A diverging map is centred on zero: its range is
/// [-m, m] with m the largest magnitude; a sequential one runs from the minimum to the maximum.
struct FeatureMapStyle
{
    std::array<uint32_t, 256> colours{}; ///< 0xAABBGGRR, that is R first in memory
    Scaling scaling = Scaling::PerChannel;
    bool diverging = false;
};

/// The maps of one tensor, channel after channel, row by row, in `columns` columns.
struct FeatureMapRequest
{
    NodeId node = 0;
    uint32_t columns = 1;
    uint32_t gap = 1; ///< transparent pixels between neighbours
    uint32_t firstChannel = 0;
    uint32_t channels = 0;  ///< 0: all from firstChannel on
    bool strongest = false; ///< instead: one channel, the one with the highest mean
};

/// Of one channel; minimum, maximum and mean are those of its finite values, NaN without any.
struct ChannelStatistics
{
    float minimum = 0;
    float maximum = 0;
    float mean = 0;
    float zeroShare = 0; ///< 0..1: share of values that are exactly zero
    float nan = 0;       ///< how many values are NaN
    float infinite = 0;  ///< how many are infinite
    std::array<float, 2> unused = {};
};

/// What a value that is NaN is drawn in, whatever the colours: none of the colour maps has it.
inline constexpr uint32_t nanColour = 0xFFFF00FFU; // magenta

struct FeatureMapAtlas
{
    NodeId node = 0;
    uint32_t width = 0; ///< pixels
    uint32_t height = 0;
    uint32_t columns = 0;
    uint32_t gap = 0;
    uint32_t tileWidth = 0;
    uint32_t tileHeight = 0;
    std::vector<uint32_t> pixels; ///< 0xAABBGGRR, width * height; fill between maps is 0
    std::vector<ChannelStatistics> statistics; ///< one a channel of the tensor, in order
};

} // namespace inceptoscope
