#pragma once

#include "graph/graph.h"

#include <optional>
#include <string>
#include <vector>

namespace inceptoscope {

/// A parameter of a layer: its weight, bias, or its batch normalisation's gamma or beta.
struct LayerParameter
{
    NodeId layer = 0;
    ParameterRole role = ParameterRole::Weight;
    bool operator==(const LayerParameter&) const = default;
};

/// By what a derivative is wanted.
struct Wrt
{
    std::vector<NodeId> nodes = {}; ///< their results; the input is node 0
    std::vector<LayerParameter> parameters = {};
};

/// The graph with a backward pass appended: another graph, which is planned, costed, run and timed
/// as any. Nodes and modules of `graph` keep their ids. What is new:
/// - node "d/OF" (a Given of OF's shape): the derivative to start from, which the caller sets
/// before
///   a run: 1 for a loss, 1 at one class for its logit.
/// - node "d/NAME" for each wanted node, of its shape: the derivative of sum(d/OF * OF) by NAME,
///   summed over all who read it; after NAME's own activation, as it is read by others.
/// - node "d/NAME.weight" and so on (gradientName) for each wanted parameter, in the checkpoint's
///   order of values: {out, in / groups, kernel} of a weight, {c, 1, 1} of the others. Batch
///   normalisation takes running statistics, which are constants of the pass.
/// Nothing else is computed. Throws Error(Usage) for what has no influence on `of`, or isn't there.
[[nodiscard]] Graph gradient(const Graph& graph, NodeId of, const Wrt& wrt);

/// "d/input", "d/inception_3a/output".
[[nodiscard]] std::string gradientName(const Graph& graph, NodeId node);
/// "d/conv1.weight", "d/conv1.bias", "d/conv1.gamma", "d/conv1.beta", by the layer's name.
[[nodiscard]] std::string gradientName(const Graph& graph, const LayerParameter& parameter);

/// Whether a parameter of the network has a derivative: not the running statistics.
[[nodiscard]] constexpr bool isTrainable(ParameterRole role)
{
    return role != ParameterRole::Mean && role != ParameterRole::Variance;
}

/// By NodeId whether `of` depends on it.
[[nodiscard]] std::vector<bool> influences(const Graph& graph, NodeId of);

} // namespace inceptoscope
