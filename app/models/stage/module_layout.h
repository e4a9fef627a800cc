#pragma once

#include "graph/graph.h"

#include <optional>
#include <vector>

namespace inceptoscope {

/// Where an op stands in its module's drawing: a grid of branches (columns) by steps (levels).
/// Level 0 is next to the module's input. A cell reaches down over levels that its branch
/// leaves free, so that a short branch fills its column.
struct LayoutCell
{
    NodeId node = 0;
    uint32_t branch = 0; ///< the first branch it belongs to
    uint32_t column = 0;
    uint32_t columns = 1;
    uint32_t level = 0;
    uint32_t levels = 1;
    std::vector<NodeId> sources; ///< inputs inside the module; empty: fed by the module's input
    bool bar = false;            ///< a concatenation inside the module: a low bar of its segments
    bool shortcut = false;       ///< also fed by the module's input, past all other ops
    bool shared = false;         ///< after the branches, so of none of them
};

/// A module's drawing without pixels. The concatenation at its end is not a cell; one that only
/// gathers a fork (1x3 beside 3x1) into a branch isn't drawn at all.
struct ModuleLayout
{
    uint32_t columns = 1;
    uint32_t levels = 1;
    bool joins = false;               ///< ends in a concatenation
    std::optional<uint32_t> barLevel; ///< the level that holds nothing but a bar
    bool shortcut = false;            ///< needs a lane beside the columns
    std::vector<LayoutCell> cells;
};

[[nodiscard]] ModuleLayout layoutModule(const Graph& graph, ModuleId id);

} // namespace inceptoscope
