#pragma once

#include "weights/match/layer_match.h"

#include <string>
#include <vector>

namespace inceptoscope {

/// Something that a file's graph does otherwise than the network, with the same weights.
struct FlowDifference
{
    NodeId node = 0;      ///< of the network: where it is
    std::string sentence; ///< names the file's node, what it does, and what the network does
};

/// Compares what matched parts do besides their weights: windows, strides and padding of
/// convolutions and pools, and what happens on the way to them (activations, normalisation). What
/// prepares the picture is left out, and so is what only turns the logits into probabilities.
[[nodiscard]] std::vector<FlowDifference> flowDifferences(
    const Graph& graph, const LayerFlow& ours, const LayerFlow& theirs, const LayerMatch& match);

} // namespace inceptoscope
