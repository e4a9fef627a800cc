#pragma once

#include "graph/graph.h"

#include <vector>

namespace inceptoscope {

/// A residual sum that its convolution makes: x + scale * convolution, written over x, whose
/// memory all three then share. Neither the convolution's own result nor x is there afterwards.
struct FusedSum
{
    NodeId convolution = 0;
    NodeId sum = 0;
    bool operator==(const FusedSum&) const = default;
};

/// The sums of the graph that can be made so: the convolution is 1x1 without an activation and
/// only for the sum, x is a whole tensor, and nobody reads x, or what was written into it, later.
/// `roots`, by NodeId, say who owns the memory that a node is written into; those of the sums and
/// convolutions that are found become the x's. `wanted` nodes must stay as they are after a run.
[[nodiscard]] std::vector<FusedSum>
fuseSums(const Graph& graph, std::vector<NodeId>& roots, const std::vector<bool>& wanted);

} // namespace inceptoscope
