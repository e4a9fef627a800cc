#include "kernels/conv2d.h"

#include "kernels/stored_value.h"

#include <algorithm>

namespace inceptoscope {

namespace {

constexpr uint32_t groupLanes = 32;

/// Mirrors shaders/conv2d.comp.
struct Push
{
    std::array<uint32_t, 16> identity;
    uint64_t weights;
    uint64_t offsets;
    uint32_t weightStride, pixels, width;
    uint32_t inBase, inRow, inColumn;
    uint32_t outBase, outRow, outPlane, outBlocks;
    uint32_t part;
    float lowest;
};
static_assert(sizeof(Push) == 128);

constexpr std::array<uint32_t, 16> identity{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};

/// Straight-line chunks of few sizes, so that few pipelines serve all layers. A short rest
/// takes the smallest chunk that holds it; 25 to 33 steps are cheaper as 24 + 9 than as 48.
std::vector<uint32_t> cut(uint32_t steps)
{
    std::vector<uint32_t> chunks;
    while (steps > 0) {
        const uint32_t chunk = steps <= 9 ? 9 : steps <= 33 ? 24 : 48;
        chunks.push_back(chunk);
        steps -= std::min(steps, chunk);
    }
    return chunks;
}

uint32_t blockTexels(uint32_t out4, uint32_t steps)
{
    return out4 + steps * 4 * out4;
}

uint32_t inTexels(const Shape& in)
{
    return (in.c + 3) / 4;
}

/// Where a step reads, relative to the first texel of the window in plane 0.
void fillTable(const Conv2d& op, const TensorLayout& in, std::span<uint32_t> table)
{
    std::fill(table.begin(), table.end(), 0U);
    size_t s = 0;
    for (uint32_t block = 0; block < in.blocks(); ++block)
        for (uint32_t ky = 0; ky < op.kernel.h; ++ky)
            for (uint32_t kx = 0; kx < op.kernel.w; ++kx)
                table[s++] = block * in.planeStride + ky * in.rowStride + kx;
}

/// Weight of (output channel, input channel, kernel position), zero outside the groups.
struct Weights
{
    const Conv2d& op;
    uint32_t inChannels;
    std::span<const float> values;

