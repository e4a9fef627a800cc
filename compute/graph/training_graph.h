#pragma once

#include "graph/graph.h"

#include <vector>

namespace inceptoscope {

/// One batch normalisation of a network in training mode, by nodes of its graph.
struct TrainedNorm
{
    NodeId layer = 0;      ///< has its parameters: gamma, beta and, to begin with, the statistics
    NodeId statistics = 0; ///< of the batch: {c, 1, 2}, mean and biased variance
    NodeId running = 0;    ///< a Given of that shape: running mean and variance before the step
    NodeId after = 0;      ///< and after it
};

/// A network whose batch normalisation takes the batch's statistics.
struct TrainingGraph
{
    Graph graph;
    /// By the network's NodeId: its result.
    std::vector<NodeId> results;
    /// By the network's NodeId: who has its parameters. Itself, but where it is normalised.
    std::vector<NodeId> layers;
    std::vector<TrainedNorm> norms;
};

/// The network in training mode. A node NAME with batch normalisation becomes "NAME unnormalised",
/// which is the layer without it, "NAME statistics", and NAME, which normalises, scales and
/// activates; "NAME running" and "NAME running after" are the running statistics before and after
/// the step, with `momentum` the weight of the new ones (PyTorch's; TensorFlow and Caffe name the
/// other). Parameters keep their keys, logits and modules their names. Make the batch first, then
/// this, then the loss and the backward pass. Throws Error(Usage) where a channel would have one
/// value.
[[nodiscard]] TrainingGraph trainingGraph(const Graph& graph, float momentum = 0.1F);

} // namespace inceptoscope
