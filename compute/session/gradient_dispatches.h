#pragma once

#include "graph/graph.h"
#include "kernels/dispatch.h"
#include "plan/plan.h"

#include <vector>

namespace inceptoscope {

/// All dispatches of one picture of a node of a backward pass or a loss, in order. What is one for
/// the whole batch begins with the first picture and adds the others to it, one after the other.
[[nodiscard]] std::vector<Dispatch> gradientDispatches(
    const GradientOp& op, const Graph& graph, const Plan& plan,
    const std::vector<PlacedWeights>& weights, NodeId id, uint32_t picture);

} // namespace inceptoscope
