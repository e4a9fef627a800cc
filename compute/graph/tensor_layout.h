#pragma once

#include "graph/shape.h"

namespace inceptoscope {

/// How weights and activations are stored. Sums are float32 in either case.
enum class Precision : uint32_t
{
    Fp32,
    Fp16
};

/// "fp32", "fp16".
[[nodiscard]] constexpr const char* precisionName(Precision precision)
{
    return precision == Precision::Fp16 ? "fp16" : "fp32";
}

/// Bytes of a texel: four values.
[[nodiscard]] constexpr uint32_t texelBytes(Precision precision)
{
    return precision == Precision::Fp16 ? 8 : 16;
}

/// How a tensor lies in device memory: NC4HW4, that is planes of rows of texels, a texel
/// being four channels of one pixel (16 bytes in fp32, 8 in fp16). Around each plane runs a halo of
/// zeros as wide as the widest padding among the tensor's readers, so that convolutions read
/// without bounds checks. All counts are texels.
struct TensorLayout
{
    Shape shape;
    Padding halo;
    uint32_t rowStride = 0;   ///< halo.left + w + halo.right
    uint32_t planeStride = 0; ///< rows with halo, rounded up to the device's binding alignment
    Precision precision = Precision::Fp32;

    [[nodiscard]] uint32_t blocks() const { return (shape.c + 3) / 4; }
    /// Texel of pixel (0, 0) in plane 0, from the tensor's first texel.
    [[nodiscard]] uint32_t origin() const { return halo.top * rowStride + halo.left; }
    [[nodiscard]] uint64_t texels() const { return uint64_t(blocks()) * planeStride; }
    [[nodiscard]] uint64_t bytes() const { return texels() * texelBytes(precision); }
};

} // namespace inceptoscope
