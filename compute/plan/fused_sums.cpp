#include "plan/fused_sums.h"

#include <algorithm>

namespace inceptoscope {

namespace {

/// A convolution that is nothing but the sum's second operand, with memory of its own.
bool isOnlyFor(
    const Graph& graph, NodeId id, NodeId sum, const std::vector<NodeId>& roots,
    const std::vector<bool>& wanted)
{
    const auto* conv = std::get_if<Conv2d>(&graph[id].op);
    return conv != nullptr && conv->kernel == Extent{1, 1} && conv->stride == Extent{1, 1} &&
           conv->groups == 1 && conv->activation == Activation::None && !wanted[id] &&
           roots[id] == id && graph.consumers(id) == std::vector<NodeId>{sum};
}

/// Whether x, and everything that lies in its memory, is done with when the sum is made.
bool isDone(
    const Graph& graph, NodeId x, NodeId convolution, NodeId sum, const std::vector<NodeId>& roots,
    const std::vector<bool>& wanted)
{
    const NodeId root = roots[x];
    const auto* gradient = std::get_if<GradientOp>(&graph[root].op);
    if (std::holds_alternative<Input>(graph[root].op) ||
        (gradient != nullptr && std::holds_alternative<Given>(*gradient)) ||
        graph[root].shape != graph[x].shape)
        return false;
    for (NodeId id = 0; id < graph.size(); ++id) {
        if (roots[id] != root)
            continue;
        const std::vector<NodeId>& readers = graph.consumers(id);
        const bool read = std::any_of(readers.begin(), readers.end(), [&](NodeId reader) {
            return reader >= convolution && reader != sum && roots[reader] != root;
        });
        if (wanted[id] || read)
            return false;
    }
    return true;
}

} // namespace

std::vector<FusedSum>
fuseSums(const Graph& graph, std::vector<NodeId>& roots, const std::vector<bool>& wanted)
{
    std::vector<FusedSum> found;
    for (NodeId sum = 0; sum < graph.size(); ++sum) {
        if (!std::holds_alternative<Add>(graph[sum].op) || roots[sum] != sum)
            continue;
        const NodeId x = graph[sum].inputs[0];
        const NodeId convolution = graph[sum].inputs[1];
        if (!isOnlyFor(graph, convolution, sum, roots, wanted) ||
            !isDone(graph, x, convolution, sum, roots, wanted))
            continue;
        roots[sum] = roots[convolution] = roots[x];
        found.push_back({convolution, sum});
    }
    return found;
}

} // namespace inceptoscope
