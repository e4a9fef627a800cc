#pragma once

#include "graph/op.h"
#include "kernels/dispatch.h"
#include "kernels/products.h"

#include <vector>

namespace inceptoscope {

/// A convolution's parameters as matrices: for each 64 output channels, for each step (a texel of
/// input at a kernel position) and each of its four channels a row. Before them lie the table of
/// read offsets and the biases, float32.
struct MatrixPacking
{
    uint32_t steps = 0;
    uint32_t paddedSteps = 0; ///< a multiple of what conv2d_tiled.comp takes at a time
    uint32_t blocks = 0;      ///< of 64 output channels
    uint32_t texel = 16;      ///< bytes of four stored values

    MatrixPacking(uint32_t steps, uint32_t outChannels, Precision precision);
    [[nodiscard]] uint64_t biasOffset() const;   ///< bytes from the layer's start
    [[nodiscard]] uint64_t matrixOffset() const; ///< a multiple of 256
    [[nodiscard]] uint64_t bytes() const;
};

void packMatrix(
    const MatrixPacking& packing, Precision precision, const ProductValues& values,
    std::span<std::byte> out);

[[nodiscard]] constexpr uint64_t roundUp(uint64_t value, uint64_t step)
{
    return (value + step - 1) / step * step;
}

/// The table of read offsets at the start, the biases `biasOffset` bytes from it.
void packOffsetsAndBiases(
    uint32_t steps, uint64_t biasOffset, const ProductValues& values, std::span<std::byte> out);

/// Where the window of the first pixel begins, in texels; padding lies in the halo.
[[nodiscard]] uint32_t firstWindow(const Conv2d& op, const Geometry& from);

/// A workgroup's tile and how its invocations share it; see conv2d_tiled.comp.
struct TileShape
{
    uint32_t pixels = 4; ///< an invocation
    uint32_t texels = 2; ///< of output channels, an invocation
    uint32_t across = 16;
    uint32_t down = 8;
};

/// An implicit matrix product in tiles, through shared memory (ConvForm::Tiled, TiledSmall).
[[nodiscard]] Dispatch tiled(
    const Conv2d& op, const Placed& in, const Placed& out, const PlacedWeights& weights,
    const MatrixPacking& packing, const TileShape& tile);

} // namespace inceptoscope
