#pragma once

#include "graph/op.h"
#include "kernels/dispatch.h"

#include <span>
#include <vector>

namespace inceptoscope {

/// How a convolution is cut: the sum over kernel positions and input channels into chunks of
/// texels (steps), the output channels into blocks of 32 and perhaps one of 16.
struct Conv2dPacking
{
    struct Part
    {
        uint32_t out4 = 8;       ///< output texels an invocation: 8 or 4
        uint32_t blocks = 0;     ///< blocks of out4
        uint32_t firstTexel = 0; ///< of the output channels
    };
    std::vector<uint32_t> chunks; ///< steps of each chunk, 9, 24 or 48
    std::vector<Part> parts;
    uint32_t steps = 0;       ///< kernel positions times input texels
    uint32_t paddedSteps = 0; ///< sum of chunks
    uint32_t texel = 16;      ///< bytes of four weights

    Conv2dPacking(const Conv2d& op, const Shape& in, Precision precision);
    [[nodiscard]] uint64_t bytes() const;
    /// Bytes from the start of the layer to the weights of a chunk of a part.
    [[nodiscard]] uint64_t offset(size_t part, size_t chunk) const;
    /// Bytes of the table of read offsets that comes first.
    [[nodiscard]] uint64_t tableBytes() const;
};

/// Fills the packed layer: the table of read offsets for the input's layout, then for each
/// part, chunk and block the biases (zero but in the first chunk) and the weights.
/// `weight` is dense OIHW; groups are expanded with zeros. Stored in the input's precision.
void packConv2d(
    const Conv2d& op, const TensorLayout& in, std::span<const float> weight,
    std::span<const float> bias, std::span<std::byte> out);

/// With halves the sums between chunks are kept as float32 in Memory::Sums.
[[nodiscard]] std::vector<Dispatch>
conv2d(const Conv2d& op, const Placed& in, const Placed& out, const PlacedWeights& weights);

} // namespace inceptoscope
