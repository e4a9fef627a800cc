#pragma once

#include "graph/graph.h"
#include "kernels/dispatch.h"
#include "plan/plan.h"

#include <vector>

namespace inceptoscope {

/// All dispatches of a node of a backward pass or a loss, in order.
[[nodiscard]] std::vector<Dispatch> gradientDispatches(
    const GradientOp& op, const Graph& graph, const Plan& plan,
    const std::vector<PlacedWeights>& weights, NodeId id);

} // namespace inceptoscope
