#pragma once

#include "graph/op.h"
#include "kernels/dispatch.h"
#include "kernels/products.h"

namespace inceptoscope {

/// The parameters of a convolution whose result is one pixel (ConvForm::Vector): the table of read
/// offsets, the biases as float32, and for each texel of output channels and each step (a texel of
/// input at a kernel position) the weights of its four channels.
struct VectorPacking
{
    uint32_t steps = 0;
    uint32_t outTexels = 0;
    uint32_t texel = 16; ///< bytes of four stored values

    VectorPacking(uint32_t steps, uint32_t outChannels, Precision precision);
    [[nodiscard]] uint64_t biasOffset() const;   ///< bytes from the layer's start
    [[nodiscard]] uint64_t matrixOffset() const; ///< a multiple of 256
    [[nodiscard]] uint64_t bytes() const;
};

void packVector(
    const VectorPacking& packing, Precision precision, const ProductValues& values,
    std::span<std::byte> out);

/// A matrix times a vector, each four output channels by a subgroup. The device must be able to add
/// across a subgroup (DeviceInfo::subgroupArithmetic).
[[nodiscard]] Dispatch vectorProduct(
    const Conv2d& op, const Placed& in, const Placed& out, const PlacedWeights& weights,
    const VectorPacking& packing);

} // namespace inceptoscope
