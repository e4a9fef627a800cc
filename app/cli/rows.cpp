#include "cli/rows.h"

#include "cli/names.h"

#include <algorithm>

namespace inceptoscope {

namespace {

std::vector<NodeId> mainNodes(const Graph& graph)
{
    std::vector<NodeId> nodes;
    for (NodeId id = 0; id < graph.size(); ++id)
        if (!graph.isAuxiliary(id))
            nodes.push_back(id);
    return nodes;
}

bool contains(const std::vector<NodeId>& nodes, NodeId id)
{
    return std::find(nodes.begin(), nodes.end(), id) != nodes.end();
}

/// Concatenations belong to no branch.
std::string branchOf(const std::vector<Branch>& branches, NodeId id)
{
    for (const Branch& branch : branches)
        if (contains(branch.nodes, id))
            return branch.name;
    return {};
}

void addParts(std::vector<Part>& parts, const Graph& graph, ModuleId id, Per per)
{
    const Module& module = graph.modules()[id];
    Part part;
    part.module = module.name;
    part.auxiliary = module.kind == ModuleKind::Auxiliary;
    const std::vector<Branch> branches = graph.branches(id);
    switch (per) {
    case Per::Network:
        return;
    case Per::Module:
        part.cost = moduleCost(graph, id);
        part.nodes = module.nodes;
        parts.push_back(part);
        return;
    case Per::Branch:
        for (const Branch& branch : branches) {
            part.branch = branch.name;
            part.cost = cost(graph, branch);
            part.nodes = branch.nodes;
            parts.push_back(part);
        }
        return;
    case Per::Op:
        for (const NodeId node : module.nodes) {
            part.branch = branchOf(branches, node);
            part.op = graph[node].name;
            part.cost = cost(graph, node);
            part.nodes = {node};
            parts.push_back(part);
        }
        return;
    }
}

} // namespace

const std::vector<std::string>& perNames()
{
    static const std::vector<std::string> names = {"network", "module", "branch", "op"};
    return names;
}

Per perOf(const std::string& name)
{
    const auto& names = perNames();
    return Per(std::find(names.begin(), names.end(), name) - names.begin());
}

std::vector<Part> partsOf(const Graph& graph, Per per)
{
    std::vector<Part> parts;
    if (per == Per::Network) {
        parts.emplace_back();
        parts.back().cost = networkCost(graph).main;
        parts.back().nodes = mainNodes(graph);
        return parts;
    }
    for (ModuleId id = 0; id < graph.modules().size(); ++id)
        if (hasOps(graph, id))
            addParts(parts, graph, id, per);
    return parts;
}

} // namespace inceptoscope
