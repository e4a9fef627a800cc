#include "kernels/matrix.h"

#include "kernels/stored_value.h"

#include <algorithm>
#include <array>

namespace inceptoscope {

namespace {

constexpr uint64_t roundUp(uint64_t value, uint64_t step)
{
    return (value + step - 1) / step * step;
}

template <class Value>
void fill(const MatrixPacking& packing, const ProductValues& values, Value* to)
{
    std::vector<float> row(size_t(packing.blockTexels) * 4);
    for (uint32_t block = 0; block < packing.blocks; ++block) {
        for (uint32_t step = 0; step < packing.paddedSteps; ++step) {
            for (uint32_t lane = 0; lane < 4; ++lane) {
                std::fill(row.begin(), row.end(), 0.0F);
                if (step < packing.steps)
                    values.weights(0, step, lane, block * packing.blockTexels * 4, row);
                to = std::transform(row.begin(), row.end(), to, stored<Value>);
            }
        }
    }
}

} // namespace

uint32_t firstWindow(const Conv2d& op, const Geometry& from)
{
    return from.base - op.padding.top * from.row - op.padding.left;
}

MatrixPacking::MatrixPacking(
    uint32_t theSteps, uint32_t outChannels, Precision precision, const MatrixBlocks& wanted)
    : steps(theSteps)
    , paddedSteps(uint32_t(roundUp(theSteps, wanted.depth)))
    , blocks((outChannels + wanted.texels * 4 - 1) / (wanted.texels * 4))
    , blockTexels(wanted.texels)
    , texel(texelBytes(precision))
{
}

uint64_t MatrixPacking::biasOffset() const
{
    return roundUp(uint64_t(paddedSteps) * 4, 256);
}

uint64_t MatrixPacking::matrixOffset() const
{
    return roundUp(biasOffset() + uint64_t(blocks) * blockTexels * 16, 256);
}

uint64_t MatrixPacking::bytes() const
{
    return matrixOffset() + bindableBytes(uint64_t(paddedSteps) * 4 * blocks * blockTexels * texel);
}

void packMatrix(
    const MatrixPacking& packing, Precision precision, const ProductValues& values,
    std::span<std::byte> out)
{
    std::fill(out.begin(), out.end(), std::byte(0));
    auto* table = reinterpret_cast<uint32_t*>(out.data());
    for (uint32_t s = 0; s < packing.steps; ++s)
        table[s] = values.offset(s);
    auto* biases = reinterpret_cast<float*>(out.data() + packing.biasOffset());
    std::copy(values.bias.begin(), values.bias.end(), biases);
    std::byte* matrix = out.data() + packing.matrixOffset();
    if (precision == Precision::Fp16)
        fill(packing, values, reinterpret_cast<uint16_t*>(matrix));
    else
        fill(packing, values, reinterpret_cast<float*>(matrix));
}

Dispatch tiled(
    const Conv2d& op, const Placed& in, const Placed& out, const PlacedWeights& weights,
    const MatrixPacking& packing, const TileShape& tile)
{
    struct Push
    {
        uint64_t weights, biases, offsets;
        uint32_t steps, pixels, width;
        uint32_t inBase, inRow, inColumn;
        uint32_t outBase, outRow, outPlane, outTexels;
        float lowest;
    };
    const Geometry from(in.layout);
    const Geometry to(out.layout);
    const Push push{
        .weights = weights.address + packing.matrixOffset(),
        .biases = weights.address + packing.biasOffset(),
        .offsets = weights.address,
        .steps = packing.paddedSteps,
        .pixels = uint32_t(out.layout.shape.pixels()),
        .width = out.layout.shape.w,
        .inBase = firstWindow(op, from),
        .inRow = op.stride.h * from.row,
        .inColumn = op.stride.w,
        .outBase = to.base,
        .outRow = to.row,
        .outPlane = to.plane,
        .outTexels = out.layout.blocks(),
        .lowest = lowestOf(op.activation)};
    const uint32_t tilePixels = tile.pixels * tile.across;
    const uint32_t tileTexels = tile.texels * tile.down;
    const std::array<uint32_t, 3> groups{
        (push.pixels + tilePixels - 1) / tilePixels, (push.outTexels + tileTexels - 1) / tileTexels,
        1};
    return {
        .shader = &shaders::conv2d_tiled,
        .precision = out.layout.precision,
        .constants = {tile.across * tile.down, tile.pixels, tile.texels, tile.across, tile.down},
        .bindings = {in.read(), out.written()},
        .push = PushBytes(push),
        .groups = groups,
        .sharedBytes = tileBlocks.depth * (tilePixels + 4 * tileTexels) * 16,
        .macs =
            uint64_t(groups[0]) * groups[1] * tilePixels * tileTexels * packing.paddedSteps * 16};
}

} // namespace inceptoscope
