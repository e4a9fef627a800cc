#pragma once

#include "graph/graph.h"

namespace inceptoscope {

/// The heading under which neighbouring modules stand together: "Stem", "Inception-A",
/// "Inception 3" of "Inception 3a", "Classifier".
[[nodiscard]] std::string groupTitle(const Module& module);

/// Neighbouring modules that belong together.
struct ModuleGroup
{
    std::string title;
    std::vector<ModuleId> modules; ///< ascending, never empty
};

/// The network from input to classifier without its auxiliary heads.
[[nodiscard]] std::vector<ModuleGroup> moduleGroups(const Graph& graph);

} // namespace inceptoscope
