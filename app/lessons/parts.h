#pragma once

#include "graph/graph.h"

#include <QString>

#include <optional>
#include <vector>

namespace inceptoscope {

/// What lessons name of a network: a module ("inception3a"), one of its branches
/// ("inception3a/branch2") or an op by its full name ("inception3a.branch2.1").
struct NetworkPart
{
    ModuleId module = 0;
    std::vector<NodeId> nodes; ///< ascending
    NodeId output = 0;
};

[[nodiscard]] std::optional<NetworkPart> findPart(const Graph& graph, const QString& name);

} // namespace inceptoscope
