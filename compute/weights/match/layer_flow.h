#pragma once

#include "weights/match/flow_window.h"

#include <string>
#include <vector>

namespace inceptoscope {

/// What is done to values on their way from one part to another: it moves no weight, but changes
/// what the next part gets.
struct FlowEffect
{
    std::string op;                   ///< as ONNX calls it: "Relu", "LeakyRelu", "LRN"
    std::vector<double> numbers = {}; ///< its parameters
    std::string detail = {};          ///< these as people read them: "slope 0.01"; may be empty
    std::string node = {};            ///< what a file calls it
    Padding padding = {};             ///< of a "Pad" with zeros
    bool known = true;                ///< a "Pad" whose padding is no constant: false
};

/// One part of a network as far as it tells where weights belong.
struct FlowNode
{
    enum class Kind : uint32_t
    {
        Input,
        Layer,  ///< convolution or fully connected
        Pool,   ///< of any kind and window: a global one may be written in many ways
        Concat, ///< along channels; operands that are concatenations are written out
        Add,    ///< a residual sum; its operands have no order
        Other   ///< something that has no place in our networks
    };
    Kind kind = Kind::Other;
    std::vector<size_t> inputs = {}; ///< indices of earlier nodes
    size_t source = 0; ///< a layer's: its NodeId, or its index among the layers of a file
    std::vector<uint64_t> weight = {}; ///< a layer's: OIHW or [out, in]
    FlowWindow window = {};            ///< a convolution's or a pool's
    std::string label = {};            ///< Other: its op
    std::string name = {};             ///< of a file's: the node's
    /// As `inputs`: what is done on the way from there, see LayerFlow::effects(); empty: nothing.
    std::vector<size_t> effects = {};
};

/// What leaves a flow.
struct FlowOutput
{
    size_t node = 0;
    size_t effects = 0;
};

/// The parts in topological order. Weights are found by what is convolved, pooled, joined and
/// summed in which order; what happens between two parts (activations, normalisations) is noted at
/// the later one's operand, and whether it is the same is asked when they are found
/// (flow_difference.h).
class LayerFlow
{
public:
    /// One more effect behind others (0: behind none); returns what stands for all of them.
    size_t addEffect(FlowEffect effect, size_t behind);
    /// The effects in their order; of very many, the last ones.
    [[nodiscard]] std::vector<FlowEffect> effects(size_t all) const;
    [[nodiscard]] const FlowEffect& lastEffect(size_t all) const
    {
        return m_effects[all - 1].effect;
    }
    [[nodiscard]] size_t withoutLast(size_t all) const { return m_effects[all - 1].behind; }
    void addOutput(const FlowOutput& output) { m_outputs.push_back(output); }
    [[nodiscard]] const std::vector<FlowOutput>& outputs() const { return m_outputs; }
    /// Adds a part and returns its index; a concatenation of one operand is that operand.
    size_t add(FlowNode node);
    /// The same without the parts that lead to no layer and to no output.
    [[nodiscard]] LayerFlow pruned() const;

    [[nodiscard]] const std::vector<FlowNode>& nodes() const { return m_nodes; }
    [[nodiscard]] const FlowNode& operator[](size_t index) const { return m_nodes[index]; }
    [[nodiscard]] size_t size() const { return m_nodes.size(); }

private:
    struct Link
    {
        FlowEffect effect;
        size_t behind = 0;
    };
    std::vector<FlowNode> m_nodes;
    std::vector<Link> m_effects; ///< named by index + 1
    std::vector<FlowOutput> m_outputs;
};

[[nodiscard]] FlowEffect lrnEffect(const Lrn& lrn);

/// The flow of a network of ours, auxiliary heads included.
[[nodiscard]] LayerFlow layerFlow(const Graph& graph);

} // namespace inceptoscope
