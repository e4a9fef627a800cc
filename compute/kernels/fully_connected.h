#pragma once

#include "graph/op.h"
#include "kernels/dispatch.h"

#include <span>

namespace inceptoscope {

[[nodiscard]] uint64_t
fullyConnectedBytes(const FullyConnected& op, const Shape& in, Precision precision);

/// `weight` is [out, C*H*W]; packed as [step][unit] texels, a step being four input channels
/// of one pixel, then the biases.
void packFullyConnected(
    const FullyConnected& op, const Shape& in, Precision precision, std::span<const float> weight,
    std::span<const float> bias, std::span<std::byte> out);

[[nodiscard]] Dispatch fullyConnected(
    const FullyConnected& op, const Placed& in, const Placed& out, const PlacedWeights& weights);

} // namespace inceptoscope
