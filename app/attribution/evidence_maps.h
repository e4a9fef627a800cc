#pragma once

#include "graph/shape.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace inceptoscope {

/// One value a place, row by row. NaN: not known yet.
struct PlaneMap
{
    uint32_t w = 0;
    uint32_t h = 0;
    std::vector<float> values = {};

    [[nodiscard]] bool empty() const { return values.empty(); }
};

/// Channels [first, first + count) of a tensor.
struct ChannelSpan
{
    uint32_t first = 0;
    uint32_t count = 0;
};

/// The sum over channels of weight times map; a weight for each channel of the range. In double
/// precision.
[[nodiscard]] PlaneMap weightedSum(
    std::span<const float> activations, const Shape& shape, ChannelSpan channels,
    std::span<const float> weights);
/// The mean over places of each channel of the range: Grad-CAM's weights, of a gradient
/// (Selvaraju et al. 2017, equation 1).
[[nodiscard]] std::vector<float>
channelMeans(std::span<const float> values, const Shape& shape, ChannelSpan channels);
/// What is above zero.
[[nodiscard]] PlaneMap aboveZero(PlaneMap map);
/// The largest magnitude over channels (Simonyan et al. 2014, section 3.1).
[[nodiscard]] PlaneMap largestMagnitude(std::span<const float> values, const Shape& shape);
/// The sum over channels.
[[nodiscard]] PlaneMap channelSum(std::span<const float> values, const Shape& shape);
/// The sum over these channels of a times b.
[[nodiscard]] double product(
    std::span<const float> a, std::span<const float> b, const Shape& shape, ChannelSpan channels);

[[nodiscard]] inline ChannelSpan allOf(const Shape& shape)
{
    return {0, shape.c};
}

} // namespace inceptoscope
