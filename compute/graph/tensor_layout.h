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
/// without bounds checks. All counts are texels. The pictures of a batch lie one after the other,
/// each as a single one does.
struct TensorLayout
{
    Shape shape;
    Padding halo;
    uint32_t rowStride = 0;     ///< halo.left + w + halo.right
    uint32_t planeStride = 0;   ///< rows with halo, rounded up to the device's binding alignment
    uint32_t pictureStride = 0; ///< from a picture of a batch to the next; likewise rounded up
    Precision precision = Precision::Fp32;

    [[nodiscard]] uint32_t blocks() const { return (shape.c + 3) / 4; }
    /// Texel of pixel (0, 0) in plane 0, from the tensor's first texel.
    [[nodiscard]] uint32_t origin() const { return halo.top * rowStride + halo.left; }
    /// Of one picture.
    [[nodiscard]] uint64_t texels() const { return uint64_t(blocks()) * planeStride; }
    [[nodiscard]] uint64_t bytes() const { return texels() * texelBytes(precision); }
    /// From the first picture to picture number `picture`.
    [[nodiscard]] uint64_t pictureOffset(uint32_t picture) const
    {
        return uint64_t(picture) * pictureStride * texelBytes(precision);
    }
    /// Of the whole batch.
    [[nodiscard]] uint64_t batchBytes() const { return pictureOffset(shape.n - 1) + bytes(); }
};

} // namespace inceptoscope
