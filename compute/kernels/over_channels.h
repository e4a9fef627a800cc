#pragma once

#include "kernels/dispatch.h"

namespace inceptoscope {

/// Where a vector's first texel is, and how far the others are apart.
struct VectorPlace
{
    uint32_t base = 0;
    uint32_t plane = 0;

    explicit VectorPlace(const TensorLayout& layout)
        : base(layout.origin())
        , plane(layout.planeStride)
    {
    }
};

/// A shader that reads all channels of a vector and writes its own four.
[[nodiscard]] Dispatch overChannels(const Shader& shader, const Placed& in, const Placed& out);
/// The same of two vectors.
[[nodiscard]] Dispatch
overChannels(const Shader& shader, const Placed& a, const Placed& b, const Placed& out);

} // namespace inceptoscope
