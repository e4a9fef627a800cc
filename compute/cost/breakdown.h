#pragma once

#include "cost/cost.h"
#include "cost/op_kind.h"

#include <string>
#include <vector>

namespace inceptoscope {

enum class PartLevel : uint32_t
{
    Network,
    Group,
    Module,
    Branch,
    Op
};
constexpr size_t partLevelCount = 5;

/// "network", "group", "module", "branch", "op".
[[nodiscard]] std::string_view levelName(PartLevel level);

/// A part of a network with what it costs.
struct CostPart
{
    PartLevel level = PartLevel::Network;
    /// Unique among its level: a group's title, a module's name, "inception_3a/3x3", an op's name.
    std::string name;
    std::string label;         ///< inside its parent: "Inception 3a", "3x3", "3x3_reduce"
    int parent = -1;           ///< index of an earlier part; -1 for the network
    ModuleId module = 0;       ///< the first one of a network or group
    std::vector<NodeId> nodes; ///< ascending
    Cost cost;
    OpKind kind = OpKind::Other; ///< of an op; of anything else, the kind that has most MACs
};

/// The network without its auxiliary heads, split into groups, these into modules, branches and
/// ops; each part stands before its own parts, in the order of execution. The parts of a part
/// add up to it: an op that several branches share stands in the first one only, and what
/// follows a module's concatenation (a residual block's convolution and sum) is its last
/// branch, "tail". Ops that cost nothing are there too, but for concatenations and the input.
[[nodiscard]] std::vector<CostPart> breakdown(const Graph& graph);

} // namespace inceptoscope