    [[nodiscard]] float at(uint32_t o, uint32_t i, uint32_t position) const
    {
        const uint32_t inPerGroup = inChannels / op.groups;
        const uint32_t outPerGroup = op.outChannels / op.groups;
        if (o >= op.outChannels || i >= inChannels || i / inPerGroup != o / outPerGroup)
            return 0.0F;
        const uint64_t area = uint64_t(op.kernel.h) * op.kernel.w;
        return values[(uint64_t(o) * inPerGroup + i % inPerGroup) * area + position];
    }
};

template <class Value>
void fillBlock(
    const Weights& weights, uint32_t firstChannel, uint32_t lanes, uint32_t firstStep,
    uint32_t chunkSteps, uint32_t steps, Value* out)
{
    const uint32_t area = weights.op.kernel.h * weights.op.kernel.w;
    for (uint32_t s = 0; s < chunkSteps; ++s) {
        const uint32_t step = firstStep + s;
        for (uint32_t i = 0; i < 4; ++i)
            for (uint32_t o = 0; o < lanes; ++o)
                *out++ = stored<Value>(
                    step < steps ? weights.at(firstChannel + o, step / area * 4 + i, step % area)
                                 : 0.0F);
    }
}

/// Biases and weights behind the table.
template <class Value>
void fillChunks(
    const Conv2dPacking& packing, const Weights& weights, std::span<const float> bias,
    std::span<std::byte> out)
{
    for (size_t p = 0; p < packing.parts.size(); ++p) {
        const Conv2dPacking::Part& part = packing.parts[p];
        const uint32_t lanes = part.out4 * 4;
        uint32_t firstStep = 0;
        for (size_t c = 0; c < packing.chunks.size(); ++c) {
            Value* to = valuesIn<Value>(out.subspan(packing.offset(p, c))).data();
            for (uint32_t b = 0; b < part.blocks; ++b) {
                const uint32_t channel = part.firstTexel * 4 + b * lanes;
                for (uint32_t o = 0; o < lanes; ++o)
                    *to++ = stored<Value>(
                        c == 0 && channel + o < bias.size() ? bias[channel + o] : 0.0F);
                fillBlock(weights, channel, lanes, firstStep, packing.chunks[c], packing.steps, to);
                to += size_t(packing.chunks[c]) * 4 * lanes;
            }
            firstStep += packing.chunks[c];
        }
    }
}

/// Where the sums of earlier chunks are, and where this one's go if more follow.
std::vector<Binding> bindings(const Placed& in, const Placed& out)
{
    if (out.layout.precision == Precision::Fp32)
        return {in.texels(), out.texels(), out.written()};
    const uint64_t sums = bindableBytes(out.layout.texels() * texelBytes(Precision::Fp32));
    return {
        in.texels(), Binding{Memory::Sums, Access::Texels, 0, sums}, out.written(),
        Binding{Memory::Sums, Access::Write, 0, sums}};
}

} // namespace

Conv2dPacking::Conv2dPacking(const Conv2d& op, const Shape& in, Precision precision)
    : steps(inTexels(in) * op.kernel.h * op.kernel.w)
    , texel(texelBytes(precision))
{
    chunks = cut(steps);
    for (const uint32_t chunk : chunks)
        paddedSteps += chunk;
    const uint32_t texels = (op.outChannels + 3) / 4;
    const bool shortRest = texels % 8 != 0 && texels % 8 <= 4;
    const uint32_t wide = shortRest ? texels / 8 : (texels + 7) / 8;
    if (wide > 0)
        parts.push_back({.out4 = 8, .blocks = wide, .firstTexel = 0});
    if (shortRest)
        parts.push_back({.out4 = 4, .blocks = 1, .firstTexel = wide * 8});
}

uint64_t Conv2dPacking::tableBytes() const
{
    return (uint64_t(paddedSteps) * 4 + 255) / 256 * 256;
}

uint64_t Conv2dPacking::offset(size_t part, size_t chunk) const
{
    uint64_t bytes = tableBytes();
    for (size_t p = 0; p <= part; ++p)
        for (size_t c = 0; c < (p == part ? chunk : chunks.size()); ++c)
            bytes += uint64_t(parts[p].blocks) * blockTexels(parts[p].out4, chunks[c]) * texel;
    return bytes;
}

uint64_t Conv2dPacking::bytes() const
{
    return offset(parts.size() - 1, chunks.size());
}

void packConv2d(
    const Conv2d& op, const TensorLayout& in, std::span<const float> weight,
    std::span<const float> bias, std::span<std::byte> out)
{
    const Conv2dPacking packing(op, in.shape, in.precision);
    fillTable(op, in, {reinterpret_cast<uint32_t*>(out.data()), size_t(packing.paddedSteps)});

    const Weights weights{op, in.shape.c, weight};
    if (in.precision == Precision::Fp16)
        fillChunks<uint16_t>(packing, weights, bias, out);
    else
        fillChunks<float>(packing, weights, bias, out);
}

std::vector<Dispatch>
conv2d(const Conv2d& op, const Placed& in, const Placed& out, const PlacedWeights& weights)
{
    const Conv2dPacking packing(op, in.layout.shape, in.layout.precision);
    const Geometry from(in.layout);
    const Geometry to(out.layout);
    const auto pixels = uint32_t(out.layout.shape.pixels());

    std::vector<Dispatch> dispatches;
    uint32_t firstStep = 0;
    for (size_t c = 0; c < packing.chunks.size(); ++c) {
        const bool last = c + 1 == packing.chunks.size();
        for (size_t p = 0; p < packing.parts.size(); ++p) {
            const Conv2dPacking::Part& part = packing.parts[p];
            const Push push{
                .identity = identity,
                .weights = weights.address + packing.offset(p, c),
                .offsets = weights.address + uint64_t(firstStep) * 4,
                .weightStride = blockTexels(part.out4, packing.chunks[c]),
                .pixels = pixels,
                .width = out.layout.shape.w,
                .inBase = from.base - op.padding.top * from.row - op.padding.left,
                .inRow = op.stride.h * from.row,
                .inColumn = op.stride.w,
                .outBase = to.base + part.firstTexel * to.plane,
                .outRow = to.row,
                .outPlane = to.plane,
                .outBlocks = out.layout.blocks() - part.firstTexel,
                .part = (c > 0 ? 1U : 0U) | (last ? 0U : 2U),
                .lowest = last && op.activation == Activation::Relu ? 0.0F : noLowest,
            };
            dispatches.push_back(
                {.shader = &shaders::conv2d,
                 .writes = out.layout.precision,
                 .constants = {groupLanes, packing.chunks[c], part.out4},
                 .bindings = bindings(in, out),
                 .push = PushBytes(push),
                 .groups = {(pixels + groupLanes - 1) / groupLanes, part.blocks, 1}});
        }
        firstStep += packing.chunks[c];
    }
    return dispatches;
}

} // namespace inceptoscope
