#pragma once

#include "graph/graph.h"
#include "plan/plan.h"
#include "session/packed_weights.h"

namespace inceptoscope {

/// What one run of a network does, counted from its dispatches without any device: the same on
/// every machine, so that a change of it is a change of the program.
struct Work
{
    uint64_t commandBuffers = 0; ///< one a module; all go in one submission
    uint64_t dispatches = 0;
    uint64_t fills = 0;       ///< memory that is cleared because it was used before
    uint64_t barriers = 0;    ///< where data flows, and two a command buffer
    uint64_t pipelines = 0;   ///< distinct shaders, forms and specialisations
    uint64_t macs = 0;        ///< multiply-adds of convolutions as executed, padding included
    uint64_t weightBytes = 0; ///< packed
    uint64_t arenaBytes = 0;  ///< activations
    uint64_t sumBytes = 0;    ///< Winograd's tiles; with halves sums between chunks
    /// Estimates: each dispatch reads and writes what is bound to it once (its tensors with their
    /// halos), and a layer reads its weights once. Caches make it less, pixels that are read once
    /// for each block of output channels make it more.
    uint64_t bytesRead = 0;
    uint64_t bytesWritten = 0;
};

/// Of Session::run() without timeOps.
[[nodiscard]] Work work(const Graph& graph, const Plan& plan, const WeightLayout& weights);

} // namespace inceptoscope
