#pragma once

#include "graph/tensor_layout.h"

#include <span>

namespace inceptoscope {

/// [C,H,W] to the layout's texels, halo and missing channels zero.
void packTensor(const TensorLayout& layout, std::span<const float> chw, std::span<std::byte> out);

/// `channels` from `firstChannel` on as [C,H,W], out of texels that start at the plane of
/// firstChannel / 4.
void unpackTensor(
    const TensorLayout& layout, uint32_t firstChannel, uint32_t channels,
    std::span<std::byte> texels, std::span<float> chw);

} // namespace inceptoscope
