#pragma once

#include "cost/cost.h"
#include "zoo/network.h"

#include <string>
#include <vector>

namespace inceptoscope {

/// How finely cost and bench split a network.
enum class Per
{
    Network,
    Module,
    Branch,
    Op
};

/// What --per takes, in the order of Per.
[[nodiscard]] const std::vector<std::string>& perNames();
[[nodiscard]] Per perOf(const std::string& name);

/// A part of a network: all of it, a module, a branch or an op. Names it doesn't have are empty.
struct Part
{
    std::string module;
    std::string branch;
    std::string op;
    bool auxiliary = false;
    Cost cost;
    std::vector<NodeId> nodes;
};

/// The network's parts in order of execution, auxiliary heads included. Branches can share ops
/// where they fork; an op is listed once, under the first branch it belongs to.
[[nodiscard]] std::vector<Part> partsOf(const Graph& graph, Per per);

} // namespace inceptoscope
