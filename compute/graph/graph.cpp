#include "graph/graph.h"

#include <algorithm>
#include <set>

namespace inceptoscope {

std::optional<NodeId> Graph::find(std::string_view name) const
{
    const auto it =
        std::find_if(m_nodes.begin(), m_nodes.end(), [&](const Node& n) { return n.name == name; });
    if (it == m_nodes.end())
        return std::nullopt;
    return NodeId(it - m_nodes.begin());
}

std::optional<ModuleId> Graph::findModule(std::string_view name) const
{
    const auto it = std::find_if(
        m_modules.begin(), m_modules.end(), [&](const Module& m) { return m.name == name; });
    if (it == m_modules.end())
        return std::nullopt;
    return ModuleId(it - m_modules.begin());
}

std::vector<Branch> Graph::branches(ModuleId id) const
{
    const NodeId last = m_modules[id].output;
    const bool joins = std::holds_alternative<Concat>(m_nodes[last].op);
    const std::vector<NodeId> ends = joins ? m_nodes[last].inputs : std::vector<NodeId>{last};

    std::vector<Branch> result;
    uint32_t offset = 0;
    for (const NodeId end : ends) {
        result.push_back(
            {.name = localName(*this, end),
             .nodes = chain(id, end),
             .output = end,
             .channelOffset = offset});
        offset += m_nodes[end].shape.c;
    }
    return result;
}

std::vector<NodeId> Graph::chain(ModuleId id, NodeId end) const
{
    std::set<NodeId> nodes;
    std::vector<NodeId> todo{end};
    while (!todo.empty()) {
        const NodeId at = todo.back();
        todo.pop_back();
        if (m_nodes[at].module != id || !nodes.insert(at).second)
            continue;
        todo.insert(todo.end(), m_nodes[at].inputs.begin(), m_nodes[at].inputs.end());
    }
    return {nodes.begin(), nodes.end()};
}

std::string localName(const Graph& graph, NodeId id)
{
    const Node& node = graph[id];
    const std::string& module = graph.modules()[node.module].name;
    if (module.empty() || node.name.size() == module.size() || !node.name.starts_with(module))
        return node.name;
    std::string local = node.name.substr(module.size());
    const bool separated = std::string_view("/._").find(local.front()) != std::string_view::npos;
    return separated && local.size() > 1 ? local.substr(1) : local;
}

std::string_view kindName(ModuleKind kind)
{
    switch (kind) {
    case ModuleKind::Stem:
        return "stem";
    case ModuleKind::Inception:
        return "inception";
    case ModuleKind::Reduction:
        return "reduction";
    case ModuleKind::Head:
        return "head";
    case ModuleKind::Auxiliary:
        return "auxiliary";
    }
    return "";
}

} // namespace inceptoscope
