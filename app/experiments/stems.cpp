#include "experiments/parts.h"
#include "experiments/registry.h"

namespace inceptoscope {

namespace {

struct StemOf
{
    const char* title;
    const char* network;
};

constexpr StemOf stemsOf[] = {
    {"v1", "googlenet"},
    {"v2", "inception_v2"},
    {"v3", "inception_v3"},
    {"v4", "inception_v4"},
    {"Inception-ResNet v1", "inception_resnet_v1"},
    {"Inception-ResNet v2", "inception_resnet_v2"},
};

/// What stands before the first Inception module: modules of that kind in a row.
ModuleId lastOfStem(const Graph& graph)
{
    ModuleId last = 0;
    while (last + 1 < graph.modules().size() && graph.modules()[last + 1].kind == ModuleKind::Stem)
        ++last;
    return last;
}

ExperimentReport countStems(const SettingValues& values)
{
    ExperimentReport report;
    const uint32_t shown = values.whole("steps_of");
    ExperimentTable ends{
        {"stem", "grid", "channels", "receptive field", "layers", "macs", "params"}, {}};
    ExperimentTable steps{
        {"step", "grid", "channels", "receptive field", "macs", "macs so far"}, {}};
    for (const StemOf& stem : stemsOf) {
        const Network& network = familyNetwork(stem.network);
        report.sides.push_back(wholeSide(stem.title, upTo(network, lastOfStem(network.graph))));
        const ExperimentSide& side = report.sides.back();
        ends.rows.push_back(
            {std::string(stem.title), double(side.output.h), double(side.output.c),
             double(side.receptiveField), double(weightLayersOnLongestPath(side.network->graph)),
             double(side.cost.macs), double(side.cost.params)});
    }
    const Graph& graph = report.sides.at(shown).network->graph;
    double sum = 0;
    for (ModuleId id = 1; id < graph.modules().size(); ++id) {
        const Module& module = graph.modules()[id];
        const Shape& shape = graph[module.output].shape;
        const double macs = double(moduleCost(graph, id).macs);
        sum += macs;
        steps.rows.push_back(
            {module.title, double(shape.h), double(shape.c),
             double(middleField(graph, module.output)), macs, sum});
    }
    addCostRatios(report);
    report.add({.name = "stems", .title = "at their ends", .value = ends, .decimals = 0});
    report.add(
        {.name = "steps",
         .title = "step by step, " + std::string(stemsOf[shown].title),
         .value = steps,
         .decimals = 0});
    return report;
}

ExperimentVerdict judgeStems(const ExperimentReport& report)
{
    const ExperimentSide& v3 = report.sides[2];
    const ExperimentSide& v4 = report.sides[3];
    const bool other = v4.cost.macs != v3.cost.macs && v4.output.c > v3.output.c;
    const std::string counted = "v4's stem hands on " + toString(v4.output) + " after " +
                                grouped(v4.cost.macs) + " MACs, v3's " + toString(v3.output) +
                                " after " + grouped(v3.cost.macs);
    return {(other ? "holds: " : "does not hold: ") + counted, other};
}

} // namespace

Experiment stems()
{
    std::vector<std::string> networks;
    for (const StemOf& stem : stemsOf)
        networks.emplace_back(stem.network);
    return {
        .id = "stems",
        .title = "Stems",
        .chapter = "Inception v4",
        .claim = "Before the first Inception module stands a stem; v4 changed it, and the two "
                 "Inception-ResNets have others.",
        .source = "article, Inception v4 and Inception-ResNet; Szegedy et al. 2016 "
                  "(arXiv:1602.07261), section 3.1, figures 3 and 14",
        .settings = {networkSetting("steps_of", "whose steps are listed", networks, 3)},
        .count = countStems,
        .judge = judgeStems,
        .onPicture = true};
}

} // namespace inceptoscope
