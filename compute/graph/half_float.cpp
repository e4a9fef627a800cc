#include "graph/half_float.h"

#include <bit>

namespace inceptoscope {

float halfToFloat(uint16_t bits)
{
    const uint32_t sign = uint32_t(bits & 0x8000U) << 16;
    const uint32_t exponent = (bits >> 10) & 31U;
    const uint32_t mantissa = bits & 0x3ffU;
    if (exponent == 31)
        return std::bit_cast<float>(sign | 0x7f800000U | mantissa << 13);
    if (exponent != 0)
        return std::bit_cast<float>(sign | (exponent + 112) << 23 | mantissa << 13);
    const float value = float(mantissa) * 0x1p-24F;
    return sign != 0 ? -value : value;
}

uint16_t floatToHalf(float value)
{
    const auto bits = std::bit_cast<uint32_t>(value);
    const auto sign = uint16_t(bits >> 16 & 0x8000U);
    const uint32_t magnitude = bits & 0x7fffffffU;
    constexpr uint32_t infinity = 0x7f800000U;
    constexpr uint32_t tooLarge = 0x47800000U;       // 65536
    constexpr uint32_t smallestNormal = 0x38800000U; // 2^-14
    if (magnitude >= tooLarge)
        return sign | uint16_t(magnitude > infinity ? 0x7e00U : 0x7c00U);
    if (magnitude < smallestNormal) {
        // Half a unit is 2^-1, whose last bit is 2^-24, as a subnormal half's is.
        const float rounded = std::bit_cast<float>(magnitude) + 0.5F;
        return sign | uint16_t(std::bit_cast<uint32_t>(rounded) - 0x3f000000U);
    }
    const uint32_t rounded = magnitude + 0xfffU + (magnitude >> 13 & 1U);
    return sign | uint16_t((rounded - 0x38000000U) >> 13);
}

} // namespace inceptoscope
