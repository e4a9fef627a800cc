#pragma once

#include "closest_name.h"
#include "graph/graph.h"

#include <string>
#include <vector>

namespace inceptoscope {

/// "; did you mean "classify"?" where one of `known` is close, else "; known are: ...".
[[nodiscard]] std::string
suggestion(const std::string& word, const std::vector<std::string>& known);

/// The module of that name, written in any case, with or without underscores. `option` is for
/// the message of Error(Usage).
[[nodiscard]] ModuleId
requireModule(const Graph& graph, const std::string& name, const std::string& option);

/// False for the module that only holds the network's input.
[[nodiscard]] bool hasOps(const Graph& graph, ModuleId id);

/// A result that can be written to a file: the name it gets there and the node.
struct Tap
{
    std::string name;
    NodeId node = 0;
    bool operator==(const Tap&) const = default;
};

/// Logits, probabilities, each module's output and each branch's output.
[[nodiscard]] std::vector<Tap> defaultTaps(const Graph& graph, bool auxiliary);
/// Taps of these names: those above, an op's full name, or "all" for all of them, auxiliary heads
/// only where they are there (`auxiliary`) or named. Throws Error(Usage) for an unknown one.
[[nodiscard]] std::vector<Tap> tapsNamed(
    const Graph& graph, const std::vector<std::string>& names, bool auxiliary,
    const std::string& option = "--tap");

} // namespace inceptoscope
