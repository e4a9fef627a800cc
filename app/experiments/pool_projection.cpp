#include "ascii.h"
#include "experiments/bench.h"
#include "experiments/parts.h"
#include "experiments/registry.h"

#include <cmath>

namespace inceptoscope {

namespace {

/// Filters of the projection in the trained network.
uint32_t projectionOf(const std::string& module)
{
    const Graph& graph = familyNetwork("googlenet_bn").graph;
    return graph[*graph.find(module + ".branch4.1")].shape.c;
}

ExperimentReport countProjection(const SettingValues& values)
{
    const StandAt& at = depthOf(values);
    const uint32_t filters = projectionOf(at.module);
    const PoolOptions keeps{.stride = 1, .padding = 1};
    const ModuleNaming names{
        .name = at.module, .separator = ".", .style = {.bias = false, .batchNorm = BatchNorm{}}};
    ExperimentReport report;
    report.at = at.module;
    report.sides = {
        side(
            "1x1 after the pooling",
            oneModule(
                "Pool, then 1x1", at.input,
                [&](const Tensor& x) {
                    return x.maxPool("branch4.0", 3, keeps).conv("branch4.1", filters, 1);
                },
                names)),
        side(
            "1x1 before the pooling",
            oneModule(
                "1x1, then pool", at.input,
                [&](const Tensor& x) {
                    return x.conv("branch4.1", filters, 1).maxPool("branch4.0", 3, keeps);
                },
                names))};
    addCostRatios(report);
    report.add(
        {.name = "filters",
         .title = "filters of the 1x1",
         .value = double(filters),
         .decimals = 0});
    return report;
}

void compareOrders(const SettingValues&, ExperimentReport& report, ExperimentBench& bench)
{
    std::vector<std::vector<float>> results;
    for (const ExperimentSide& side : report.sides) {
        const Graph& graph = side.network->graph;
        const std::vector<float> input = bench.inputOf(report.at, graph[0].shape);
        results.push_back(
            bench.run(graph, *bench.network().weights, input, {graph.size() - 1}).front());
    }
    double difference = 0;
    double all = 0;
    size_t differing = 0;
    for (size_t i = 0; i < results[0].size(); ++i) {
        const double a = results[0][i];
        const double d = a - double(results[1][i]);
        difference += d * d;
        all += a * a;
        differing += std::abs(d) > 1e-3 * (1 + std::abs(a)) ? 1 : 0;
    }
    report.add(
        {.name = "relative_difference_percent",
         .title = "difference of the results, of their size",
         .value = all > 0 ? 100 * std::sqrt(difference / all) : 0.0,
         .unit = "%",
         .decimals = 1});
    report.add(
        {.name = "differing_values_percent",
         .title = "values that differ",
         .value = 100 * double(differing) / double(results[0].size()),
         .unit = "%",
         .decimals = 1});
}

ExperimentVerdict judgeProjection(const ExperimentReport& report)
{
    const bool same = report.sides[0].cost.macs == report.sides[1].cost.macs;
    const std::string macs =
        (same ? "both orders have " : "the orders differ: ") + grouped(report.sides[0].cost.macs) +
        (same ? " MACs" : " and " + grouped(report.sides[1].cost.macs) + " MACs");
    const auto difference = report.number("relative_difference_percent");
    if (!difference)
        return {macs + "; whether the results differ was not tried", std::nullopt};
    const bool holds = same && *difference > 1;
    std::string text = (holds ? "holds: " : "does not hold: ") + macs +
                       ", but the results differ by " + percent(*difference) + " of their size";
    const std::string speed = speedText(report.sides[1].timeRatio);
    if (!speed.empty())
        text += "; the other order is " + speed;
    return {text, holds};
}

} // namespace

Experiment poolProjection()
{
    return {
        .id = "pool-projection",
        .title = "1x1 after the pooling",
        .chapter = "Inception v1",
        .claim = "In the pooling branch the 1x1 stands after the pooling, not before: as many "
                 "MACs, another result.",
        .source = "article, Inception v1; Szegedy et al. 2014 (arXiv:1409.4842), figure 2b",
        .settings = {depthSetting()},
        .count = countProjection,
        .measure = compareOrders,
        .judge = judgeProjection,
        .onPicture = true};
}

} // namespace inceptoscope
