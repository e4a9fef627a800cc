#include "kernels/vector_product.h"

namespace inceptoscope {

Dispatch vectorProduct(
    const Conv2d& op, const Placed& in, const Placed& out, const PlacedWeights& weights,
    const MatrixPacking& packing)
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
        .steps = packing.paddedSteps,
        .inBase = firstWindow(op, Geometry(in.layout)),
        .outBase = to.base,
        .outPlane = to.plane,
        .outTexels = packing.blocks,
        .lowest = lowestOf(op.activation)};
    const Binding matrix{
        Memory::Weights, texelAccess(out.layout.precision), weights.offset + packing.matrixOffset(),
        packing.bytes() - packing.matrixOffset()};
    return {
        .shader = &shaders::conv2d_vector,
        .precision = out.layout.precision,
        .constants = {lanes},
        .bindings = {in.texels(), matrix, out.written()},
        .push = PushBytes(push),
        .groups = {(packing.blocks + usualSubgroups - 1) / usualSubgroups, 1, 1},
        .macs = uint64_t(packing.blocks) * packing.paddedSteps * 16};
}

} // namespace inceptoscope
