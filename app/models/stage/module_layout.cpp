#include "models/stage/module_layout.h"

#include <algorithm>
#include <map>
#include <set>

namespace inceptoscope {

namespace {

using Cells = std::map<NodeId, LayoutCell>;

/// The cells that feed `node`; through a concatenation without a cell, those that feed it.
void addSources(const Graph& graph, const Cells& cells, NodeId node, std::vector<NodeId>& sources)
{
    for (const NodeId input : graph[node].inputs) {
        if (cells.contains(input))
            sources.push_back(input);
        else if (graph[input].module == graph[node].module)
            addSources(graph, cells, input, sources);
    }
}

Cells collect(const Graph& graph, ModuleId id)
{
    const auto join = graph.join(id);
    Cells cells;
    for (const NodeId node : graph.modules()[id].nodes) {
        const bool gathers = graph.isJoined(node) && node != join;
        const bool atTheEnd = node == join && node == graph.modules()[id].output;
        if (!gathers && !atTheEnd)
            cells[node].node = node;
    }
    for (auto& [node, cell] : cells) {
        addSources(graph, cells, node, cell.sources);
        cell.bar = std::holds_alternative<Concat>(graph[node].op);
        cell.shortcut =
            std::holds_alternative<Add>(graph[node].op) &&
            std::any_of(graph[node].inputs.begin(), graph[node].inputs.end(), [&](NodeId input) {
                return graph[input].module != id;
            });
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

/// A column a branch; what follows the branches spans all of them.
void assignColumns(const std::vector<Branch>& branches, Cells& cells)
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
    for (auto& [node, cell] : cells) {
        if (seen.contains(node))
            continue;
        cell.columns = uint32_t(branches.size());
        cell.shared = true;
    }
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
    const std::vector<Branch> branches = graph.branches(id);
    Cells cells = collect(graph, id);
    ModuleLayout layout;
    layout.joins = graph.join(id) == graph.modules()[id].output;
    layout.columns = uint32_t(branches.size());
    layout.levels = assignLevels(cells);
    assignColumns(branches, cells);
    stretch(cells);
    for (const auto& [node, cell] : cells) {
        layout.shortcut = layout.shortcut || cell.shortcut;
        if (cell.bar)
            layout.barLevel = cell.level;
        layout.cells.push_back(cell);
    }
    return layout;
}

} // namespace inceptoscope
