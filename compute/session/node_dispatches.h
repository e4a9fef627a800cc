#pragma once

#include "graph/graph.h"
#include "kernels/dispatch.h"
#include "plan/plan.h"

#include <vector>

namespace inceptoscope {

[[nodiscard]] Placed placed(const Plan& plan, NodeId id);

/// All dispatches of one node, in order; none for what is free.
[[nodiscard]] std::vector<Dispatch> dispatches(
    const Graph& graph, const Plan& plan, const std::vector<PlacedWeights>& weights, NodeId id);

} // namespace inceptoscope
