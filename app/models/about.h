#pragma once

#include "graph/graph.h"

#include <QString>

namespace inceptoscope {

/// What a module is for, in a sentence or two for a reader who sees it for the first time.
[[nodiscard]] QString aboutModule(const Graph& graph, ModuleId id);

/// What a module is called besides its title: name, group and the article's name,
/// "inception_3a  ·  Inception  ·  module with dimension reductions (figure 2b)".
[[nodiscard]] QString otherNames(const Module& module);

/// "3a" of "Inception 3a", or the title where that says too little.
[[nodiscard]] QString shortTitle(const Module& module);

} // namespace inceptoscope
