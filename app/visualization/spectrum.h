#pragma once

#include "visualization/hartley.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace inceptoscope {

/// Red, green, blue planes of a picture, 0..1, row by row.
struct Planes
{
    uint32_t rows = 0;
    uint32_t columns = 0;
    std::array<std::vector<float>, 3> rgb;
};

/// How numbers become a picture that gradient ascent grows well in (Olah, Mordvintsev, Schubert:
/// Feature Visualization, Distill 2017, 'Preconditioning and Parameterization'): each number is the
/// strength of one frequency, scaled by 1 / frequency as in natural pictures, in one of three
/// colours that are uncorrelated over ImageNet; a sigmoid keeps the result within 0..1. The picture
/// is periodic: what leaves it on one side comes in on the other.
class Spectrum
{
public:
    Spectrum(uint32_t rows, uint32_t columns);

    /// 3 * rows * columns.
    [[nodiscard]] size_t size() const { return 3 * m_scale.size(); }
    [[nodiscard]] Planes picture(const std::vector<float>& parameters) const;
    /// The derivative by the parameters of what has the derivative `by` by the picture, where that
    /// is picture(parameters).
    [[nodiscard]] std::vector<float> gradient(const Planes& picture, const Planes& by) const;

private:
    uint32_t m_rows;
    uint32_t m_columns;
    Hartley m_hartley;
    std::vector<float> m_scale; ///< by frequency
};

} // namespace inceptoscope
