#include "cost/breakdown.h"

#include "graph/module_groups.h"

#include <algorithm>
#include <array>

namespace inceptoscope {

namespace {

bool isFree(const Op& op)
{
    return std::holds_alternative<Concat>(op) || std::holds_alternative<Input>(op);
}

class Breakdown
{
public:
    explicit Breakdown(const Graph& graph)
        : m_graph(graph)
    {
    }

    std::vector<CostPart> make()
    {
        add(PartLevel::Network, -1, "network", "network", 0);
        for (const ModuleGroup& group : moduleGroups(m_graph))
            addGroup(group);
        // Children stand behind their parents: from the back, all sums are complete.
        for (size_t i = m_parts.size(); i-- > 1;) {
            CostPart& parent = m_parts[size_t(m_parts[i].parent)];
            parent.cost += m_parts[i].cost;
            parent.nodes.insert(
                parent.nodes.end(), m_parts[i].nodes.begin(), m_parts[i].nodes.end());
        }
        for (CostPart& part : m_parts) {
            std::sort(part.nodes.begin(), part.nodes.end());
            part.kind = mainKind(part);
        }
        return std::move(m_parts);
    }

private:
    int add(PartLevel level, int parent, std::string name, std::string label, ModuleId module)
    {
        m_parts.push_back(
            {.level = level,
             .name = std::move(name),
             .label = std::move(label),
             .parent = parent,
             .module = module,
             .nodes = {},
             .cost = {}});
        return int(m_parts.size()) - 1;
    }

    void addGroup(const ModuleGroup& group)
    {
        const bool empty = std::all_of(
            group.modules.begin(), group.modules.end(), [&](ModuleId id) { return isEmpty(id); });
        if (empty)
            return;
        const int at = add(PartLevel::Group, 0, group.title, group.title, group.modules.front());
        for (const ModuleId id : group.modules)
            if (!isEmpty(id))
                addModule(at, id);
    }

    [[nodiscard]] bool isEmpty(ModuleId id) const
    {
        const std::vector<NodeId>& nodes = m_graph.modules()[id].nodes;
        return std::all_of(
            nodes.begin(), nodes.end(), [&](NodeId node) { return isFree(m_graph[node].op); });
    }

    void addModule(int group, ModuleId id)
    {
        const Module& module = m_graph.modules()[id];
        const int at = add(PartLevel::Module, group, module.name, module.title, id);
        std::vector<NodeId> left = module.nodes;
        for (const Branch& branch : m_graph.branches(id))
            addBranch(at, id, branch.name, branch.nodes, left);
        addBranch(at, id, "tail", std::vector<NodeId>(left), left);
    }

    /// Takes the branch's ops out of what is left of the module.
    void addBranch(
        int module, ModuleId id, const std::string& label, const std::vector<NodeId>& nodes,
        std::vector<NodeId>& left)
    {
        int at = -1;
        for (const NodeId node : nodes) {
            const auto it = std::find(left.begin(), left.end(), node);
            if (it == left.end())
                continue;
            left.erase(it);
            if (isFree(m_graph[node].op))
                continue;
            if (at < 0)
                at = add(
                    PartLevel::Branch, module, m_graph.modules()[id].name + "/" + label, label, id);
            const int op = add(PartLevel::Op, at, m_graph[node].name, localName(m_graph, node), id);
            m_parts[size_t(op)].cost = cost(m_graph, node);
            m_parts[size_t(op)].nodes = {node};
        }
    }

    [[nodiscard]] OpKind mainKind(const CostPart& part) const
    {
        if (part.nodes.size() == 1)
            return opKind(m_graph[part.nodes.front()].op);
        std::array<uint64_t, opKindCount> macs{};
        for (const NodeId node : part.nodes)
            macs[size_t(opKind(m_graph[node].op))] += cost(m_graph, node).macs;
        const auto most = std::max_element(macs.begin(), macs.end());
        return *most == 0 ? opKind(m_graph[part.nodes.front()].op) : OpKind(most - macs.begin());
    }

    const Graph& m_graph;
    std::vector<CostPart> m_parts;
};

} // namespace

std::string_view levelName(PartLevel level)
{
    static constexpr std::array<std::string_view, partLevelCount> names = {
        "network", "group", "module", "branch", "op"};
    return names[size_t(level)];
}

std::vector<CostPart> breakdown(const Graph& graph)
{
    return Breakdown(graph).make();
}

} // namespace inceptoscope
