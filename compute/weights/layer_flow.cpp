#include "weights/layer_flow.h"

namespace inceptoscope {

size_t LayerFlow::add(FlowNode node)
{
    if (node.kind == FlowNode::Kind::Concat) {
        std::vector<size_t> operands;
        for (const size_t in : node.inputs)
            if (m_nodes[in].kind == FlowNode::Kind::Concat)
                operands.insert(
                    operands.end(), m_nodes[in].inputs.begin(), m_nodes[in].inputs.end());
            else
                operands.push_back(in);
        if (operands.size() == 1)
            return operands.front();
        constexpr size_t most = 256; // each level of a hostile file could double them
        if (operands.size() <= most)
            node.inputs = std::move(operands);
    }
    m_nodes.push_back(std::move(node));
    return m_nodes.size() - 1;
}

LayerFlow LayerFlow::pruned(const std::vector<size_t>& outputs) const
{
    std::vector<bool> kept(m_nodes.size());
    for (const size_t output : outputs)
        kept[output] = true;
    for (size_t i = m_nodes.size(); i-- > 0;) {
        kept[i] = kept[i] || m_nodes[i].kind == FlowNode::Kind::Layer;
        if (kept[i])
            for (const size_t in : m_nodes[i].inputs)
                kept[in] = true;
    }
    LayerFlow result;
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
    return result;
}

LayerFlow layerFlow(const Graph& graph)
{
    using Kind = FlowNode::Kind;
    LayerFlow flow;
    std::vector<size_t> places;
    for (NodeId id = 0; id < graph.size(); ++id) {
        const Node& node = graph[id];
        FlowNode part;
        for (const NodeId in : node.inputs)
            part.inputs.push_back(places[in]);
        if (const auto* conv = std::get_if<Conv2d>(&node.op)) {
            part.kind = Kind::Layer;
            part.weight = {
                conv->outChannels, graph[node.inputs[0]].shape.c / conv->groups, conv->kernel.h,
                conv->kernel.w};
            part.stride = conv->stride;
        } else if (const auto* fc = std::get_if<FullyConnected>(&node.op)) {
            part.kind = Kind::Layer;
            part.weight = {fc->outFeatures, graph[node.inputs[0]].shape.elements()};
        } else if (const auto* pool = std::get_if<Pool2d>(&node.op)) {
            part.kind = pool->kind == PoolKind::Max ? Kind::MaxPool : Kind::AveragePool;
        } else if (std::holds_alternative<AdaptiveAvgPool2d>(node.op)) {
            part.kind = Kind::AveragePool;
        } else if (std::holds_alternative<Concat>(node.op)) {
            part.kind = Kind::Concat;
        } else if (std::holds_alternative<Add>(node.op)) {
            part.kind = Kind::Add;
        } else if (std::holds_alternative<Input>(node.op)) {
            part.kind = Kind::Input;
        } else {
            places.push_back(part.inputs.front()); // it has no weights and joins nothing
            continue;
        }
        part.source = id;
        places.push_back(flow.add(std::move(part)));
    }
    return flow;
}

} // namespace inceptoscope
