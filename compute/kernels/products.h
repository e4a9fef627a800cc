#pragma once

#include "kernels/dispatch.h"

#include <functional>
#include <optional>
#include <span>
#include <vector>

namespace inceptoscope {

/// Sums of products as shaders/conv2d.comp makes them: for each pixel and output channel, over
/// steps of one texel of input times 4 weights. A convolution is one such problem, the products
/// of a Winograd transform are `batch` of them. The steps are cut into chunks, each of them
/// straight-line code, or they are one chunk and a loop; the output channels into blocks of 32.
struct ProductPacking
{
    std::vector<uint32_t>
        chunks;          ///< steps of each: 9, 24, 48, 51 or 96; of a loop any multiple of 3
    uint32_t blocks = 0; ///< of output channels
    uint32_t steps = 0;
    uint32_t paddedSteps = 0; ///< sum of chunks
    uint32_t batch = 1;
    uint32_t texel = 16; ///< bytes of four stored values

    SumCode code = SumCode::Straight;

    /// `pixels`: how many there are of the result; how to cut depends on it.
    ProductPacking(
        uint32_t steps, uint32_t outChannels, uint32_t batch, uint64_t pixels, Precision precision,
        SumCode code = SumCode::Straight);
    [[nodiscard]] uint64_t bytes() const;
    /// Bytes from the start of the layer to the weights of a chunk.
    [[nodiscard]] uint64_t offset(size_t chunk) const;
    /// Bytes of the table of read offsets that comes first.
    [[nodiscard]] uint64_t tableBytes() const;
};

/// In texels from a block's start on, where the weights of a step of a chunk begin; of as many
/// steps as the chunk has, where the next block begins.
[[nodiscard]] uint32_t productRow(uint32_t step);

/// What a layer's products are made of.
struct ProductValues
{
    /// Where a step reads, in texels relative to the pixel's place.
    std::function<uint32_t(uint32_t step)> offset;
    /// Fills in the weights of channel `lane` (0..3) of a step for output channels from
    /// `firstOut` on; what it leaves alone stays 0.
    std::function<void(
        uint32_t batch, uint32_t step, uint32_t lane, uint32_t firstOut, std::span<float> to)>
        weights;
    std::span<const float> bias;
};

/// Fills the packed layer: the table of read offsets, then for each chunk, batch and block the
/// biases (zero but in the first chunk) and the weights.
void packProducts(
    const ProductPacking& packing, Precision precision, const ProductValues& values,
    std::span<std::byte> out);

/// Where products read and write; all strides in texels.
struct ProductPlaces
{
    Binding source;
    Binding before; ///< sums of earlier chunks, as texels
    /// What the sums are added to, as texels, where `result` lies; none: they stand alone.
    std::optional<Binding> addTo = std::nullopt;
    Binding result;
    std::optional<Binding> sums = std::nullopt; ///< fp16: where sums go while chunks follow
    Precision precision = Precision::Fp32;      ///< of what is stored
    uint32_t pixels = 0, width = 0;
    uint32_t inBase = 0, inRow = 0, inColumn = 0, inBatch = 0;
    uint32_t outBase = 0, outRow = 0, outPlane = 0, outBatch = 0;
    uint32_t outTexels = 0; ///< texels of output channels
    bool relu = false;
};

[[nodiscard]] std::vector<Dispatch>
products(const ProductPacking& packing, const ProductPlaces& places, const PlacedWeights& weights);

} // namespace inceptoscope
