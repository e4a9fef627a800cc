#include "ascii.h"
#include "experiments/bench.h"
#include "experiments/parts.h"
#include "experiments/registry.h"
#include "graph/module_graph.h"

#include <iterator>

namespace inceptoscope {

namespace {

struct Stop
{
    const char* title;
    const char* step; ///< what became of the module before
    const char* network;
    const char* module;
};

constexpr Stop stops[] = {
    {"v1, naive", "1x1, 3x3, 5x5 and pooling side by side", "googlenet_naive", "inception_3a"},
    {"v1, reduced", "a 1x1 before 3x3 and 5x5, another after the pooling", "googlenet",
     "inception_3a"},
    {"v2, module A", "the 5x5 becomes a 3x3 over a 3x3", "inception_v2", "a1"},
    {"v2, module B", "each n x n becomes a 1 x n over an n x 1, here with n = 7", "inception_v2",
     "b1"},
    {"v2, module C", "the 3x3 spreads: 1x3 beside 3x1", "inception_v2", "c1"},
    {"v3, module A", "a 5x5 beside the two 3x3", "inception_v3", "Mixed_5b"},
    {"v4, module A", "96 channels from every branch", "inception_v4", "Mixed_5b"},
    {"v4, module B", "1x7 and 7x1, wider than in v3", "inception_v4", "Mixed_6b"},
    {"Inception-ResNet, block A",
     "no pooling: the input itself is added, so a linear 1x1 brings the channels back",
     "inception_resnet_v1", "repeat_1.0"},
    {"Inception-ResNet, block B", "the same with 1x7 and 7x1", "inception_resnet_v1", "repeat_2.0"},
};

/// All on one input, the one of the first module of GoogLeNet.
constexpr Shape input{192, 28, 28};

ExperimentSide sideOf(const Stop& stop)
{
    Network alone = familyNetwork(stop.network);
    alone.graph = moduleGraph(alone.graph, *alone.graph.findModule(stop.module), input);
    alone.auxiliaryLogits.clear();
    alone.embedding.reset();
    return side(stop.title, std::move(alone));
}

ExperimentReport countFamily(const SettingValues& values)
{
    const Stop& shown = stops[values.whole("stop") - 1];
    ExperimentReport report;
    report.at = "inception3a";
    report.sides = {sideOf(shown)};
    report.add({.name = "step", .title = "what changed", .value = std::string(shown.step)});
    ExperimentTable table{{"stop", "macs", "params", "receptive field", "channels out"}, {}};
    std::vector<double> macs;
    for (const Stop& stop : stops) {
        const ExperimentSide one = sideOf(stop);
        macs.push_back(double(one.cost.macs));
        table.rows.push_back(
            {std::string(stop.title), double(one.cost.macs), double(one.cost.params),
             double(one.receptiveField), double(one.output.c)});
    }
    report.ratio("macs_to_naive", double(report.sides[0].cost.macs) / macs.front());
    report.add(
        {.name = "stops",
         .title = "every stop on 192 channels, 28x28",
         .value = table,
         .decimals = 0});
    return report;
}

/// Where trained weights of the module are at hand. Those that come with the program are of v1 with
/// batch normalisation, whose third branch has a 3x3 as its 5x5.
void showReal(const SettingValues& values, ExperimentReport& report, ExperimentBench& bench)
{
    const Stop& shown = stops[values.whole("stop") - 1];
    std::vector<std::pair<std::string, std::string>> candidates = {{shown.network, shown.module}};
    if (candidates.front().first == "googlenet")
        candidates.emplace_back("googlenet_bn", "inception3a");
    std::string text = "none are shown: no trained weights of " +
                       familyNetwork(shown.network).title +
                       " are here, and random ones would mean nothing";
    for (const auto& [network, module] : candidates) {
        const OpenedNetwork* opened = bench.trained(network);
        if (opened == nullptr)
            continue;
        const Graph& graph = opened->network.graph;
        const ModuleId id = graph.findModule(module).value();
        report.sides[0].real = bench.realModule(*opened, id);
        text = graph.modules()[id].title + " of " + opened->network.title +
               ", as it was trained, on the " +
               (bench.subject().picture.isNull() ? "pattern" : "picture") +
               (network == shown.network ? "" : "; its third branch has a 3x3 in place of the 5x5");
        break;
    }
    report.add({.name = "maps", .title = "maps", .value = text});
    report.sides[0].realText = "Maps: " + text;
}

/// A walk, not a claim: it says where one stands.
ExperimentVerdict judgeFamily(const ExperimentReport& report)
{
    const ExperimentSide& shown = report.sides.front();
    const std::string field = std::to_string(shown.receptiveField);
    return {
        shown.title + ": " + grouped(shown.cost.macs) + " MACs, " +
            ascii::fixed(report.ratioOf("macs_to_naive"), 2) +
            " times the naive module's on the same input; a value sees " + field + "x" + field +
            " pixels of it",
        std::nullopt};
}

} // namespace

Experiment familyMorph()
{
    std::map<double, std::string> titles;
    for (size_t i = 0; i < std::size(stops); ++i)
        titles[double(i + 1)] = std::to_string(i + 1) + " of " + std::to_string(std::size(stops)) +
                                ", " + stops[i].title;
    return {
        .id = "family",
        .title = "The family, step by step",
        .chapter = "The whole family",
        .claim = "The module's versions grew one out of the other: the 5x5 becomes two 3x3, n x n "
                 "becomes 1 x n and n x 1, branches spread, and at last a sum stands beside the "
                 "input.",
        .source = "article, from Inception v1 to Inception-ResNet; Szegedy et al. 2014, 2015, 2016",
        .settings =
            {{.name = "stop",
              .title = "stop",
              .least = 1,
              .most = double(std::size(stops)),
              .standard = 1,
              .words = std::move(titles)}},
        .count = countFamily,
        .measure = showReal,
        .judge = judgeFamily,
        .onPicture = true};
}

} // namespace inceptoscope
