#pragma once

#include "graph/layers.h"

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace inceptoscope {

// Ops of losses, of backward passes (compute/gradient) and of training. dy is the derivative by the
// forward op's result, dz the same before its activation; `layer` is the forward op's NodeId in the
// same graph, whose parameters it takes. What belongs to a parameter or is the loss is one for a
// batch: the sum over its pictures, of the loss the mean.

/// A tensor that the caller gives before a run: a loss's target, the derivative a pass starts from.
struct Given
{
    Shape shape;
};

/// Channels `first` to first + channels - 1: of a concatenation's gradient a branch's part. A view
/// where it starts on a texel.
struct Slice
{
    uint32_t first = 0;
    uint32_t channels = 0;
};

/// y = factor * x.
struct Scale
{
    float factor = 1.0F;
};

/// (y, dy) -> dz: dy where y > 0, and 0 where y is exactly 0.
struct ReluGradient
{
};

/// dz -> the input's gradient as a convolution with stride 1, whose weights are the layer's,
/// flipped and transposed. Of a stride s, s * s results lie side by side in the channels, each of
/// the inputs whose position has one remainder by s (graph/transposed_conv.h); Interleave puts them
/// in place.
struct ConvInputGradient
{
    uint32_t layer = 0;
    Conv2d conv; ///< as layerConvolution() sees the layer
    Shape in;    ///< of the layer's input
};

/// out[c][y][x] = in[(c * sh + ry) * sw + rx][qy][qx] with y + first.h = sh * qy + ry, likewise x.
struct Interleave
{
    Extent stride;
    uint32_t firstRow = 0;
    uint32_t firstColumn = 0;
    Shape out;
};

/// (x, dz) -> {out, in / groups, kernel positions}, in this order what checkpoints have: the sum
/// over pixels and pictures of dz times the input under each weight.
struct WeightGradient
{
    Conv2d conv; ///< as layerConvolution() sees the layer
};

/// Over all pixels and pictures: {c, 1, 1}.
struct ChannelSum
{
};

/// What of a layer a derivative is by. Batch normalisation and scale are folded into the weights
/// that run; the checkpoint's own gradients follow from the folded ones channel by channel.
enum class ParameterRole : uint32_t
{
    Weight,
    Bias,
    Gamma,
    Beta,
    Mean,    ///< running statistics: constants of the pass
    Variance ///< likewise
};

/// A gradient of the folded layer times what folding multiplied this parameter with, a channel.
struct Unfold
{
    uint32_t layer = 0;
    ParameterRole role = ParameterRole::Weight; ///< Weight, Bias or Beta
};

/// (WeightGradient, ChannelSum of dz) -> {c, 1, 1}. The sum of dz times what the normalisation
/// makes of the convolution's result; the sum over pixels of dz times that result is the sum over
/// the weights of each times its WeightGradient, so that nobody has to keep it.
struct GammaGradient
{
    uint32_t layer = 0;
    Conv2d conv; ///< as layerConvolution() sees the layer
};

/// Of a maximum pool's input: where in each window its maximum is, row times columns + column;
/// the first one where several are equal.
struct MaxPoolIndices
{
    Pool2d pool;
};

/// (indices, dy) -> dx.
struct MaxPoolGradient
{
    Pool2d pool;
    Shape in;
};

/// dy -> dx; each window's divisor is its own.
struct AvgPoolGradient
{
    Pool2d pool;
    Shape in;
};

/// dy -> dx.
struct AdaptiveAvgPoolGradient
{
    Shape in;
};

/// (x, dy) -> dx.
struct LrnGradient
{
    Lrn lrn;
};

/// (y, dy) -> dx = y * (dy - sum(y * dy)).
struct SoftmaxGradient
{
};

/// (x, dy) -> dx = (dy - y * sum(y * dy)) / |x|.
struct L2NormalizeGradient
{
};

/// (logits, target) -> {1, 1, 1}: -sum(target * log softmax), of a batch the mean. The target is a
/// distribution: 1 for the class, or with label smoothing e (1 - e) there and e / classes
/// everywhere.
struct CrossEntropy
{
};

/// (logits, target, dloss) -> (softmax - target) * dloss / n.
struct CrossEntropyGradient
{
};

// Batch normalisation in training mode (graph/training_graph.h), by the batch's own statistics.

/// x -> {c, 1, 2}: each channel's mean over pixels and pictures, then its variance, the biased one
/// (divided by how many values there are).
struct BatchStatistics
{
};

/// (x, statistics) -> activation(scale * (gamma * (x - mean) / sqrt(variance + eps) + beta)).
struct BatchNormalize
{
    uint32_t layer = 0; ///< which has gamma and beta
    float eps = 1e-3F;
    float scale = 1.0F;
    Activation activation = Activation::None;
};

/// (statistics, running statistics) -> those after a step: (1 - momentum) * old + momentum * new,
/// of the variance the unbiased one (PyTorch).
struct RunningStatistics
{
    float momentum = 0.1F;
    uint64_t values = 2; ///< of a channel in the batch
};

/// (x, statistics, dz) -> {c, 1, 2}: the sums over pixels and pictures of dz, and of dz times the
/// normalised x.
struct BatchNormSums
{
    float eps = 1e-3F;
};

/// {c, 1, k} -> {c, 1, 1}: factor times one column.
struct Column
{
    uint32_t column = 0;
    float factor = 1.0F;
};

/// (x, statistics, dz, sums) -> dx, also through the mean and the variance: with f = scale * gamma
/// / sqrt(variance + eps) and m values a channel, f * (dz - (sum of dz + normalised x * sum of
/// products) / m).
struct BatchNormGradient
{
    uint32_t layer = 0; ///< which has gamma
    float eps = 1e-3F;
    float scale = 1.0F;
};

using GradientOp = std::variant<
    Given, Slice, Scale, ReluGradient, ConvInputGradient, Interleave, WeightGradient, ChannelSum,
    Unfold, GammaGradient, MaxPoolIndices, MaxPoolGradient, AvgPoolGradient,
    AdaptiveAvgPoolGradient, LrnGradient, SoftmaxGradient, L2NormalizeGradient, CrossEntropy,
    CrossEntropyGradient, BatchStatistics, BatchNormalize, RunningStatistics, BatchNormSums, Column,
    BatchNormGradient>;

/// "given", "slice", "relu_gradient", "conv_input_gradient": the names of the kernels.
[[nodiscard]] std::string gradientOpName(const GradientOp& op);

/// How many inputs the op takes.
[[nodiscard]] size_t inputCount(const GradientOp& op);

/// Shape of the result. Throws Error(Usage) where the op can't take these inputs.
[[nodiscard]] Shape
inferShape(const GradientOp& op, const std::vector<Shape>& inputs, const std::string& what);

} // namespace inceptoscope
