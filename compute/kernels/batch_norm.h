#pragma once

#include "graph/op.h"
#include "kernels/dispatch.h"

#include <vector>

namespace inceptoscope {

/// Batch normalisation that stands alone is a 1x1 convolution of each channel with itself:
/// packed and run as that one. Its weights are the factors [channels, 1, 1, 1] and the summands.
[[nodiscard]] Conv2d asConvolution(const BatchNorm& op, const Shape& in);

[[nodiscard]] std::vector<Dispatch>
batchNorm(const BatchNorm& op, const Placed& in, const Placed& out, const PlacedWeights& weights);

} // namespace inceptoscope
