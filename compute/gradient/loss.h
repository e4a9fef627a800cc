#pragma once

#include "graph/graph.h"

#include <string>
#include <vector>

namespace inceptoscope {

/// A graph with a loss behind its logits.
struct Loss
{
    Graph graph;
    NodeId value = 0;  ///< {1, 1, 1}: "loss/total", or "loss/main" without auxiliary heads
    NodeId target = 0; ///< "loss/target", a Given of the logits' shape: lossTarget()
    NodeId main = 0;   ///< the main classifier's part
    std::vector<NodeId> auxiliary; ///< the heads' parts, unweighted
};

/// Cross entropy of the logits (of a batch the mean over its pictures), plus `weight` times that of
/// each of the auxiliary logits (the networks' papers: 0.3). Running it needs the auxiliary heads,
/// where there are any. Throws Error(Usage) for a graph without logits.
[[nodiscard]] Loss
withLoss(const Graph& graph, const std::vector<NodeId>& auxiliaryLogits = {}, float weight = 0.3F);

/// The distribution that a class's logits should come to: 1 - smoothing at the class, and
/// smoothing / classes everywhere (Szegedy et al. 2015, section 7).
[[nodiscard]] std::vector<float> lossTarget(uint32_t classes, uint32_t label, double smoothing);

} // namespace inceptoscope
