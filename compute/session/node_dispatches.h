#pragma once

#include "graph/graph.h"
#include "kernels/dispatch.h"
#include "plan/plan.h"

#include <vector>

namespace inceptoscope {

/// One picture of a node's result; the last one where there are fewer: of what is one for the
/// batch.
[[nodiscard]] Placed placed(const Plan& plan, NodeId id, uint32_t picture = 0);

/// All dispatches of one node, in order; none for what is free. Those of a batch are those of one
/// picture after the other: what they compute is what each alone would get, to the last bit.
[[nodiscard]] std::vector<Dispatch> dispatches(
    const Graph& graph, const Plan& plan, const std::vector<PlacedWeights>& weights, NodeId id);
/// Of one of its pictures; all have as many, of the same sizes.
[[nodiscard]] std::vector<Dispatch> pictureDispatches(
    const Graph& graph, const Plan& plan, const std::vector<PlacedWeights>& weights, NodeId id,
    uint32_t picture);

} // namespace inceptoscope
