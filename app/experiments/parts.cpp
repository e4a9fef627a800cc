#include "experiments/parts.h"

#include "ascii.h"
#include "graph/module_graph.h"
#include "graph/receptive_field.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <mutex>
#include <stdexcept>

namespace inceptoscope {

namespace {

/// A turn's times scatter by a few percent on any machine: less than this is "no faster".
constexpr double noticeable = 0.95;

/// Before the average over each map: what people call a network's receptive field is of its pixels.
NodeId lastGrid(const Graph& graph)
{
    for (NodeId id = 0; id < graph.size(); ++id) {
        const auto* pool = std::get_if<AdaptiveAvgPool2d>(&graph[id].op);
        if (pool != nullptr && pool->out == Extent{1, 1} && !graph.isAuxiliary(id))
            return graph[id].inputs.front();
    }
    return graph.size() - 1;
}

ExperimentSide counted(std::string title, Network network, bool whole)
{
    ExperimentSide result;
    result.title = std::move(title);
    result.whole = whole;
    const Graph& graph = network.graph;
    result.cost = networkCost(graph).main;
    const NodeId last = whole ? lastGrid(graph) : graph.size() - 1;
    result.receptiveField = middleField(graph, last);
    result.output = graph[last].shape;
    result.network = std::make_shared<const Network>(std::move(network));
    return result;
}

} // namespace

double ExperimentReport::ratioOf(const std::string& name) const
{
    for (const auto& [key, value] : ratios)
        if (key == name)
            return value;
    throw std::out_of_range("ratio " + name);
}

std::optional<double> ExperimentReport::number(const std::string& name) const
{
    for (const ExperimentFigure& figure : figures)
        if (figure.name == name)
            if (const auto* value = std::get_if<double>(&figure.value))
                return *value;
    return std::nullopt;
}

Network oneModule(
    const std::string& title, const Shape& input, const Body& body, const ModuleNaming& naming)
{
    GraphBuilder builder(input, naming.style);
    {
        const ModuleScope module(
            builder.input(), {.name = naming.name,
                              .title = title,
                              .kind = ModuleKind::Inception,
                              .group = "Experiment",
                              .separator = naming.separator});
        (void)body(builder.input());
    }
    Network network;
    network.id = "experiment";
    network.title = title;
    network.graph = builder.finish();
    return network;
}

Network cutOut(const Network& network, ModuleId module)
{
    Network alone = network;
    alone.graph = moduleGraph(network.graph, module, moduleInput(network.graph, module));
    alone.auxiliaryLogits.clear();
    alone.embedding.reset();
    return alone;
}

Network upTo(const Network& network, ModuleId last)
{
    const Graph& graph = network.graph;
    GraphBuilder builder(graph[graph.input()].shape);
    std::vector<Tensor> made = {builder.input()};
    for (ModuleId id = 1; id <= last; ++id) {
        const Module& module = graph.modules()[id];
        const ModuleScope scope(
            builder.input(), {.name = module.name,
                              .title = module.title,
                              .kind = module.kind,
                              .group = module.group,
                              .drawn = module.drawn,
                              .article = module.article,
                              .separator = "/"});
        for (const NodeId node : module.nodes) {
            std::vector<Tensor> inputs;
            for (const NodeId in : graph[node].inputs)
                inputs.push_back(made.at(in));
            const bool alone = graph[node].name == module.name;
            made.push_back(
                builder.add(alone ? "" : localName(graph, node), graph[node].op, inputs));
        }
    }
    Network cut = network;
    cut.graph = builder.finish();
    cut.auxiliaryLogits.clear();
    cut.embedding.reset();
    return cut;
}

const Network& familyNetwork(std::string_view id)
{
    static std::mutex mutex;
    static std::map<std::string, Network, std::less<>> made;
    const std::scoped_lock lock(mutex);
    auto it = made.find(id);
    if (it == made.end())
        it = made.emplace(id, makeNetwork(std::string(id))).first;
    return it->second;
}

ExperimentSetting networkSetting(
    std::string name, std::string title, const std::vector<std::string>& ids, size_t standard)
{
    std::vector<std::string> titles;
    titles.reserve(ids.size());
    for (const std::string& id : ids)
        titles.push_back(familyNetwork(id).title);
    return withTitles(choiceSetting(std::move(name), std::move(title), ids, standard), titles);
}

std::vector<ModuleId> modulesOf(const Graph& graph, ModuleKind kind)
{
    std::vector<ModuleId> ids;
    for (ModuleId id = 1; id < graph.modules().size(); ++id)
        if (graph.modules()[id].kind == kind)
            ids.push_back(id);
    return ids;
}

ExperimentSide side(std::string title, Network network)
{
    return counted(std::move(title), std::move(network), false);
}

ExperimentSide wholeSide(std::string title, Network network)
{
    return counted(std::move(title), std::move(network), true);
}

uint32_t middleField(const Graph& graph, NodeId id)
{
    const Shape& shape = graph[id].shape;
    const PixelRect field = receptiveField(graph, id, shape.w / 2, shape.h / 2);
    return uint32_t(std::max(field.w, field.h));
}

void addCostRatios(ExperimentReport& report)
{
    const Cost& reference = report.sides.front().cost;
    const auto of = [](uint64_t value, uint64_t to) {
        return to == 0 ? 0.0 : double(value) / double(to);
    };
    for (size_t i = 1; i < report.sides.size(); ++i) {
        const std::string suffix = i == 1 ? "" : "_" + std::to_string(i + 1);
        const Cost& cost = report.sides[i].cost;
        report.ratio("macs" + suffix, of(cost.macs, reference.macs));
        report.ratio("params" + suffix, of(cost.params, reference.params));
    }
}

const std::vector<StandAt>& depths()
{
    static const std::vector<StandAt> all = [] {
        std::vector<StandAt> list;
        const Network& network = familyNetwork("googlenet_bn");
        for (const Module& module : network.graph.modules())
            if (module.kind == ModuleKind::Inception)
                list.push_back({module.name, network.graph[module.inputs.front()].shape});
        return list;
    }();
    return all;
}

ExperimentSetting depthSetting(const std::string& standard)
{
    const Graph& graph = familyNetwork("googlenet_bn").graph;
    std::vector<std::string> names;
    std::vector<std::string> titles;
    size_t index = 0;
    for (const StandAt& depth : depths()) {
        if (depth.module == standard)
            index = names.size();
        names.push_back(depth.module);
        titles.push_back(graph.modules()[*graph.findModule(depth.module)].title);
    }
    return withTitles(
        choiceSetting(
            "at", "where in GoogLeNet: on what this module gets", std::move(names), index),
        titles);
}

const StandAt& depthOf(const SettingValues& values)
{
    return depths().at(values.whole("at"));
}

std::string percent(double value, int decimals)
{
    return ascii::fixed(value, decimals) + " %";
}

bool isFaster(const Ratio& time)
{
    return time.known() && time.median < noticeable;
}

std::string speedText(const Ratio& time)
{
    if (!time.known())
        return {};
    if (isFaster(time))
        return ascii::fixed(1 / time.median, 1 / time.median < 1.1 ? 2 : 1) + "x faster here";
    if (time.median * noticeable > 1)
        return ascii::fixed(time.median, time.median < 1.1 ? 2 : 1) + "x slower here";
    return "no faster here";
}

std::string runsText(const ExperimentReport& report)
{
    const bool once = std::ranges::any_of(
        report.sides, [](const ExperimentSide& side) { return side.times.runs == 1; });
    return once ? " (one run each)" : "";
}

double gigaflops(const ExperimentSide& side)
{
    return side.times.median > 0 ? 2.0 * double(side.cost.macs) / (side.times.median * 1e6) : 0.0;
}

ExperimentVerdict
costVerdict(const ExperimentReport& report, const std::string& paper, bool counted)
{
    if (!counted)
        return {"does not hold: " + paper, false};
    const ExperimentSide& first = report.sides.at(0);
    const ExperimentSide& second = report.sides.at(1);
    if (!second.timeRatio.known())
        return {"holds on paper: " + paper + "; not measured", std::nullopt};
    if (isFaster(second.timeRatio))
        return {"holds: " + paper + ", " + speedText(second.timeRatio) + runsText(report), true};
    return {
        "holds on paper, not on this device: " + paper + ", " + speedText(second.timeRatio) +
            runsText(report) + ", because the device computes it at " +
            ascii::fixed(gigaflops(second), 1) + " GFLOP/s and " + first.title + " at " +
            ascii::fixed(gigaflops(first), 1),
        false};
}

} // namespace inceptoscope
