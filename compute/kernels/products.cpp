#include "kernels/products.h"

#include "kernels/stored_value.h"

#include <algorithm>
#include <array>
#include <numeric>

namespace inceptoscope {

namespace {

/// Wide enough to spread the cost of a group, narrow enough that few lanes idle at 7x7 pixels.
constexpr uint32_t groupLanes = 16;

/// Of a block: OUT4 in shaders/conv2d.comp.
constexpr uint32_t outTexels = 8;
constexpr uint32_t outChannels = outTexels * 4;
/// Of a round of the loop: SET there.
constexpr uint32_t roundSteps = 3;

/// Mirrors shaders/conv2d.comp.
struct Push
{
    std::array<uint32_t, 8> identity;
    uint64_t weights;
    uint64_t offsets;
    uint32_t weightStride, blocks, pixels, width;
    uint32_t inBase, inRow, inColumn, inBatch;
    uint32_t outBase, outRow, outPlane, outBatch, outBlocks;
    uint32_t part;
    float lowest;
    uint32_t steps;
};

constexpr std::array<uint32_t, 8> identity{0, 1, 2, 3, 4, 5, 6, 7};

/// What a dispatch costs before it does anything, in steps of one lane and a block of 32 channels:
/// 25 us, for two threads that have to be woken.
constexpr uint32_t dispatchSteps = 8000;

/// Straight-line chunks of few sizes, so that few pipelines serve all layers: each takes a driver's
/// time, and a fifth of a megabyte a step. One chunk more costs about as much as eight steps, since
/// the sums are read and written again, and a dispatch, which counts where there are few `lanes`:
/// pixels times blocks of channels.
std::vector<uint32_t> cut(uint32_t steps, uint64_t lanes)
{
    constexpr std::array<uint32_t, 4> sizes{96, 48, 24, 9};
    const auto another = uint32_t(8 + dispatchSteps / lanes);
    if (steps == 49)
        return {51}; // 7x7 over three channels, GoogLeNet's largest layer but for one
    std::vector<uint32_t> cost(steps + 1, 0);
    std::vector<uint32_t> first(steps + 1, 0);
    for (uint32_t n = 1; n <= steps; ++n) {
        cost[n] = ~0U;
        for (const uint32_t size : sizes) {
            const uint32_t with = size + another + cost[n - std::min(n, size)];
            if (with < cost[n]) {
                cost[n] = with;
                first[n] = size;
            }
        }
    }
    std::vector<uint32_t> chunks;
    for (uint32_t left = steps; left > 0; left -= std::min(left, first[left]))
        chunks.push_back(first[left]);
    return chunks;
}

/// Biases and weights of a block.
constexpr uint32_t blockTexels(uint32_t steps)
{
    return outTexels + steps * 4 * outTexels;
}

template <class Value> class Writer
{
public:
    Writer(const ProductPacking& packing, const ProductValues& values)
        : m_packing(packing)
        , m_values(values)
    {
    }

    void fill(std::span<std::byte> out) const
    {
        uint32_t firstStep = 0;
        for (size_t c = 0; c < m_packing.chunks.size(); ++c) {
            Value* to = valuesIn<Value>(out.subspan(m_packing.offset(c))).data();
            for (uint32_t batch = 0; batch < m_packing.batch; ++batch)
                for (uint32_t b = 0; b < m_packing.blocks; ++b)
                    to = block(b, batch, firstStep, m_packing.chunks[c], to);
            firstStep += m_packing.chunks[c];
        }
    }

private:
    Value* block(uint32_t b, uint32_t batch, uint32_t firstStep, uint32_t steps, Value* to) const
    {
        const uint32_t channel = b * outChannels;
        for (uint32_t o = channel; o < channel + outChannels; ++o)
            *to++ =
                stored<Value>(firstStep == 0 && o < m_values.bias.size() ? m_values.bias[o] : 0.0F);
        std::array<float, outChannels> row{};
        for (uint32_t s = firstStep; s < firstStep + steps; ++s) {
            for (uint32_t lane = 0; lane < 4; ++lane) {
                row.fill(0.0F);
                if (s < m_packing.steps)
                    m_values.weights(batch, s, lane, channel, row);
                to = std::transform(row.begin(), row.end(), to, stored<Value>);
            }
        }
        return to;
    }

    const ProductPacking& m_packing;
    const ProductValues& m_values;
};

} // namespace

ProductPacking::ProductPacking(
    uint32_t theSteps, uint32_t channels, uint32_t theBatch, uint64_t pixels, Precision precision,
    SumCode theCode)
    : blocks((channels + outChannels - 1) / outChannels)
    , steps(theSteps)
    , batch(theBatch)
    , texel(texelBytes(precision))
    , code(theCode)
{
    const uint64_t lanes = (pixels + groupLanes - 1) / groupLanes * groupLanes * batch;
    if (code == SumCode::Loop)
        chunks = {(steps + roundSteps - 1) / roundSteps * roundSteps};
    else
        chunks = cut(steps, std::max<uint64_t>(1, lanes * blocks));
    paddedSteps = std::accumulate(chunks.begin(), chunks.end(), 0U);
}

uint32_t productRow(uint32_t step)
{
    return blockTexels(step);
}

uint64_t ProductPacking::tableBytes() const
{
    return (uint64_t(paddedSteps) * 4 + 255) / 256 * 256;
}

uint64_t ProductPacking::offset(size_t chunk) const
{
    uint64_t bytes = tableBytes();
    for (size_t c = 0; c < chunk; ++c)
        bytes += uint64_t(blocks) * batch * blockTexels(chunks[c]) * texel;
    return bytes;
}

uint64_t ProductPacking::bytes() const
{
    // What a loop reads and doesn't use: a round behind the last weights, see the shader.
    const uint64_t unused = code == SumCode::Loop ? roundSteps * 4 * outTexels * texel : 0;
    return offset(chunks.size()) + unused;
}

void packProducts(
    const ProductPacking& packing, Precision precision, const ProductValues& values,
    std::span<std::byte> out)
{
    auto* table = reinterpret_cast<uint32_t*>(out.data());
    for (uint32_t s = 0; s < packing.paddedSteps; ++s)
        table[s] = s < packing.steps ? values.offset(s) : 0;
    if (precision == Precision::Fp16)
        Writer<uint16_t>(packing, values).fill(out);
    else
        Writer<float>(packing, values).fill(out);
}

std::vector<Dispatch>
products(const ProductPacking& packing, const ProductPlaces& places, const PlacedWeights& weights)
{
    const auto bindings = [&](const Binding& before) {
        std::vector<Binding> all{places.source, before, places.result};
        if (places.sums)
            all.push_back(*places.sums);
        return all;
    };
    const uint32_t groups = (places.pixels + groupLanes - 1) / groupLanes;
    std::vector<Dispatch> dispatches;
    uint32_t firstStep = 0;
    for (size_t c = 0; c < packing.chunks.size(); ++c) {
        const uint32_t steps = packing.chunks[c];
        const bool last = c + 1 == packing.chunks.size();
        const bool adds = c > 0 || places.addTo;
        const Push push{
            .identity = identity,
            .weights = weights.address + packing.offset(c),
            .offsets = weights.address + uint64_t(firstStep) * 4,
            .weightStride = blockTexels(steps),
            .blocks = packing.blocks,
            .pixels = places.pixels,
            .width = places.width,
            .inBase = places.inBase,
            .inRow = places.inRow,
            .inColumn = places.inColumn,
            .inBatch = places.inBatch,
            .outBase = places.outBase,
            .outRow = places.outRow,
            .outPlane = places.outPlane,
            .outBatch = places.outBatch,
            .outBlocks = places.outTexels,
            .part = (adds ? 1U : 0U) | (last ? 0U : 2U),
            .lowest = last && places.relu ? 0.0F : noLowest,
            .steps = steps,
        };
        dispatches.push_back(
            {.shader = &shaders::conv2d,
             .precision = places.precision,
             .constants = {groupLanes, packing.code == SumCode::Loop ? 0U : steps},
             .bindings = bindings(c == 0 && places.addTo ? *places.addTo : places.before),
             .push = PushBytes(push),
             .groups = {groups, packing.blocks, packing.batch},
             .macs = uint64_t(groups) * groupLanes * packing.blocks * packing.batch * steps * 4 *
                     outChannels});
        firstStep += steps;
    }
    return dispatches;
}

} // namespace inceptoscope
