#pragma once

#include "graph/op.h"
#include "kernels/conv_forms.h"
#include "kernels/dispatch.h"

#include <span>
#include <vector>

namespace inceptoscope {

// The kernels of backward passes and losses, each in the file of its name; float32. What they
// compute is said at the ops (graph/gradient_op.h). Each call is one picture's; of what is a sum
// over the batch all but the first come with `more` and add to what there is.

[[nodiscard]] Dispatch reluGradient(const Placed& y, const Placed& dy, const Placed& out);
[[nodiscard]] Dispatch scale(const Scale& op, const Placed& in, const Placed& out);
/// For slices that are no views.
[[nodiscard]] Dispatch slice(const Slice& op, const Placed& in, const Placed& out);
[[nodiscard]] Dispatch interleave(const Interleave& op, const Placed& in, const Placed& out);
/// Of a convolution, a fully connected op and batch normalisation as layerConvolution() sees them.
/// In the direct form, where it fits, a product over pixels by the straight-line code of
/// convolutions: dz takes the place of the weights, in `weights`, what each weight reads that of
/// the picture, in Memory::Sums. Else each invocation sums over all pixels.
[[nodiscard]] std::vector<Dispatch> weightGradient(
    const Conv2d& conv, const Placed& x, const Placed& dz, const Placed& out,
    const PlacedWeights& weights, bool more);
[[nodiscard]] bool weightProductsFit(const Conv2d& conv, const Shape& in);
/// Bytes in Memory::Weights that the product takes, and what lies there before the first run.
[[nodiscard]] uint64_t weightProductsBytes(const Conv2d& conv, const Shape& in);
void packWeightProducts(const Conv2d& conv, const Shape& in, std::span<std::byte> out);
[[nodiscard]] Dispatch channelSum(const Placed& in, const Placed& out, bool more);
/// `factors`: a texel for four channels.
[[nodiscard]] Dispatch unfold(const Placed& in, const Binding& factors, const Placed& out);
/// `weights`: for four output channels a texel a weight of the checkpoint; `table`: for four
/// channels a texel of factors and one of shifts.
[[nodiscard]] Dispatch gammaGradient(
    const Placed& products, const Placed& sums, const Binding& weights, const Binding& table,
    const Placed& out);
[[nodiscard]] Dispatch maxPoolIndices(const Pool2d& op, const Placed& in, const Placed& out);
[[nodiscard]] Dispatch
maxPoolGradient(const Pool2d& op, const Placed& indices, const Placed& dy, const Placed& out);
[[nodiscard]] Dispatch avgPoolGradient(const Pool2d& op, const Placed& dy, const Placed& out);
[[nodiscard]] Dispatch adaptiveAvgPoolGradient(const Placed& dy, const Placed& out);
/// Throws Error(Unsupported) for a window of more than 9 channels.
[[nodiscard]] Dispatch
lrnGradient(const Lrn& op, const Placed& x, const Placed& dy, const Placed& out);
[[nodiscard]] Dispatch softmaxGradient(const Placed& y, const Placed& dy, const Placed& out);
[[nodiscard]] Dispatch l2NormalizeGradient(const Placed& x, const Placed& dy, const Placed& out);
[[nodiscard]] Dispatch
crossEntropy(const Placed& logits, const Placed& target, const Placed& out, bool more);
[[nodiscard]] Dispatch crossEntropyGradient(
    const Placed& logits, const Placed& target, const Placed& dloss, const Placed& out);

/// Batch normalisation by the batch's statistics. `table`: for four channels a texel of factors and
/// one of summands. Of the statistics first the means of all pictures, then the variances.
[[nodiscard]] Dispatch batchMean(const Placed& x, const Placed& out, bool more);
[[nodiscard]] Dispatch batchVariance(const Placed& x, const Placed& out, bool more);
[[nodiscard]] Dispatch batchNormalize(
    const BatchNormalize& op, const Placed& x, const Placed& statistics, const Binding& table,
    const Placed& out);
[[nodiscard]] Dispatch batchNormSums(
    const BatchNormSums& op, const Placed& x, const Placed& statistics, const Placed& dz,
    const Placed& out, bool more);
/// A column of a tensor of one row.
[[nodiscard]] Dispatch column(const Column& op, const Placed& in, const Placed& out);
/// In the order of the op's inputs: x, statistics, dz, sums.
[[nodiscard]] Dispatch batchNormGradient(
    const BatchNormGradient& op, const std::vector<Placed>& in, const Binding& table,
    const Placed& out);
[[nodiscard]] Dispatch runningStatistics(
    const RunningStatistics& op, const Placed& statistics, const Placed& running,
    const Placed& out);

/// Bytes of the texels that gammaGradient() takes as `weights`, and where they are: a layer's
/// weights, dense OIHW, to four output channels a texel.
[[nodiscard]] uint64_t kernelTexels(const Conv2d& conv, const Shape& in);
void packKernel(
    const Conv2d& conv, const Shape& in, std::span<const float> weight, std::span<float> out);

} // namespace inceptoscope
