#include "visualization/spectrum.h"

#include <algorithm>
#include <cmath>

namespace inceptoscope {

namespace {

/// The square root of the correlation of red, green and blue over ImageNet's pictures, divided by
/// the length of its first column: rows are red, green and blue (as published with Olah et al.
/// 2017: grey first, then blue to yellow, then green to magenta).
constexpr float greyLength = 0.4619F;
constexpr std::array<std::array<float, 3>, 3> colours = {
    {{0.26F / greyLength, 0.09F / greyLength, 0.02F / greyLength},
     {0.27F / greyLength, 0.00F / greyLength, -0.05F / greyLength},
     {0.27F / greyLength, -0.09F / greyLength, 0.03F / greyLength}}};

/// Cycles a pixel of a line's frequency number k, whatever its sign.
double frequency(uint32_t k, uint32_t size)
{
    return double(std::min(k, size - k)) / double(size);
}

/// Keeps what numbers of ordinary size make of a picture within the sigmoid's slope.
constexpr double softness = 0.25;

} // namespace

Spectrum::Spectrum(uint32_t rows, uint32_t columns)
    : m_rows(rows)
    , m_columns(columns)
    , m_hartley(rows, columns)
    , m_scale(size_t(rows) * columns)
{
    // The mean, whose frequency is 0, counts as the lowest that there is.
    const double lowest = 1.0 / double(std::max(rows, columns));
    for (uint32_t y = 0; y < rows; ++y)
        for (uint32_t x = 0; x < columns; ++x)
            m_scale[size_t(y) * columns + x] = float(
                softness / std::max(lowest, std::hypot(frequency(y, rows), frequency(x, columns))));
}

Planes Spectrum::picture(const std::vector<float>& parameters) const
{
    const size_t pixels = m_scale.size();
    std::array<std::vector<float>, 3> decorrelated;
    for (size_t j = 0; j < 3; ++j) {
        std::vector<float>& plane = decorrelated[j];
        plane.resize(pixels);
        for (size_t i = 0; i < pixels; ++i)
            plane[i] = parameters[j * pixels + i] * m_scale[i];
        m_hartley(plane);
    }
    Planes result{m_rows, m_columns, {}};
    for (size_t c = 0; c < 3; ++c) {
        std::vector<float>& plane = result.rgb[c];
        plane.resize(pixels);
        for (size_t i = 0; i < pixels; ++i) {
            float sum = 0;
            for (size_t j = 0; j < 3; ++j)
                sum += colours[c][j] * decorrelated[j][i];
            plane[i] = 1.0F / (1.0F + std::exp(-sum));
        }
    }
    return result;
}

std::vector<float> Spectrum::gradient(const Planes& picture, const Planes& by) const
{
    const size_t pixels = m_scale.size();
    std::vector<float> result(size());
    std::vector<float> plane(pixels);
    for (size_t j = 0; j < 3; ++j) {
        std::fill(plane.begin(), plane.end(), 0.0F);
        for (size_t c = 0; c < 3; ++c)
            for (size_t i = 0; i < pixels; ++i) {
                const float value = picture.rgb[c][i];
                plane[i] += colours[c][j] * by.rgb[c][i] * value * (1.0F - value);
            }
        m_hartley(plane);
        for (size_t i = 0; i < pixels; ++i)
            result[j * pixels + i] = plane[i] * m_scale[i];
    }
    return result;
}

} // namespace inceptoscope
