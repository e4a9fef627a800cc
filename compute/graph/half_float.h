#pragma once

#include <cstdint>

namespace inceptoscope {

/// Exact value of an IEEE half: subnormals, infinities and NaN included.
[[nodiscard]] float halfToFloat(uint16_t bits);

/// The nearest half, ties to even; what lies beyond 65504 becomes an infinity, NaN stays one.
[[nodiscard]] uint16_t floatToHalf(float value);

} // namespace inceptoscope
