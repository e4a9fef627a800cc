#pragma once

#include "experiments/bench.h"

#include <optional>
#include <vector>

/// Private to experiments/.
namespace inceptoscope {

/// The modules of the main path that a loss at the network's end depends on, first to last.
[[nodiscard]] std::vector<ModuleId> modulesBeforeLoss(const Network& network);

/// The graph of a forward pass, a loss, and the backward pass to each of these modules' outputs.
/// Without `auxiliary` heads, or with this weight of each one's loss.
struct LossPass
{
    Graph graph;
    NodeId value = 0;  ///< the loss
    NodeId target = 0; ///< to be given
    NodeId seed = 0;   ///< to be given
    bool auxiliary = false;
    std::vector<NodeId> gradients; ///< d loss / d output, in the order of modulesBeforeLoss()
};
[[nodiscard]] LossPass lossPass(const Network& network, std::optional<double> auxiliary);

/// Which class is asked for: a number; none for the one after what the network itself says, as a
/// network that is wrong about the picture.
struct LossLabel
{
    std::optional<uint32_t> index;
    double smoothing = 0;
};

struct GradientNorms
{
    double loss = 0;
    uint32_t label = 0;        ///< that was asked for
    std::vector<double> norms; ///< L2, in the order of modulesBeforeLoss()
};

/// Runs the pass once on the bench's picture. Throws Error(Usage) for a label that the network
/// doesn't have. `share` of everything the bench does is done here, for its progress.
[[nodiscard]] GradientNorms gradientNorms(
    const Network& network, const TensorSource& weights, std::optional<double> auxiliary,
    const LossLabel& label, ExperimentBench& bench, double share);

} // namespace inceptoscope
