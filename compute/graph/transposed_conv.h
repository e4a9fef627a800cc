#pragma once

#include "graph/op.h"

#include <optional>

namespace inceptoscope {

/// A layer as the convolution whose gradient is taken: itself; a fully connected op as one whose
/// stride is its kernel, as large as the input; batch normalisation that stands alone as one a
/// channel. Nothing for ops without weights.
[[nodiscard]] std::optional<Conv2d> layerConvolution(const Op& op, const Shape& in);

/// The gradient by a convolution's input as a convolution of dz with stride 1.
///
/// Input row i is read by output row y with the weight of row k = i + top - y * s. With
/// i + top = s * q + r that is k = r + s * (q - y): for each remainder r a convolution of dz with
/// every s-th row of the kernel, from the last to the first. The results for all remainders are
/// channels of one convolution, channel c * sh * sw + r.h * sw + r.w, whose row 0 is q = firstRow.
struct TransposedConv
{
    Conv2d conv; ///< without bias, activation and scale
    int32_t firstRow = 0;
    int32_t firstColumn = 0;

    /// Whether its result isn't the gradient yet.
    [[nodiscard]] bool interleaved(const ConvInputGradient& op, const Shape& dz) const;
};

[[nodiscard]] TransposedConv transposed(const ConvInputGradient& op, const Shape& dz);

/// What puts the results of transposed() in their places.
[[nodiscard]] Interleave interleave(const ConvInputGradient& op, const Shape& dz);

/// The layer's weights, dense OIHW, as those of transposed().conv.
[[nodiscard]] std::vector<float>
transposedWeights(const ConvInputGradient& op, const std::vector<float>& weight);

} // namespace inceptoscope
