#pragma once

#include "graph/op.h"
#include "kernels/conv_forms.h"
#include "kernels/dispatch.h"

#include <optional>
#include <span>
#include <vector>

namespace inceptoscope {

/// What is a convolution to a kernel: itself, a fully connected op (a kernel as large as its
/// input), batch normalisation that stands alone (1x1, each channel with itself; its weights are
/// the factors and the summands). Nothing for other ops.
[[nodiscard]] std::optional<Conv2d> asConvolution(const Op& op, const Shape& in);

/// Bytes of the layer's packed parameters.
[[nodiscard]] uint64_t
conv2dBytes(const Conv2d& op, const Shape& in, Precision precision, ConvForm form);

/// `weight` is dense OIHW [outChannels, inChannels / groups, kh, kw]; groups are expanded with
/// zeros.
void packConv2d(
    const Conv2d& op, const TensorLayout& in, ConvForm form, std::span<const float> weight,
    std::span<const float> bias, std::span<std::byte> out);

/// A residual sum's convolution as the sum makes it: x + scale * convolution, then the sum's
/// activation. Its weights and biases are packed times the scale.
[[nodiscard]] Conv2d summed(const Conv2d& op, const Add& sum);

/// `addTo`: the result is added to what lies at `out`, before the activation. A form that
/// addsToWhatIsThere() can; others throw Error(Usage).
[[nodiscard]] std::vector<Dispatch> conv2d(
    const Conv2d& op, const Placed& in, const Placed& out, const PlacedWeights& weights,
    bool addTo = false);

} // namespace inceptoscope
