#pragma once

#include "graph/graph.h"
#include "graph/tensor_layout.h"
#include "plan/fused_sums.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace inceptoscope {

/// Which results stay readable after a run.
enum class Keep : uint32_t
{
    Everything, ///< no memory is reused; any node can be read, nothing replans
    Taps,       ///< memory is reused; only the listed nodes (and the graph's outputs) stay
};

/// Where one node's result lies in the arena. A node that is written straight into its
/// concatenation's result shares the memory and layout of that result; so does a sum that is
/// written over its first operand.
struct Slot
{
    TensorLayout layout;     ///< of this node's own channels (strides are those of the root)
    uint64_t offset = 0;     ///< bytes from the start of the arena, a multiple of the alignment
    NodeId root = 0;         ///< whose memory it is: a concatenation's, a sum's operand's, its own
    bool clearFirst = false; ///< memory was used before: the halo must be zeroed before writing
};

/// Memory plan of a graph: pure arithmetic, no device.
struct Plan
{
    std::vector<Slot> slots;   ///< by NodeId
    std::vector<NodeId> order; ///< nodes to execute, without free concatenations and sums
    std::vector<NodeId>
        copiedConcats; ///< concatenations that must copy (odd channel counts, shared operands)
    std::vector<FusedSum> fusedSums;
    uint64_t arenaBytes = 0;
    Keep keep = Keep::Everything;
    Precision precision = Precision::Fp32;
    std::vector<bool> kept; ///< by NodeId: readable after a run

    /// There is nothing to execute: the input, a concatenation or a sum that others write.
    [[nodiscard]] bool isFree(const Graph& graph, NodeId id) const;
    /// The sum that a convolution makes with its products.
    [[nodiscard]] std::optional<NodeId> sumOf(NodeId convolution) const;
};

struct PlanOptions
{
    Keep keep = Keep::Everything;
    std::vector<NodeId> taps = {};
    bool fuseSums = false; ///< residual sums by their convolutions, under Keep::Taps
    bool auxiliary = false;
    uint32_t alignment = 256; ///< bytes: the device's binding alignment, a multiple of 16
    Precision precision = Precision::Fp32;
};

[[nodiscard]] Plan plan(const Graph& graph, const PlanOptions& options);

} // namespace inceptoscope
