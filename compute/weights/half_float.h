#pragma once

#include "weights/tensor_source.h"

#include <cstddef>

namespace inceptoscope {

/// Converts `out.size()` little-endian values of `dtype`, at any alignment; float64 is rounded.
void toFloat(DType dtype, const std::byte* from, std::span<float> out);

/// Bytes of one value.
[[nodiscard]] constexpr uint64_t bytesOf(DType dtype)
{
    return dtype == DType::F64 ? 8 : dtype == DType::F32 ? 4 : 2;
}

} // namespace inceptoscope
