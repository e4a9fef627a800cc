#include "experiments/parts.h"
#include "experiments/registry.h"

#include <algorithm>
#include <utility>
#include <variant>

namespace inceptoscope {

namespace {

bool isPool(const Op& op)
{
    return std::holds_alternative<Pool2d>(op) || std::holds_alternative<AdaptiveAvgPool2d>(op);
}

bool isLayer(const Op& op)
{
    return std::holds_alternative<Conv2d>(op) || std::holds_alternative<FullyConnected>(op);
}

/// Layers with weights, and poolings, on a way through the network.
struct Length
{
    uint32_t layers = 0;
    uint32_t pools = 0;

    /// Layers go before pools.
    [[nodiscard]] std::pair<uint32_t, uint32_t> order() const { return {layers, pools}; }
};

struct Longest
{
    Length length;
    std::vector<NodeId> nodes; ///< layers and pools on it, input to output
};

/// The way with most layers; among these, the one with most pools.
Longest longestPath(const Graph& graph)
{
    std::vector<Length> lengths(graph.size());
    std::vector<NodeId> before(graph.size(), 0);
    NodeId last = 0;
    for (NodeId id = 0; id < graph.size(); ++id) {
        if (graph.isAuxiliary(id))
            continue;
        for (const NodeId in : graph[id].inputs)
            if (before[id] == 0 || lengths[in].order() > lengths[before[id]].order())
                before[id] = in;
        if (!graph[id].inputs.empty())
            lengths[id] = lengths[before[id]];
        lengths[id].layers += isLayer(graph[id].op) ? 1 : 0;
        lengths[id].pools += isPool(graph[id].op) ? 1 : 0;
        if (lengths[id].order() >= lengths[last].order())
            last = id;
    }
    Longest result{.length = lengths[last], .nodes = {}};
    for (NodeId id = last; id != 0; id = before[id])
        if (isLayer(graph[id].op) || isPool(graph[id].op))
            result.nodes.push_back(id);
    std::ranges::reverse(result.nodes);
    return result;
}

/// The networks that can be chosen, googlenet first.
const std::vector<std::string>& depthNetworks()
{
    static const std::vector<std::string> ids = networkIds();
    return ids;
}

ExperimentReport countDepth(const SettingValues& values)
{
    const Network& network = familyNetwork(depthNetworks().at(values.whole("network")));
    ExperimentReport report;
    report.sides = {wholeSide(network.title, network)};
    const Longest longest = longestPath(network.graph);
    const auto whole = [&](std::string name, std::string title, double value) {
        report.add(
            {.name = std::move(name), .title = std::move(title), .value = value, .decimals = 0});
    };
    whole("layers", "layers with weights on the longest path", longest.length.layers);
    whole(
        "layers_with_pooling", "with poolings on it", longest.length.layers + longest.length.pools);
    whole(
        "inception_modules", "Inception modules",
        double(modulesOf(network.graph, ModuleKind::Inception).size()));
    ExperimentTable path{{"step", "layer", "op", "module"}, {}};
    for (const NodeId id : longest.nodes)
        path.rows.push_back(
            {double(path.rows.size() + 1), network.graph[id].name, opName(network.graph[id].op),
             network.graph.modules()[network.graph[id].module].name});
    report.add({.name = "path", .title = "the longest path", .value = path, .decimals = 0});
    ExperimentTable all{{"network", "layers", "with pooling", "inception modules"}, {}};
    for (const std::string& id : depthNetworks()) {
        const Graph& graph = familyNetwork(id).graph;
        const Length length = longestPath(graph).length;
        all.rows.push_back(
            {id, double(length.layers), double(length.layers + length.pools),
             double(modulesOf(graph, ModuleKind::Inception).size())});
    }
    report.add({.name = "networks", .title = "the whole family", .value = all, .decimals = 0});
    return report;
}

ExperimentVerdict judgeDepth(const ExperimentReport& report)
{
    const auto figure = [&](const char* name) { return int(report.number(name).value_or(0)); };
    const int layers = figure("layers");
    const int pooled = figure("layers_with_pooling");
    const int modules = figure("inception_modules");
    const std::string counted = std::to_string(layers) + " layers, " + std::to_string(pooled) +
                                " with pooling, " + std::to_string(modules) + " Inception modules";
    if (report.values.whole("network") != 0)
        return {
            counted + " in " + report.sides[0].title +
                "; the claim is about GoogLeNet as the paper has it",
            std::nullopt};
    const bool holds = layers == 22 && pooled == 27 && modules == 9;
    return {(holds ? "holds: " : "does not hold: ") + counted, holds};
}

} // namespace

Experiment depthOfNetwork()
{
    return {
        .id = "depth",
        .title = "How deep is it?",
        .chapter = "Inception v1",
        .claim = "GoogLeNet has nine Inception modules and is 22 layers deep, 27 with pooling.",
        .source =
            "article, Inception v1; Szegedy et al. 2014 (arXiv:1409.4842), section 5, table 1",
        .settings = {networkSetting("network", "network", depthNetworks())},
        .count = countDepth,
        .judge = judgeDepth,
        .timed = false};
}

} // namespace inceptoscope
