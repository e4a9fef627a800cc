#include "weights/match/layer_flow.h"

#include "ascii.h"
#include "error.h"

#include <algorithm>

namespace inceptoscope {

size_t LayerFlow::add(FlowNode node)
{
    node.effects.resize(node.inputs.size());
    if (node.kind == FlowNode::Kind::Concat) {
        std::vector<size_t> operands;
        std::vector<size_t> effects;
        for (size_t k = 0; k < node.inputs.size(); ++k) {
            const FlowNode& in = m_nodes[node.inputs[k]];
            if (in.kind == FlowNode::Kind::Concat && node.effects[k] == 0) {
                operands.insert(operands.end(), in.inputs.begin(), in.inputs.end());
                effects.insert(effects.end(), in.effects.begin(), in.effects.end());
            } else {
                operands.push_back(node.inputs[k]);
                effects.push_back(node.effects[k]);
            }
        }
        constexpr size_t most = 256; // each level of a hostile file could double them
        if (operands.size() <= most) {
            node.inputs = std::move(operands);
            node.effects = std::move(effects);
        }
    }
    m_nodes.push_back(std::move(node));
    return m_nodes.size() - 1;
}

size_t LayerFlow::addEffect(FlowEffect effect, size_t behind)
{
    // Twice is the same as once.
    if (effect.op == "Relu" && behind != 0 && m_effects[behind - 1].effect.op == "Relu")
        return behind;
    m_effects.push_back({std::move(effect), behind});
    return m_effects.size();
}

std::vector<FlowEffect> LayerFlow::effects(size_t all) const
{
    constexpr size_t most = 8;
    std::vector<FlowEffect> found;
    for (; all != 0 && found.size() < most; all = m_effects[all - 1].behind)
        found.push_back(m_effects[all - 1].effect);
    std::reverse(found.begin(), found.end());
    return found;
}

LayerFlow LayerFlow::pruned() const
{
    std::vector<bool> kept(m_nodes.size());
    for (const FlowOutput& output : m_outputs)
        kept[output.node] = true;
    for (size_t i = m_nodes.size(); i-- > 0;) {
        kept[i] = kept[i] || m_nodes[i].kind == FlowNode::Kind::Layer;
        if (kept[i])
            for (const size_t in : m_nodes[i].inputs)
                kept[in] = true;
    }
    LayerFlow result;
    result.m_effects = m_effects;
    std::vector<size_t> places(m_nodes.size());
    for (size_t i = 0; i < m_nodes.size(); ++i) {
        if (!kept[i])
            continue;
        FlowNode node = m_nodes[i];
        for (size_t& in : node.inputs)
            in = places[in];
        places[i] = result.m_nodes.size();
        result.m_nodes.push_back(std::move(node));
    }
    for (const FlowOutput& output : m_outputs)
        result.m_outputs.push_back({places[output.node], output.effects});
    return result;
}

namespace {

/// Lists the parts of a network of ours.
class FlowBuilder
{
public:
    explicit FlowBuilder(const Graph& graph)
        : m_graph(graph)
    {
    }

    LayerFlow build()
    {
        for (NodeId id = 0; id < m_graph.size(); ++id)
            m_places.push_back(
                std::visit([&](const auto& op) { return place(id, op); }, m_graph[id].op));
        for (NodeId id = 0; id < m_graph.size(); ++id)
            if (m_graph.consumers(id).empty())
                m_flow.addOutput(m_places[id]);
        return std::move(m_flow);
    }

private:
    using Kind = FlowNode::Kind;

    FlowOutput add(NodeId id, FlowNode part)
    {
        part.source = id;
        for (const NodeId in : m_graph[id].inputs) {
            part.inputs.push_back(m_places[in].node);
            part.effects.push_back(m_places[in].effects);
        }
        return {m_flow.add(std::move(part)), 0};
    }
    /// What stands for the same values with one more effect.
    FlowOutput behind(const FlowOutput& from, FlowEffect effect)
    {
        return {from.node, m_flow.addEffect(std::move(effect), from.effects)};
    }
    FlowOutput activated(const FlowOutput& from, Activation activation)
    {
        return activation == Activation::Relu ? behind(from, {.op = "Relu"}) : from;
    }
    [[nodiscard]] FlowOutput operand(NodeId id) const { return m_places[m_graph[id].inputs[0]]; }
    [[nodiscard]] const Shape& shapeBefore(NodeId id) const
    {
        return m_graph[m_graph[id].inputs[0]].shape;
    }

    FlowOutput place(NodeId id, const Input&) { return add(id, {.kind = Kind::Input}); }
    FlowOutput place(NodeId id, const Conv2d& op)
    {
        const FlowOutput part = add(
            id,
            {.kind = Kind::Layer,
             .weight = {op.outChannels, shapeBefore(id).c / op.groups, op.kernel.h, op.kernel.w},
             .window = windowOf(op)});
        return activated(part, op.activation);
    }
    FlowOutput place(NodeId id, const FullyConnected& op)
    {
        const FlowOutput part =
            add(id, {.kind = Kind::Layer, .weight = {op.outFeatures, shapeBefore(id).values()}});
        return activated(part, op.activation);
    }
    FlowOutput place(NodeId id, const Pool2d& op)
    {
        return add(id, {.kind = Kind::Pool, .window = windowOf(op)});
    }
    FlowOutput place(NodeId id, const AdaptiveAvgPool2d& op)
    {
        return add(id, {.kind = Kind::Pool, .window = windowOf(op)});
    }
    FlowOutput place(NodeId id, const Concat&)
    {
        if (m_graph[id].inputs.size() == 1)
            return operand(id);
        return add(id, {.kind = Kind::Concat});
    }
    FlowOutput place(NodeId id, const Add& op)
    {
        return activated(add(id, {.kind = Kind::Add}), op.activation);
    }
    FlowOutput place(NodeId id, const Lrn& op) { return behind(operand(id), lrnEffect(op)); }
    /// Folded into the layer before.
    FlowOutput place(NodeId id, const BatchNorm&) { return operand(id); }
    FlowOutput place(NodeId id, const Softmax&) { return behind(operand(id), {.op = "Softmax"}); }
    FlowOutput place(NodeId id, const L2Normalize&)
    {
        return behind(operand(id), {.op = "LpNormalization"});
    }
    /// Files are matched with networks.
    FlowOutput place(NodeId id, const GradientOp& /*op*/)
    {
        throw Error(
            ErrorKind::Usage,
            "weights: " + m_graph[id].name + " is of a backward pass, which no file holds");
    }

    const Graph& m_graph;
    LayerFlow m_flow;
    std::vector<FlowOutput> m_places; ///< by NodeId
};

} // namespace

FlowEffect lrnEffect(const Lrn& lrn)
{
    const auto text = [](float value) { return ascii::general(double(value), 6); };
    return {
        .op = "LRN",
        .numbers = {double(lrn.size), double(lrn.alpha), double(lrn.beta), double(lrn.k)},
        .detail = "size " + std::to_string(lrn.size) + ", alpha " + text(lrn.alpha) + ", beta " +
                  text(lrn.beta) + ", k " + text(lrn.k)};
}

LayerFlow layerFlow(const Graph& graph)
{
    return FlowBuilder(graph).build();
}

} // namespace inceptoscope
