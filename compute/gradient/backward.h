#pragma once

#include "gradient/gradient.h"
#include "graph/builder.h"
#include "graph/transposed_conv.h"

#include <vector>

namespace inceptoscope {

/// Writes a backward pass down, from `of` to the input: for each node first its derivative, summed
/// over its readers, then one rule an op (gradient_rules.cpp) says what its inputs get of it.
class BackwardPass
{
public:
    BackwardPass(const Graph& graph, NodeId of, const Wrt& wrt);
    [[nodiscard]] Graph make();

private:
    [[nodiscard]] bool wants(NodeId layer, ParameterRole role) const;
    [[nodiscard]] bool wantsAny(NodeId layer) const;
    /// Whether a node's derivative is wanted, or leads to one that is.
    [[nodiscard]] bool flows(NodeId id) const { return m_flows[id] && m_reached[id]; }
    [[nodiscard]] bool isStatistics(NodeId id) const;
    void chooseFlow();
    void countReaders();

    /// Adds a node to the module of what is being differentiated, which begins with its first.
    NodeId append(const std::string& name, Op op, std::vector<NodeId> inputs);
    /// What an input gets of the node `m_at` by its input number `which`.
    void give(size_t which, Op op, std::vector<NodeId> inputs);
    /// The same where it is a tensor that is there already.
    void giveAsItIs(size_t which, NodeId tensor);
    [[nodiscard]] std::string contributionName(NodeId to, size_t which) const;
    /// The derivative by the node: the sum of what its readers gave.
    NodeId sum(NodeId id);
    /// dy of the node before its activation.
    NodeId beforeActivation(Activation activation, NodeId dy);
    void differentiate(NodeId id, NodeId dy);

    // One rule an op; dy is the derivative by the node m_at.
    void layer(NodeId dy);
    void parameters(const Conv2d& conv, NodeId dz);
    void unfolded(
        const Conv2d& conv, ParameterRole role, NodeId folded, const std::vector<NodeId>& more);
    void inputGradient(const Conv2d& conv, NodeId dz);
    void pool(const Pool2d& op, NodeId dy);
    void concatenation(NodeId dy);
    void residualSum(const Add& op, NodeId dy);
    void batchNormalize(const BatchNormalize& op, NodeId dy);
    void gradientOp(const GradientOp& op, NodeId dy);

    const Graph& m_graph;
    const NodeId m_of;
    const Wrt& m_wrt;
    GraphBuilder m_builder;
    std::vector<bool> m_reached;              ///< `of` depends on it
    std::vector<bool> m_flows;                ///< it depends on what is wanted
    std::vector<uint32_t> m_readers;          ///< contributions that a node will get
    std::vector<std::vector<NodeId>> m_given; ///< those so far
    NodeId m_at = 0;
    bool m_open = false;
};

} // namespace inceptoscope
