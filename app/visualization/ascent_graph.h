#pragma once

#include "graph/graph.h"
#include "session/session.h"
#include "weights/tensor_source.h"
#include "zoo/network.h"

#include <memory>
#include <optional>
#include <vector>

namespace inceptoscope {

/// What is to be excited.
struct AscentTarget
{
    NodeId node = 0;
    std::optional<uint32_t> channel = std::nullopt; ///< without: all that the node has
    bool linear = true; ///< before the node's ReLU, which may give nothing back
};

/// A network up to a target, with the backward pass to the picture behind it; nothing else of it.
struct AscentGraph
{
    Graph graph;
    NodeId of = 0;
    std::optional<uint32_t> channel;
    NodeId seed = 0; ///< "d/OF", to be given
    NodeId byInput = 0;
    ModuleId backward = 0; ///< the first module of the backward pass
};

/// A channel of a concatenation is taken where it is made, one of the probabilities before the
/// softmax. Throws Error(Usage) for a channel that isn't there, a target that the picture has no
/// influence on, and one that can't be had of such an input.
[[nodiscard]] AscentGraph
ascentGraph(const Graph& graph, const AscentTarget& target, const Shape& input);

/// A session's options for such a graph: only the target and the gradient stay readable, and forms
/// are those of the table, so that the last digits are the same the next time.
[[nodiscard]] SessionOptions ascentOptions(const AscentGraph& graph, const std::string& network);

} // namespace inceptoscope
