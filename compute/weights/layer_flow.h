#pragma once

#include "graph/graph.h"

#include <string>
#include <vector>

namespace inceptoscope {

/// One part of a network as far as it tells where weights belong.
struct FlowNode
{
    enum class Kind : uint32_t
    {
        Input,
        Layer, ///< convolution or fully connected
        MaxPool,
        AveragePool, ///< of any window: a global one may be written in many ways
        Concat,      ///< along channels; operands that are concatenations are written out
        Add,         ///< a residual sum; its operands have no order
        Other        ///< something that has no place in our networks
    };
    Kind kind = Kind::Other;
    std::vector<size_t> inputs = {}; ///< indices of earlier nodes
    size_t source = 0; ///< a layer's: its NodeId, or its index among the layers of a file
    std::vector<uint64_t> weight = {}; ///< a layer's: OIHW or [out, in]
    Extent stride = {1, 1};
    Extent dilation = {1, 1};
    std::string label = {}; ///< Other: its op
};

/// The parts in topological order. Activations, normalisations, reshapes and the like are left
/// out: weights are found by what is convolved, pooled, joined and summed in which order.
class LayerFlow
{
public:
    /// Adds a part and returns its index; a concatenation of one operand is that operand.
    size_t add(FlowNode node);
    /// The same without the parts that lead to no layer and to none of `outputs`.
    [[nodiscard]] LayerFlow pruned(const std::vector<size_t>& outputs) const;

    [[nodiscard]] const std::vector<FlowNode>& nodes() const { return m_nodes; }
    [[nodiscard]] const FlowNode& operator[](size_t index) const { return m_nodes[index]; }
    [[nodiscard]] size_t size() const { return m_nodes.size(); }

private:
    std::vector<FlowNode> m_nodes;
};

/// The flow of a network of ours, auxiliary heads included.
[[nodiscard]] LayerFlow layerFlow(const Graph& graph);

} // namespace inceptoscope
