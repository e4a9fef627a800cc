#include "weights/half_float.h"

#include "graph/half_float.h"

#include <bit>
#include <cstring>

namespace inceptoscope {

static_assert(std::endian::native == std::endian::little, "the file formats are little-endian");

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
