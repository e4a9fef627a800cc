#include "weights/half_float.h"

#include <bit>
#include <cstring>

namespace inceptoscope {

static_assert(std::endian::native == std::endian::little, "the file formats are little-endian");

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

void toFloat(DType dtype, const std::byte* from, std::span<float> out)
{
    if (out.empty())
        return; // its address may be null, which memcpy must not get
    if (dtype == DType::F32) {
        std::memcpy(out.data(), from, out.size_bytes());
        return;
    }
    if (dtype == DType::F64) {
        for (size_t i = 0; i < out.size(); ++i) {
            double value = 0;
            std::memcpy(&value, from + i * sizeof value, sizeof value);
            out[i] = float(value);
        }
        return;
    }
    for (size_t i = 0; i < out.size(); ++i) {
        uint16_t bits = 0;
        std::memcpy(&bits, from + i * 2, 2);
        out[i] =
            dtype == DType::F16 ? halfToFloat(bits) : std::bit_cast<float>(uint32_t(bits) << 16);
    }
}

} // namespace inceptoscope
