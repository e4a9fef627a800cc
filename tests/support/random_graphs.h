#pragma once

#include "gradient/gradient.h"
#include "support/tensor_map.h"

#include <map>
#include <vector>

namespace inceptoscope {

/// A small network of all ops with forks, and what to differentiate.
struct RandomGraph
{
    Graph graph;
    NodeId of = 0;
    Wrt wrt; ///< the input, some nodes, all parameters
    TensorMap weights;
    std::vector<float> input;
    std::vector<float> seedValues;              ///< the derivative to start from
    std::map<NodeId, std::vector<float>> given; ///< a loss's target
};

/// The same for the same seed everywhere; with `training` its batch normalisation takes the batch's
/// statistics. Without `relu` it is smooth but for its maxima.
[[nodiscard]] RandomGraph
randomGraph(uint32_t seed, bool relu = true, uint32_t batch = 1, bool training = false);

} // namespace inceptoscope
