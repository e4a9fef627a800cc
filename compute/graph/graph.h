#pragma once

#include "graph/op.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace inceptoscope {

using NodeId = uint32_t;
using ModuleId = uint32_t;

/// One op with its result.
struct Node
{
    std::string name; ///< "inception_3a/3x3_reduce", "Mixed_5b.branch1.0"
    /// Under which the checkpoints of the implementation it follows store its weights: mostly the
    /// name ("inception_3a/3x3_reduce.weight"), where the field calls the module otherwise not
    /// ("features.6.branch1.0.conv.weight").
    std::string path;
    Op op;
    std::vector<NodeId> inputs;
    Shape shape;
    ModuleId module = 0;
};

enum class ModuleKind : uint32_t
{
    Stem,
    Inception,
    Reduction,
    Head,
    Auxiliary,
    Backward ///< of a backward pass: the gradients behind a module, or a loss
};

/// A named group of consecutive nodes: a stem layer, an Inception module, a reduction, a part
/// of the classifier head, or an auxiliary head (shown, but run only when asked for).
struct Module
{
    std::string name;  ///< "inception_3a": prefix of its nodes and name of its output tensor
    std::string title; ///< "Inception 3a"
    ModuleKind kind = ModuleKind::Stem;
    std::string path;  ///< as Node::path: "features.6" of "Mixed_5b"
    std::string group; ///< "Stem", "Inception-A", "Reduction-B", "Head": modules of one design
    std::string drawn; ///< where a paper draws it: "..., figure 5"; empty where none does
    /// What the survey "A Simple Guide to the Versions of the Inception Network" calls such a
    /// module, with the figure: "module A (figure 5)"; empty where it names none.
    std::string article;
    std::string alias;          ///< a second name in the field: "inception3a"; mostly empty
    std::vector<NodeId> nodes;  ///< ascending, never empty
    NodeId output = 0;          ///< the node whose result is the module's
    std::vector<NodeId> inputs; ///< nodes outside that feed it, ascending
};

/// A chain of ops inside a module that feeds one operand of its concatenation. A module
/// without a concatenation has one branch. An op can belong to several branches (a fork).
struct Branch
{
    /// Last part of its last op's name, without that op's number in the branch: "1x1", "3x3",
    /// "pool_proj", "branch2".
    std::string name;
    std::vector<NodeId> nodes;  ///< ascending, without the concatenation
    NodeId output = 0;          ///< the operand of the concatenation
    uint32_t channelOffset = 0; ///< where its channels land in the module's output
};

/// An immutable network: nodes in topological order, made by GraphBuilder. Holds no weights
/// and knows neither Vulkan nor Qt; everything else (memory plan, cost, diagram, weight
/// names) is a function of it.
class Graph
{
public:
    [[nodiscard]] const std::vector<Node>& nodes() const { return m_nodes; }
    [[nodiscard]] const std::vector<Module>& modules() const { return m_modules; }
    [[nodiscard]] const Node& operator[](NodeId id) const { return m_nodes[id]; }
    [[nodiscard]] NodeId size() const { return NodeId(m_nodes.size()); }

    [[nodiscard]] NodeId input() const { return 0; }
    [[nodiscard]] std::optional<NodeId> logits() const { return m_logits; }
    [[nodiscard]] std::optional<NodeId> probabilities() const { return m_probabilities; }

    /// The same network for n pictures at a time. Throws Error(Usage) for none, or more than
    /// 4096, and for a backward pass or a loss, which is made of a network that has its batch.
    [[nodiscard]] Graph withBatch(uint32_t n) const;

    /// The node of that name. Exact names only.
    [[nodiscard]] std::optional<NodeId> find(std::string_view name) const;
    [[nodiscard]] std::optional<ModuleId> findModule(std::string_view name) const;

    /// Nodes of auxiliary heads are not part of the main network.
    [[nodiscard]] bool isAuxiliary(NodeId id) const
    {
        return m_modules[m_nodes[id].module].kind == ModuleKind::Auxiliary;
    }

    /// Consumers of each node, ascending.
    [[nodiscard]] const std::vector<NodeId>& consumers(NodeId id) const { return m_consumers[id]; }

    /// The concatenation that the branches of a module feed: its output, or in a residual block
    /// the one before the linear 1x1 convolution.
    [[nodiscard]] std::optional<NodeId> join(ModuleId id) const;
    /// What follows the join inside the module: a residual block's convolution and sum.
    [[nodiscard]] std::vector<NodeId> tail(ModuleId id) const;
    /// Part of the join: itself, or a concatenation inside a branch that forks at its end.
    [[nodiscard]] bool isJoined(NodeId id) const;
    /// The branches of a module, in the order of its concatenation's operands. A branch that
    /// forks at its end (1x3 beside 3x1) counts as two.
    [[nodiscard]] std::vector<Branch> branches(ModuleId id) const;

private:
    friend class GraphBuilder;
    /// `end` and what leads to it inside the module, ascending.
    [[nodiscard]] std::vector<NodeId> chain(ModuleId id, NodeId end) const;
    void addOperands(NodeId concat, std::vector<NodeId>& operands) const;

    std::vector<Node> m_nodes;
    std::vector<Module> m_modules;
    std::vector<std::vector<NodeId>> m_consumers;
    std::optional<NodeId> m_logits;
    std::optional<NodeId> m_probabilities;
};

/// A node's name inside its module, without the separator ("/", "." or "_"): "3x3_reduce" of
/// "inception_3a/3x3_reduce".
[[nodiscard]] std::string localName(const Graph& graph, NodeId id);

/// "stem", "inception", "reduction", "head", "auxiliary", "backward".
[[nodiscard]] std::string_view kindName(ModuleKind kind);

} // namespace inceptoscope
