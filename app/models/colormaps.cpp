#include "models/colormaps.h"

#include <algorithm>
#include <cmath>
#include <span>

namespace inceptoscope {

namespace {

struct Rgb
{
    double r, g, b;
};

constexpr uint32_t pack(double r, double g, double b)
{
    const auto byte = [](double v) {
        return uint32_t(std::lround(std::clamp(v, 0.0, 1.0) * 255.0));
    };
    return 0xFF000000U | byte(b) << 16U | byte(g) << 8U | byte(r);
}

// Degree 6 fits of matplotlib's maps of the same name (Smith and van der Walt, CC0), by Matt
// Zucker (CC0, shadertoy.com/view/WlfXRN).
constexpr std::array<Rgb, 7> viridis = {
    Rgb{0.2777273272234177, 0.005407344544966578, 0.3340998053353061},
    {0.1050930431085774, 1.404613529898575, 1.384590162594685},
    {-0.3308618287255563, 0.214847559468213, 0.09509516302823659},
    {-4.634230498983486, -5.799100973351585, -19.33244095627987},
    {6.228269936347081, 14.17993336680509, 56.69055260068105},
    {4.776384997670288, -13.74514537774601, -65.35303263337234},
    {-5.435455855934631, 4.645852612178535, 26.3124352495832},
};

constexpr std::array<Rgb, 7> magma = {
    Rgb{-0.002136485053939582, -0.000749655052795221, -0.005386127855323933},
    {0.2516605407371642, 0.6775232436837668, 2.494026599312351},
    {8.353717279216625, -3.577719514958484, 0.3144679030132573},
    {-27.66873308576866, 14.26473078096533, -13.64921318813922},
    {52.17613981234068, -27.94360607168351, 12.94416944238394},
    {-50.76852536473588, 29.04658282127291, 4.23415299384598},
    {18.65570506591883, -11.48977351997711, -5.601961508734096},
};

// Blue below zero, red above, nearly white at zero; luminance rises towards the middle from
// both ends alike.
constexpr std::array<Rgb, 7> divergingStops = {
    Rgb{0.020, 0.200, 0.420}, {0.150, 0.460, 0.720}, {0.600, 0.780, 0.890}, {0.965, 0.965, 0.955},
    {0.950, 0.690, 0.560},    {0.790, 0.300, 0.240}, {0.430, 0.040, 0.120},
};

ColourTable fromPolynomial(std::span<const Rgb, 7> c)
{
    ColourTable table{};
    for (size_t i = 0; i < table.size(); ++i) {
        const double t = double(i) / 255.0;
        Rgb v = c[6];
        for (size_t k = 6; k-- > 0;)
            v = {v.r * t + c[k].r, v.g * t + c[k].g, v.b * t + c[k].b};
        table[i] = pack(v.r, v.g, v.b);
    }
    return table;
}

ColourTable fromStops(std::span<const Rgb> stops)
{
    ColourTable table{};
    for (size_t i = 0; i < table.size(); ++i) {
        // The middle stop sits on entry 128, where the value zero lands.
        const double t = i <= 128 ? double(i) / 256.0 : 0.5 + double(i - 128) / 254.0;
        const double at = t * double(stops.size() - 1);
        const size_t low = std::min(size_t(at), stops.size() - 2);
        const double f = at - double(low);
        const Rgb& a = stops[low];
        const Rgb& b = stops[low + 1];
        table[i] = pack(a.r + (b.r - a.r) * f, a.g + (b.g - a.g) * f, a.b + (b.b - a.b) * f);
    }
    return table;
}

} // namespace

const std::vector<std::string_view>& colormapNames()
{
    static const std::vector<std::string_view> names = {"viridis", "magma", "grey", "diverging"};
    return names;
}

std::optional<ColourTable> colormap(std::string_view name)
{
    if (name == "viridis")
        return fromPolynomial(viridis);
    if (name == "magma")
        return fromPolynomial(magma);
    if (name == "grey")
        return fromStops(std::array{Rgb{0, 0, 0}, Rgb{1, 1, 1}});
    if (name == "diverging")
        return fromStops(divergingStops);
    return std::nullopt;
}

bool isDivergingColormap(std::string_view name)
{
    return name == "diverging";
}

} // namespace inceptoscope
