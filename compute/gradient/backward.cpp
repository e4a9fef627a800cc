#include "gradient/backward.h"

#include <algorithm>

namespace inceptoscope {

BackwardPass::BackwardPass(const Graph& graph, NodeId of, const Wrt& wrt)
    : m_graph(graph)
    , m_of(of)
    , m_wrt(wrt)
    , m_builder(graph)
    , m_reached(influences(graph, of))
    , m_flows(graph.size(), false)
    , m_readers(graph.size(), 0)
    , m_given(graph.size())
{
    chooseFlow();
    countReaders();
}

bool BackwardPass::wants(NodeId layer, ParameterRole role) const
{
    const LayerParameter wanted{layer, role};
    return std::ranges::find(m_wrt.parameters, wanted) != m_wrt.parameters.end();
}

bool BackwardPass::wantsAny(NodeId layer) const
{
    return std::ranges::find(m_wrt.parameters, layer, &LayerParameter::layer) !=
           m_wrt.parameters.end();
}

void BackwardPass::chooseFlow()
{
    for (const NodeId id : m_wrt.nodes)
        m_flows[id] = true;
    for (const LayerParameter& p : m_wrt.parameters)
        m_flows[p.layer] = true;
    for (NodeId id = 0; id < m_graph.size(); ++id)
        for (const NodeId in : m_graph[id].inputs)
            if (m_flows[in] && !isStatistics(id))
                m_flows[id] = true;
}

/// Through a batch's statistics nothing comes back by itself: the normalisation's rule has it all.
bool BackwardPass::isStatistics(NodeId id) const
{
    const auto* op = std::get_if<GradientOp>(&m_graph[id].op);
    return op != nullptr && (std::holds_alternative<BatchStatistics>(*op) ||
                             std::holds_alternative<RunningStatistics>(*op));
}

void BackwardPass::countReaders()
{
    for (NodeId id = 0; id <= m_of; ++id)
        if (m_reached[id] && !isStatistics(id))
            for (const NodeId in : m_graph[id].inputs)
                m_readers[in] += flows(in) ? 1 : 0;
}

NodeId BackwardPass::append(const std::string& name, Op op, std::vector<NodeId> inputs)
{
    if (!m_open) {
        const Module& module = m_graph.modules()[m_graph[m_at].module];
        m_builder.beginModule(
            {.name = "d/" + module.name,
             .title = "Gradients behind " + module.title,
             .kind = ModuleKind::Backward,
             .group = "Backward"});
        m_open = true;
    }
    return m_builder.append(name, op, std::move(inputs));
}

std::string BackwardPass::contributionName(NodeId to, size_t which) const
{
    std::string name = gradientName(m_graph, to);
    if (m_readers[to] == 1)
        return name;
    const std::vector<NodeId>& inputs = m_graph[m_at].inputs;
    const bool often = std::count(inputs.begin(), inputs.end(), to) > 1;
    return name + " by " + m_graph[m_at].name + (often ? " " + std::to_string(which) : "");
}

void BackwardPass::give(size_t which, Op op, std::vector<NodeId> inputs)
{
    const NodeId to = m_graph[m_at].inputs[which];
    m_given[to].push_back(append(contributionName(to, which), op, std::move(inputs)));
}

void BackwardPass::giveAsItIs(size_t which, NodeId tensor)
{
    const NodeId to = m_graph[m_at].inputs[which];
    if (m_readers[to] == 1)
        give(which, GradientOp(Slice{0, m_graph[to].shape.c}), {tensor}); // a view, for its name
    else
        m_given[to].push_back(tensor);
}

NodeId BackwardPass::sum(NodeId id)
{
    const std::string name = gradientName(m_graph, id);
    if (id == m_of)
        return append(name, GradientOp(Given{m_graph[id].shape}), {});
    const std::vector<NodeId>& parts = m_given[id];
    NodeId total = parts.front();
    for (size_t i = 1; i < parts.size(); ++i)
        total = append(
            i + 1 == parts.size() ? name : name + " sum " + std::to_string(i), Add{},
            {total, parts[i]});
    return total;
}

NodeId BackwardPass::beforeActivation(Activation activation, NodeId dy)
{
    if (activation == Activation::None)
        return dy;
    return append(
        gradientName(m_graph, m_at) + " before ReLU", GradientOp(ReluGradient{}), {m_at, dy});
}

Graph BackwardPass::make()
{
    for (NodeId id = m_of + 1; id-- > 0;) {
        if (!flows(id))
            continue;
        const ModuleId before = m_graph[m_at].module;
        if (m_open && m_graph[id].module != before) {
            m_builder.endModule();
            m_open = false;
        }
        m_at = id;
        differentiate(id, sum(id));
    }
    if (m_open)
        m_builder.endModule();
    return m_builder.finish();
}

} // namespace inceptoscope
