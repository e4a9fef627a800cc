#include "graph/graph.h"

#include "error.h"

#include <algorithm>
#include <set>

namespace inceptoscope {

Graph Graph::withBatch(uint32_t n) const
{
    constexpr uint32_t most = 4096;
    if (n == 0 || n > most)
        throw Error(
            ErrorKind::Usage, "graph: a batch has 1 to " + std::to_string(most) +
                                  " pictures, not " + std::to_string(n));
    Graph result = *this;
    for (Node& node : result.m_nodes) {
        if (std::holds_alternative<GradientOp>(node.op))
            throw Error(
                ErrorKind::Usage, "graph: " + node.name +
                                      " belongs to a backward pass or a loss; make the batch of "
                                      "the network, then these");
        node.shape.n = n;
    }
    return result;
}

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

std::optional<NodeId> Graph::join(ModuleId id) const
{
    const std::vector<NodeId>& nodes = m_modules[id].nodes;
    const auto it = std::find_if(nodes.rbegin(), nodes.rend(), [&](NodeId n) {
        return std::holds_alternative<Concat>(m_nodes[n].op);
    });
    return it == nodes.rend() ? std::nullopt : std::optional(*it);
}

std::vector<NodeId> Graph::tail(ModuleId id) const
{
    const auto end = join(id);
    std::vector<NodeId> result;
    for (const NodeId node : m_modules[id].nodes)
        if (end && node > *end)
            result.push_back(node);
    return result;
}

bool Graph::isJoined(NodeId id) const
{
    if (!std::holds_alternative<Concat>(m_nodes[id].op))
        return false;
    const auto end = join(m_nodes[id].module);
    NodeId at = id;
    while (at != *end) {
        if (m_consumers[at].size() != 1 ||
            !std::holds_alternative<Concat>(m_nodes[m_consumers[at].front()].op))
            return false;
        at = m_consumers[at].front();
    }
    return true;
}

void Graph::addOperands(NodeId concat, std::vector<NodeId>& operands) const
{
    for (const NodeId in : m_nodes[concat].inputs) {
        if (m_nodes[in].module == m_nodes[concat].module && isJoined(in))
            addOperands(in, operands);
        else
            operands.push_back(in);
    }
}

/// "branch2.1" and "branch5x5_2" without their last number.
static std::string withoutNumber(const std::string& name)
{
    const size_t at = name.find_last_of("._");
    if (at == std::string::npos || at == 0 || at + 1 == name.size() ||
        name.find_first_not_of("0123456789", at + 1) != std::string::npos)
        return name;
    return name.substr(0, at);
}

std::vector<Branch> Graph::branches(ModuleId id) const
{
    std::vector<NodeId> ends;
    if (const auto end = join(id))
        addOperands(*end, ends);
    else
        ends.push_back(m_modules[id].output);

    std::vector<Branch> result;
    uint32_t offset = 0;
    for (const NodeId end : ends) {
        result.push_back(
            {.name = withoutNumber(localName(*this, end)),
             .nodes = chain(id, end),
             .output = end,
             .channelOffset = offset});
        offset += m_nodes[end].shape.c;
    }
    for (Branch& branch : result)
        if (std::count_if(result.begin(), result.end(), [&](const Branch& other) {
                return other.name == branch.name;
            }) > 1)
            branch.name = localName(*this, branch.output);
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
    case ModuleKind::Backward:
        return "backward";
    }
    return "";
}

} // namespace inceptoscope
