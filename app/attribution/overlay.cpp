#include "attribution/overlay.h"

#include <algorithm>
#include <cmath>

namespace inceptoscope {

namespace {

constexpr double strongest = 0.85; ///< how much of the picture the strongest evidence covers
constexpr double steepness = 0.7;  ///< below 1: what is weak shows, too

uchar mixed(double under, double over, double share)
{
    return uchar(std::lround(std::clamp(under * (1 - share) + over * share, 0.0, 255.0)));
}

} // namespace

double fullStrength(const PlaneMap& map)
{
    std::vector<float> magnitudes;
    for (const float value : map.values)
        if (std::isfinite(value))
            magnitudes.push_back(std::abs(value));
    if (magnitudes.empty())
        return 0;
    constexpr double share = 0.995;
    const auto at = magnitudes.begin() + std::ptrdiff_t(share * double(magnitudes.size() - 1));
    std::ranges::nth_element(magnitudes, at);
    // Where nearly everything is zero, what isn't counts.
    return *at > 0 ? double(*at) : double(*std::ranges::max_element(magnitudes));
}

QImage
laidOver(const QImage& picture, const PlaneMap& map, const OverlayColours& colours, bool both)
{
    QImage result = picture.convertToFormat(QImage::Format_RGBX8888);
    const double full = fullStrength(map);
    for (int y = 0; y < result.height(); ++y) {
        uchar* pixel = result.scanLine(y);
        for (int x = 0; x < result.width(); ++x, pixel += 4) {
            const double value = double(map.values[size_t(y) * map.w + size_t(x)]);
            if (!std::isfinite(value))
                continue;
            const double t = full > 0 ? std::clamp(value / full, -1.0, 1.0) : 0;
            const double place = both ? (t + 1) / 2 : std::max(t, 0.0);
            const uint32_t colour = colours[size_t(std::lround(place * 255))];
            const double share =
                strongest * std::pow(both ? std::abs(t) : std::max(t, 0.0), steepness);
            const double grey = qGray(pixel[0], pixel[1], pixel[2]);
            pixel[0] = mixed(grey, double(colour & 0xFFU), share);
            pixel[1] = mixed(grey, double(colour >> 8U & 0xFFU), share);
            pixel[2] = mixed(grey, double(colour >> 16U & 0xFFU), share);
        }
    }
    return result;
}

} // namespace inceptoscope
