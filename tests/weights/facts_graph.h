#pragma once

#include "graph/graph.h"

namespace inceptoscope {

/// A network of the oracle's facts (oracle/facts/*.json) without auxiliary heads, its parameter
/// keys being the facts' own. Throws std::exception for what is no such file.
[[nodiscard]] Graph factsGraph(const std::string& path);

} // namespace inceptoscope
