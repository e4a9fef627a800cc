#pragma once

#include "graph/graph.h"
#include "kernels/conv_forms.h"
#include "kernels/dispatch.h"
#include "plan/plan.h"
#include "session/memory.h"
#include "weights/tensor_source.h"

#include <functional>
#include <vector>

namespace inceptoscope {

/// Where each layer's packed parameters lie, before anything is allocated.
struct WeightLayout
{
    std::vector<PlacedWeights> layers; ///< by NodeId; addresses are filled in by the session
    std::vector<uint64_t> bytes;       ///< by NodeId; 0 for ops without parameters
    uint64_t total = 0;
};

/// Winograd's larger weights take 32 MiB more at most, for the layers that gain most by the byte,
/// unless that form is wanted for all.
[[nodiscard]] WeightLayout layOutWeights(
    const Graph& graph, const Plan& plan, uint32_t alignment, const ConvChoice& choice = {});

/// Bytes of the staging buffer that uploadWeights() uses.
[[nodiscard]] uint64_t stagingBytes(const WeightLayout& layout);

/// Reads, folds, packs and uploads every layer into Memory::Weights, through one staging buffer
/// of bounded size.
/// Throws Error(Unsupported) for a weight that fp16 can't hold.
/// `progress` gets 0..1 and may return false to cancel (throws Error(Cancelled)).
void uploadWeights(
    const Graph& graph, const Plan& plan, const TensorSource& source, const WeightLayout& layout,
    DeviceMemory& memory, Recorder& recorder, Submitter& submitter,
    const std::function<bool(double)>& progress);

} // namespace inceptoscope
