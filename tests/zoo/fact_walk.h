#pragma once

#include "zoo/network.h"

#include <nlohmann/json.hpp>

#include <map>
#include <set>
#include <string>

namespace inceptoscope {

/// Walks a network's ops as ../shared/oracle/facts/NET.json lists them, and finds for each the
/// node of our graph that does the same with the same operands. Throws std::runtime_error that
/// names the fact and what differs.
class FactWalk
{
public:
    explicit FactWalk(const Graph& graph);

    /// `prefix` comes before the keys of auxiliary heads ("aux1."), `tap` is what they start from.
    void walk(const nlohmann::json& ops, const std::string& prefix = "", NodeId tap = 0);

    /// Nodes without a counterpart, apart from the input and the softmax.
    [[nodiscard]] std::vector<std::string> unmatched() const;
    /// The node whose module has this name or path.
    [[nodiscard]] static std::optional<ModuleId>
    findModule(const Graph& graph, const std::string& group);

private:
    void step(const nlohmann::json& fact, const std::string& prefix);
    [[nodiscard]] std::vector<NodeId> operands(const nlohmann::json& fact) const;
    [[nodiscard]] NodeId counterpart(
        const nlohmann::json& fact, const std::string& prefix,
        const std::vector<NodeId>& inputs) const;
    void compareConv(const nlohmann::json& fact, const Conv2d& conv) const;
    void compareWindow(
        const nlohmann::json& fact, const Extent& kernel, const Extent& stride,
        const Padding& padding) const;
    void compare(const nlohmann::json& fact, NodeId id) const;
    void compareModule(const nlohmann::json& fact, NodeId id) const;

    const Graph& m_graph;
    std::map<std::string, NodeId> m_nodes;           ///< by the fact's id
    std::map<std::string, nlohmann::json> m_padding; ///< of ids that are padded: l, r, t, b
    std::map<std::string, float> m_scale;            ///< of ids that are scaled
    std::set<NodeId> m_matched;
};

} // namespace inceptoscope
