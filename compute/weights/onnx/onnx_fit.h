#pragma once

#include "graph/graph.h"
#include "weights/onnx/onnx_layers.h"

#include <optional>
#include <vector>

namespace inceptoscope {

/// By what the network multiplies the node's result: a residual branch ends in a scale, which
/// one side has in the convolution, another in the sum.
[[nodiscard]] double scaleOf(const Graph& graph, NodeId id);

/// The batch normalisation that the network has behind a layer as an op of its own.
[[nodiscard]] std::optional<NodeId> normBehind(const Graph& graph, NodeId id);

[[nodiscard]] bool hasBias(const Op& layer);

/// Whether all that follows the file's layer is batch normalisation as the network has it.
[[nodiscard]] bool isNormalisedBy(const BatchNorm& op, const OnnxLayer& layer);

/// The needed shape where only dimensions of 1 differ, since a 1x1 convolution is a fully
/// connected layer; otherwise the file's.
[[nodiscard]] std::vector<uint64_t>
shapeFor(const std::vector<uint64_t>& needed, const OnnxConstant& constant);

} // namespace inceptoscope
