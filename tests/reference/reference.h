#pragma once

#include "graph/graph.h"
#include "weights/tensor_source.h"
#include "zoo/network.h"

#include <cstdint>
#include <map>
#include <span>
#include <vector>

namespace inceptoscope {

/// A tensor at batch 1, values in C,H,W order.
struct ReferenceInput
{
    Shape shape;
    std::span<const double> values;
};

/// Parameters of one layer as a checkpoint stores them, nothing folded; empty where it has none.
struct ReferenceWeights
{
    std::vector<double> weight = {}; ///< OIHW, or [out, in] of a fully connected layer
    std::vector<double> bias = {};
    std::vector<double> gamma = {}; ///< batch normalisation
    std::vector<double> beta = {};
    std::vector<double> mean = {};
    std::vector<double> variance = {};
};

/// One op on the CPU in double precision, written to be read beside its definition: no
/// folding, no tiling, nothing shared with the kernels or with loadLayer(). The result is in
/// C,H,W order with the shape of inferShape(); `weights` matter to convolutions and fully
/// connected layers only. Throws Error(Usage) for shapes that don't fit. Input returns its one
/// input as it is.
[[nodiscard]] std::vector<double> referenceOp(
    const Op& op, const std::vector<ReferenceInput>& inputs, const ReferenceWeights& weights = {});

/// The same of an op of a backward pass or a loss: `weights` are those of its layer, which is
/// `layer` as layerConvolution() sees it (of no matter to ops without one). Given is all zero.
[[nodiscard]] std::vector<double> referenceGradientOp(
    const GradientOp& op, const std::vector<ReferenceInput>& inputs,
    const ReferenceWeights& weights, const Conv2d& layer);

/// Reads a layer's tensors under the keys its name asks for: NAME.weight and NAME.bias, or
/// NAME.conv.weight, NAME.conv.bias, NAME.bn.weight, .bias, .running_mean, .running_var where
/// the convolution is batch normalised. Throws Error(BadInput) for a missing key or another
/// number of elements.
[[nodiscard]] ReferenceWeights
referenceWeights(const Graph& graph, NodeId id, const TensorSource& source);

/// Values of every node, by NodeId, each in C,H,W order, of a batch one picture after the other;
/// those of auxiliary heads are empty unless asked for. `input` is [C,H,W], fed as it is; `given`
/// has the values of nodes that the graph leaves to the caller.
[[nodiscard]] std::vector<std::vector<double>> referenceRun(
    const Graph& graph, const TensorSource& source, std::span<const float> input,
    bool auxiliary = false, const std::map<NodeId, std::vector<double>>& given = {});
/// The same of an input in double precision.
[[nodiscard]] std::vector<std::vector<double>> referenceRun(
    const Graph& graph, const TensorSource& source, const std::vector<double>& input,
    bool auxiliary = false, const std::map<NodeId, std::vector<double>>& given = {});

/// A picture of the network's input size, given as RGB planes [3][h][w], as the network's input
/// tensor [3,h,w]: order, range, mean and scale of `preprocessing`, without any resizing.
[[nodiscard]] std::vector<double>
referencePreprocess(std::span<const uint8_t> planes, const Preprocessing& preprocessing);

/// |actual - expected| / |expected| in the Euclidean norm: the one measure of our bounds.
/// Infinite where sizes differ, or where `expected` is all zero and `actual` is not; NaN where
/// a value is NaN, so write the comparison as `error <= bound`.
[[nodiscard]] double relativeL2(std::span<const double> actual, std::span<const double> expected);
[[nodiscard]] double relativeL2(std::span<const float> actual, std::span<const double> expected);

} // namespace inceptoscope
