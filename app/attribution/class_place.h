#pragma once

#include "graph/graph.h"

#include <optional>
#include <string>
#include <vector>

namespace inceptoscope {

/// Where CAM applies: maps whose means over places are all that a linear layer makes the logits of.
struct ClassPlace
{
    NodeId maps = 0;   ///< before the average
    NodeId linear = 0; ///< the layer, whose result are the logits
};

/// Nothing for a network that ends in something else, or has no classes.
[[nodiscard]] std::optional<ClassPlace> classPlace(const Graph& graph);

/// The modules that Grad-CAM can be asked of: those of the main network that have a map and lead
/// to the logits, in their order.
[[nodiscard]] std::vector<ModuleId> evidenceModules(const Graph& graph);

/// Throws Error(Usage) for a network without classes, which begins with `option`.
[[nodiscard]] NodeId
requireClasses(const Graph& graph, const std::string& title, const std::string& option);

} // namespace inceptoscope
