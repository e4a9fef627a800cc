#pragma once

#include <cstdint>
#include <vector>

namespace inceptoscope {

/// The discrete Hartley transform of a plane of real values, row by row, with factor
/// 1 / sqrt(rows * columns): the Fourier transform's real part minus its imaginary one (Hartley
/// 1942, Bracewell 1983). It is symmetric and its own inverse, so that it is its own transpose,
/// too: a gradient goes back through it by the same call.
class Hartley
{
public:
    Hartley(uint32_t rows, uint32_t columns)
        : m_rows(rows)
        , m_columns(columns)
    {
    }
    /// Throws nothing; `plane` has rows * columns values.
    void operator()(std::vector<float>& plane) const;

private:
    uint32_t m_rows;
    uint32_t m_columns;
};

} // namespace inceptoscope
