#include "attribution/evidence.h"

#include <algorithm>
#include <limits>

namespace inceptoscope {

namespace {

/// Between which values of a row a pixel's centre lies, and how far.
struct Between
{
    uint32_t low = 0;
    uint32_t high = 0;
    double share = 0;
};

Between between(uint32_t pixel, uint32_t pixels, uint32_t values)
{
    const double at = (pixel + 0.5) * values / pixels - 0.5;
    const double low = std::clamp(std::floor(at), 0.0, double(values - 1));
    const auto index = uint32_t(low);
    return {index, std::min(index + 1, values - 1), std::clamp(at - low, 0.0, 1.0)};
}

PlaneMap meanOfSquares(const PlaneMap& map, const OcclusionGrid& grid, const Shape& input)
{
    std::vector<double> sums(input.pixels(), 0.0);
    std::vector<uint32_t> counts(input.pixels(), 0);
    for (size_t i = 0; i < map.values.size(); ++i) {
        if (std::isnan(map.values[i]))
            continue;
        const auto left = uint32_t(i % grid.columns) * grid.stride;
        const auto top = uint32_t(i / grid.columns) * grid.stride;
        for (uint32_t y = top; y < std::min(top + grid.window, input.h); ++y)
            for (uint32_t x = left; x < std::min(left + grid.window, input.w); ++x) {
                sums[size_t(y) * input.w + x] += double(map.values[i]);
                ++counts[size_t(y) * input.w + x];
            }
    }
    PlaneMap result{input.w, input.h, std::vector<float>(input.pixels())};
    for (size_t i = 0; i < sums.size(); ++i)
        result.values[i] =
            counts[i] == 0 ? std::numeric_limits<float>::quiet_NaN() : float(sums[i] / counts[i]);
    return result;
}

} // namespace

PlaneMap stretched(const PlaneMap& map, uint32_t w, uint32_t h)
{
    if (map.empty() || (map.w == w && map.h == h))
        return map;
    PlaneMap result{w, h, std::vector<float>(size_t(w) * h)};
    for (uint32_t y = 0; y < h; ++y) {
        const Between row = between(y, h, map.h);
        for (uint32_t x = 0; x < w; ++x) {
            const Between column = between(x, w, map.w);
            const auto mixed = [&](uint32_t r) {
                const float* values = &map.values[size_t(r) * map.w];
                return (1 - column.share) * double(values[column.low]) +
                       column.share * double(values[column.high]);
            };
            result.values[size_t(y) * w + x] =
                float((1 - row.share) * mixed(row.low) + row.share * mixed(row.high));
        }
    }
    return result;
}

PlaneMap overInput(const Evidence& evidence)
{
    if (evidence.occlusion)
        return meanOfSquares(evidence.map, *evidence.occlusion, evidence.input);
    return stretched(evidence.map, evidence.input.w, evidence.input.h);
}

} // namespace inceptoscope
