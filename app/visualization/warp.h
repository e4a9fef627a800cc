#pragma once

#include "visualization/random.h"
#include "visualization/spectrum.h"

#include <array>
#include <cstddef>

namespace inceptoscope {

/// How far a picture is moved at random before each step, so that it excites for what it shows and
/// not for where its pixels lie ('Transformation robustness' of Olah et al. 2017).
struct Looseness
{
    double shift = 16;    ///< pixels, each way
    double scaling = 0.1; ///< a share, larger or smaller
    double turn = 10;     ///< degrees, each way
};

/// A periodic picture moved, scaled and turned about its centre; values between pixels are
/// bilinear. Linear in the picture, so that its transpose is exact.
class Warp
{
public:
    /// Leaves the picture as it is.
    Warp(uint32_t rows, uint32_t columns);
    static Warp random(uint32_t rows, uint32_t columns, const Looseness& looseness, Random& random);

    [[nodiscard]] Planes apply(const Planes& picture) const;
    [[nodiscard]] Planes transpose(const Planes& by) const;

private:
    /// What a pixel is made of: four neighbours and their weights.
    struct Sample
    {
        std::array<size_t, 4> at;
        std::array<float, 4> weight;
    };
    template <class Each> void forEach(const Each& each) const;

    uint32_t m_rows;
    uint32_t m_columns;
    double m_cosine = 1; ///< of the turn, divided by the scaling
    double m_sine = 0;
    double m_down = 0;
    double m_right = 0;
};

} // namespace inceptoscope
