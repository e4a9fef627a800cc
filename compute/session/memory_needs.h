#pragma once

#include "graph/graph.h"
#include "plan/plan.h"
#include "session/packed_weights.h"
#include "vulkan/device_info.h"

namespace inceptoscope {

/// Bytes that a session allocates on its device before the first run.
struct MemoryNeeds
{
    uint64_t weights = 0;
    uint64_t activations = 0;
    uint64_t sums = 0;      ///< between a convolution's chunks, with halves
    uint64_t transfers = 0; ///< staging of weights and the input, and reading of one tensor

    [[nodiscard]] uint64_t total() const { return weights + activations + sums + transfers; }
};

[[nodiscard]] MemoryNeeds
memoryNeeds(const Graph& graph, const Plan& plan, const WeightLayout& weights);

/// Throws Error(Unsupported) for a precision that the device doesn't offer.
void requirePrecision(Precision precision, const DeviceInfo& device);

/// Throws Error(Unsupported) where a graph has a backward pass or a loss and shall be stored in
/// halves, which end where gradients begin.
void requireFloats(const Graph& graph, Precision precision);

/// Throws Error(OutOfMemory), one sentence with what `network` (its title) needs, what the device
/// has and what helps: where `available` bytes (free on the device) are too few, or one of its
/// limits on allocations and bindings is.
void requireRoom(
    const Graph& graph, const Plan& plan, const WeightLayout& weights, const DeviceInfo& device,
    uint64_t available, const std::string& network);

} // namespace inceptoscope
