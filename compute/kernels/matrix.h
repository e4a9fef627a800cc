#pragma once

#include "graph/op.h"
#include "kernels/dispatch.h"
#include "kernels/products.h"

#include <vector>

namespace inceptoscope {

/// How output channels and steps are grouped, as a shader wants them.
struct MatrixBlocks
{
    uint32_t texels = 1; ///< of output channels
    uint32_t depth = 1;  ///< steps are padded to a multiple of it
};
constexpr MatrixBlocks tileBlocks{16, 8};  ///< the widest tile, and the steps at a time
constexpr MatrixBlocks vectorBlocks{1, 1}; ///< a subgroup makes a texel of output channels

/// A convolution's parameters as matrices: for each block of output channels, for each step (a
/// texel of input at a kernel position) and each of its four channels a row. Before them lie the
/// table of read offsets and the biases, float32.
struct MatrixPacking
{
    uint32_t steps = 0;
    uint32_t paddedSteps = 0;
    uint32_t blocks = 0;
    uint32_t blockTexels = 1;
    uint32_t texel = 16; ///< bytes of four stored values

    MatrixPacking(
        uint32_t steps, uint32_t outChannels, Precision precision, const MatrixBlocks& wanted);
    [[nodiscard]] uint64_t biasOffset() const;   ///< bytes from the layer's start
    [[nodiscard]] uint64_t matrixOffset() const; ///< a multiple of 256
    [[nodiscard]] uint64_t bytes() const;
};

void packMatrix(
    const MatrixPacking& packing, Precision precision, const ProductValues& values,
    std::span<std::byte> out);

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
