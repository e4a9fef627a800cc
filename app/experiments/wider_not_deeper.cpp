#include "experiments/parts.h"
#include "experiments/registry.h"

namespace inceptoscope {

namespace {

/// Inception v3's module C with its forks (1x3 beside 3x1) made chains (1x3, then 3x1), on the same
/// widths.
Body deeperC()
{
    return [](const Tensor& x) {
        return concat({
            x.conv("branch1x1", 320, 1),
            x.conv("branch3x3_1", 384, 1)
                .conv("branch3x3_2a", 384, {1, 3})
                .conv("branch3x3_2b", 768, {3, 1}),
            x.conv("branch3x3dbl_1", 448, 1)
                .conv("branch3x3dbl_2", 384, 3)
                .conv("branch3x3dbl_3a", 384, {1, 3})
                .conv("branch3x3dbl_3b", 768, {3, 1}),
            x.avgPool("pool", 3, {.stride = 1, .padding = 1, .ceilMode = false})
                .conv("branch_pool", 192, 1),
        });
    };
}

ExperimentReport countWider(const SettingValues& values)
{
    const Network& v3 = familyNetwork("inception_v3");
    const ModuleId module =
        *v3.graph.findModule(values.whole("module") == 0 ? "Mixed_7b" : "Mixed_7c");
    Network wide = cutOut(v3, module);
    const Shape input = wide.graph[0].shape;
    Network deep = oneModule(
        "Module C made deeper", input, deeperC(),
        {.style = {.bias = false, .batchNorm = BatchNorm{}}});
    ExperimentReport report;
    report.sides = {
        side("deeper: 1x3, then 3x1", std::move(deep)),
        side("wider: 1x3 beside 3x1", std::move(wide))};
    addCostRatios(report);
    ExperimentTable table{{"module", "grid", "channels", "layers on the longest path"}, {}};
    std::vector<double> layers;
    for (const ExperimentSide& side : report.sides) {
        layers.push_back(weightLayersOnLongestPath(side.network->graph));
        table.rows.push_back(
            {side.title, std::to_string(side.output.h) + "x" + std::to_string(side.output.w),
             double(side.output.c), layers.back()});
    }
    report.add({.name = "shapes", .title = "what comes out", .value = table, .decimals = 0});
    report.add(
        {.name = "layers_deeper",
         .title = "layers on the longest path, deeper",
         .value = layers[0],
         .decimals = 0});
    report.add(
        {.name = "layers_wider",
         .title = "layers on the longest path, wider",
         .value = layers[1],
         .decimals = 0});
    return report;
}

ExperimentVerdict judgeWider(const ExperimentReport& report)
{
    const bool same = report.sides[0].output == report.sides[1].output;
    const double fewer = 100 * (1 - report.ratioOf("macs"));
    const double deep = report.number("layers_deeper").value_or(0);
    const double wide = report.number("layers_wider").value_or(0);
    const std::string paper = "the same " + toString(report.sides[1].output) + " with " +
                              percent(fewer) + " fewer MACs, " + std::to_string(int(wide)) +
                              " layers deep instead of " + std::to_string(int(deep));
    return costVerdict(report, paper, same && fewer > 0 && wide < deep);
}

} // namespace

Experiment widerNotDeeper()
{
    return {
        .id = "wider-not-deeper",
        .title = "Wider, not deeper",
        .chapter = "Inception v2",
        .claim = "On the coarsest grid the filter banks spread, 1x3 beside 3x1, instead of going "
                 "deeper, 1x3 then 3x1: as many channels at less depth.",
        .source = "article, Inception v2; Szegedy et al. 2015 (arXiv:1512.00567), section 3.2, "
                  "figure 7",
        .settings = {withTitles(
            choiceSetting("module", "which module C of Inception v3", {"Mixed_7b", "Mixed_7c"}),
            {"Mixed 7b, the first", "Mixed 7c, the last"})},
        .count = countWider,
        .judge = judgeWider};
}

} // namespace inceptoscope
