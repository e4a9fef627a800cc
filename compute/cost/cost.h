#pragma once

#include "graph/graph.h"

#include <cstdint>

namespace inceptoscope {

/// Analytic cost of one picture, whatever the batch, in float32. Convention: MACs are the
/// multiply-accumulates of convolutions and fully connected layers (no bias, pooling, LRN, sums);
/// params are the trainable ones (weights, biases, gamma and beta; not the running statistics).
struct Cost
{
    uint64_t params = 0;
    uint64_t macs = 0;
    uint64_t weightBytes = 0; ///< params * 4
    /// The results' elements * 4, without layout padding. A concatenation adds none: it is its
    /// operands, side by side. Where branches share ops, so do their costs; modules share none.
    uint64_t activationBytes = 0;
    /// What ops read of others' results * 4, each operand once: a tensor that three branches
    /// read counts three times. A concatenation reads nothing.
    uint64_t readBytes = 0;

    /// Weights, activations read and written: what must pass the memory if nothing of it is in a
    /// cache before, and all of it while an op runs.
    [[nodiscard]] uint64_t movedBytes() const { return weightBytes + readBytes + activationBytes; }
    /// FLOP/byte: 2 * macs over movedBytes().
    [[nodiscard]] double intensity() const
    {
        return movedBytes() == 0 ? 0.0 : 2.0 * double(macs) / double(movedBytes());
    }
    Cost& operator+=(const Cost& other);
    bool operator==(const Cost&) const = default;
};

[[nodiscard]] Cost cost(const Graph& graph, NodeId id);
[[nodiscard]] Cost cost(const Graph& graph, const Branch& branch);
[[nodiscard]] Cost moduleCost(const Graph& graph, ModuleId id);

/// The network without its auxiliary heads, and the auxiliary heads alone.
struct NetworkCost
{
    Cost main;
    Cost auxiliary;
};
[[nodiscard]] NetworkCost networkCost(const Graph& graph);

/// Convolutions and fully connected layers on the longest path through the main network
/// ("22 layers deep").
[[nodiscard]] uint32_t weightLayersOnLongestPath(const Graph& graph);

} // namespace inceptoscope
