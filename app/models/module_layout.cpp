#include "models/module_layout.h"

#include <algorithm>
#include <map>
#include <set>

namespace inceptoscope {

namespace {

using Cells = std::map<NodeId, LayoutCell>;

Cells collect(const Graph& graph, ModuleId id, bool joins)
{
    const Module& module = graph.modules()[id];
    Cells cells;
    for (const NodeId node : module.nodes) {
        if (!joins || node != module.output)
            cells[node].node = node;
    }
    for (auto& [node, cell] : cells) {
        for (const NodeId input : graph[node].inputs) {
            if (cells.contains(input))
                cell.sources.push_back(input);
        }
    }
    return cells;
}

/// Steps are counted from the end, so that all branches finish side by side.
uint32_t assignLevels(Cells& cells)
{
    std::map<NodeId, uint32_t> fromEnd;
    uint32_t levels = 1;
    for (auto it = cells.rbegin(); it != cells.rend(); ++it) {
        const uint32_t rank = fromEnd[it->first];
        levels = std::max(levels, rank + 1);
        for (const NodeId source : it->second.sources)
            fromEnd[source] = std::max(fromEnd[source], rank + 1);
    }
    for (auto& [node, cell] : cells)
        cell.level = levels - 1 - fromEnd[node];
    return levels;
}

void assignBranchColumns(const std::vector<Branch>& branches, Cells& cells)
{
    std::set<NodeId> seen;
    for (uint32_t column = 0; column < branches.size(); ++column) {
        for (const NodeId node : branches[column].nodes) {
            const auto it = cells.find(node);
            if (it == cells.end())
                continue;
            LayoutCell& cell = it->second;
            if (!seen.insert(node).second) {
                cell.columns = column - cell.column + 1;
            } else {
                cell.column = column;
                cell.branch = column;
            }
        }
    }
}

/// A module without a concatenation at its end may still fork inside (a residual block): ops
/// of one step share its width.
uint32_t assignStepColumns(Cells& cells)
{
    std::map<uint32_t, uint32_t> perLevel;
    uint32_t columns = 1;
    for (auto& [node, cell] : cells) {
        cell.column = perLevel[cell.level]++;
        columns = std::max(columns, cell.column + 1);
    }
    for (auto& [node, cell] : cells) {
        if (perLevel[cell.level] == 1)
            cell.columns = columns;
    }
    return columns;
}

void stretch(Cells& cells)
{
    for (auto& [node, cell] : cells) {
        uint32_t low = 0;
        for (const NodeId source : cell.sources)
            low = std::max(low, cells[source].level + cells[source].levels);
        cell.levels = cell.level - low + 1;
        cell.level = low;
    }
}

} // namespace

ModuleLayout layoutModule(const Graph& graph, ModuleId id)
{
    const Module& module = graph.modules()[id];
    ModuleLayout layout;
    layout.joins = std::holds_alternative<Concat>(graph[module.output].op);
    Cells cells = collect(graph, id, layout.joins);
    layout.levels = assignLevels(cells);
    if (layout.joins) {
        const std::vector<Branch> branches = graph.branches(id);
        layout.columns = uint32_t(branches.size());
        assignBranchColumns(branches, cells);
        stretch(cells);
    } else {
        layout.columns = assignStepColumns(cells);
    }
    for (const auto& [node, cell] : cells)
        layout.cells.push_back(cell);
    return layout;
}

} // namespace inceptoscope
