#include "attribution/evidence_maps.h"

#include <algorithm>
#include <cmath>

namespace inceptoscope {

namespace {

PlaneMap fromDoubles(const std::vector<double>& sums, const Shape& shape)
{
    return {shape.w, shape.h, {sums.begin(), sums.end()}};
}

} // namespace

PlaneMap weightedSum(
    std::span<const float> activations, const Shape& shape, ChannelSpan channels,
    std::span<const float> weights)
{
    std::vector<double> sums(shape.pixels(), 0.0);
    for (uint32_t c = 0; c < channels.count; ++c) {
        const auto map =
            activations.subspan((size_t(channels.first) + c) * shape.pixels(), shape.pixels());
        for (size_t i = 0; i < sums.size(); ++i)
            sums[i] += double(weights[c]) * double(map[i]);
    }
    return fromDoubles(sums, shape);
}

std::vector<float>
channelMeans(std::span<const float> values, const Shape& shape, ChannelSpan channels)
{
    std::vector<float> means;
    for (uint32_t c = channels.first; c < channels.first + channels.count; ++c) {
        double sum = 0;
        for (const float v : values.subspan(size_t(c) * shape.pixels(), shape.pixels()))
            sum += double(v);
        means.push_back(float(sum / double(shape.pixels())));
    }
    return means;
}

PlaneMap aboveZero(PlaneMap map)
{
    for (float& value : map.values)
        value = std::max(value, 0.0F);
    return map;
}

PlaneMap largestMagnitude(std::span<const float> values, const Shape& shape)
{
    PlaneMap map{shape.w, shape.h, std::vector<float>(shape.pixels(), 0.0F)};
    for (size_t i = 0; i < values.size(); ++i) {
        float& most = map.values[i % shape.pixels()];
        most = std::max(most, std::abs(values[i]));
    }
    return map;
}

PlaneMap channelSum(std::span<const float> values, const Shape& shape)
{
    const std::vector<float> ones(shape.c, 1.0F);
    return weightedSum(values, shape, allOf(shape), ones);
}

double product(
    std::span<const float> a, std::span<const float> b, const Shape& shape, ChannelSpan channels)
{
    double sum = 0;
    const size_t begin = size_t(channels.first) * shape.pixels();
    const size_t end = begin + size_t(channels.count) * shape.pixels();
    for (size_t i = begin; i < end; ++i)
        sum += double(a[i]) * double(b[i]);
    return sum;
}

} // namespace inceptoscope
