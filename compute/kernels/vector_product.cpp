#include "kernels/vector_product.h"

#include "kernels/matrix.h"
#include "kernels/stored_value.h"

#include <algorithm>
#include <array>

namespace inceptoscope {

namespace {

template <class Value>
void fill(const VectorPacking& packing, const ProductValues& values, Value* to)
{
    for (uint32_t texel = 0; texel < packing.outTexels; ++texel) {
        for (uint32_t step = 0; step < packing.steps; ++step) {
            for (uint32_t lane = 0; lane < 4; ++lane) {
                std::array<float, 4> four{};
                values.weights(0, step, lane, texel * 4, four);
                to = std::transform(four.begin(), four.end(), to, stored<Value>);
            }
        }
    }
}

} // namespace

VectorPacking::VectorPacking(uint32_t theSteps, uint32_t outChannels, Precision precision)
    : steps(theSteps)
    , outTexels((outChannels + 3) / 4)
    , texel(texelBytes(precision))
{
}

uint64_t VectorPacking::biasOffset() const
{
    return roundUp(uint64_t(steps) * 4, 256);
}

uint64_t VectorPacking::matrixOffset() const
{
    return roundUp(biasOffset() + uint64_t(outTexels) * 16, 256);
}

uint64_t VectorPacking::bytes() const
{
    return matrixOffset() + bindableBytes(uint64_t(outTexels) * steps * 4 * texel);
}

void packVector(
    const VectorPacking& packing, Precision precision, const ProductValues& values,
    std::span<std::byte> out)
{
    std::fill(out.begin(), out.end(), std::byte(0));
    packOffsetsAndBiases(packing.steps, packing.biasOffset(), values, out);
    std::byte* matrix = out.data() + packing.matrixOffset();
    if (precision == Precision::Fp16)
        fill(packing, values, reinterpret_cast<uint16_t*>(matrix));
    else
        fill(packing, values, reinterpret_cast<float*>(matrix));
}

Dispatch vectorProduct(
    const Conv2d& op, const Placed& in, const Placed& out, const PlacedWeights& weights,
    const VectorPacking& packing)
{
    struct Push
    {
        uint64_t biases, offsets;
        uint32_t steps, inBase;
        uint32_t outBase, outPlane, outTexels;
        float lowest;
    };
    constexpr uint32_t lanes = 64;         // of a workgroup: one subgroup or several
    constexpr uint32_t usualSubgroups = 2; // of 32 lanes; more or fewer come out right, too
    const Geometry to(out.layout);
    const Push push{
        .biases = weights.address + packing.biasOffset(),
        .offsets = weights.address,
        .steps = packing.steps,
        .inBase = firstWindow(op, Geometry(in.layout)),
        .outBase = to.base,
        .outPlane = to.plane,
        .outTexels = packing.outTexels,
        .lowest = lowestOf(op.activation)};
    const Binding matrix{
        Memory::Weights, texelAccess(out.layout.precision), weights.offset + packing.matrixOffset(),
        packing.bytes() - packing.matrixOffset()};
    return {
        .shader = &shaders::conv2d_vector,
        .writes = out.layout.precision,
        .constants = {lanes},
        .bindings = {in.texels(), matrix, out.written()},
        .push = PushBytes(push),
        .groups = {(packing.outTexels + usualSubgroups - 1) / usualSubgroups, 1, 1},
        .macs = uint64_t(packing.outTexels) * packing.steps * 16};
}

} // namespace inceptoscope
