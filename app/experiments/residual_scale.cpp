#include "ascii.h"
#include "experiments/bench.h"
#include "experiments/grouped.h"
#include "experiments/parts.h"
#include "experiments/registry.h"
#include "experiments/residual_stack.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace inceptoscope {

namespace {

ExperimentReport countScale(const SettingValues& values)
{
    const uint32_t filters = values.whole("filters");
    ExperimentReport report;
    report.sides = {side("one block B", residualBlock(filters, values["scale"]))};
    const Cost& cost = report.sides[0].cost;
    const uint32_t blocks = values.whole("blocks");
    report.add(
        {.name = "stack_macs",
         .title = "MACs of the stack",
         .value = double(cost.macs) * blocks,
         .decimals = 0});
    report.add(
        {.name = "stack_params",
         .title = "parameters of the stack",
         .value = double(cost.params) * blocks,
         .decimals = 0});
    report.add(
        {.name = "band",
         .title = "what the paper advises",
         .value = std::vector<double>{0.1, 0.3},
         .decimals = 1});
    return report;
}

/// Adds one scale's figures and curves.
void addScale(ExperimentReport& report, double scale, ResidualStack stack)
{
    const bool finite = stack.depth.size() == report.values.whole("blocks");
    const double end = finite ? stack.variance.back() : std::numeric_limits<double>::infinity();
    std::vector<double> percents;
    for (const double share : stack.dead)
        percents.push_back(100 * share);
    const std::string number = ascii::general(scale, 3);
    std::get<ExperimentTable>(report.figures.front().value)
        .rows.push_back({scale, end, percents.empty() ? 0.0 : percents.back()});
    const std::string name = "scale " + number + (scale >= 0.1 && scale <= 0.3 ? " (advised)" : "");
    report.plots[0].curves.push_back({name, stack.depth, std::move(stack.variance)});
    report.plots[1].curves.push_back({name, std::move(stack.depth), std::move(percents)});
    report.add(
        {.name = "variance_at_" + number,
         .title = "variance after the stack, of the input's, at scale " + number,
         .value = end,
         .decimals = 3});
}

void measureScale(const SettingValues& values, ExperimentReport& report, ExperimentBench& bench)
{
    const uint32_t filters = values.whole("filters");
    const uint32_t blocks = values.whole("blocks");
    std::vector<double> scales = {0.1, 0.3, 1.0};
    if (std::ranges::find(scales, values["scale"]) == scales.end())
        scales.push_back(values["scale"]);
    std::ranges::sort(scales);
    report.input = "a pattern by rule, " + toString(report.sides[0].network->graph[0].shape) +
                   ", initialised as He et al. 2015";
    report.figures.insert(
        report.figures.begin(),
        {.name = "scales",
         .title = "after the stack",
         .value = ExperimentTable{{"scale", "variance", "dead channels %"}, {}},
         .decimals = 3});
    report.plots = {
        {.title = "variance after each block, of the input's",
         .xTitle = "blocks",
         .yTitle = "variance",
         .curves = {},
         .logY = true},
        {.title = "dead channels after each block",
         .xTitle = "blocks",
         .yTitle = "% of channels",
         .curves = {}}};
    ResidualStacks stacks(filters, blocks, bench);
    for (const double scale : scales) {
        addScale(report, scale, stacks.of(scale));
        bench.setFraction(bench.fraction() + 1.0 / double(scales.size() + 1));
        bench.showSoFar(report);
    }
}

/// "1.4", "53,100": three digits that count, and no power of ten.
std::string timesText(double value)
{
    constexpr double large = 1000;
    if (!(value >= large && value < 1e15))
        return ascii::general(value, 3);
    const double step = std::pow(10.0, std::floor(std::log10(value)) - 2);
    return grouped(uint64_t(std::round(value / step) * step));
}

ExperimentVerdict judgeScale(const ExperimentReport& report)
{
    const auto low = report.number("variance_at_0.1");
    const auto high = report.number("variance_at_0.3");
    const auto full = report.number("variance_at_1");
    if (!low || !high || !full)
        return {"not tried yet: only a run on the device shows it", std::nullopt};
    const bool holds = *high < *full / 10;
    return {
        std::string(holds ? "holds for untrained blocks: " : "does not hold for so few blocks: ") +
            "after " + std::to_string(report.values.whole("blocks")) + " blocks the variance is " +
            timesText(*low) + " times the input's at scale 0.1, " + timesText(*high) + " at 0.3, " +
            timesText(*full) + " unscaled; that networks die of it only training can show",
        holds};
}

} // namespace

Experiment residualScale()
{
    return {
        .id = "residual-scale",
        .title = "Scaling residuals",
        .chapter = "Inception-ResNet",
        .claim = "Over 1000 filters residuals must be scaled by 0.1 to 0.3 before the sum, or the "
                 "network becomes unstable and dies in training.",
        .source = "article, Inception-ResNet; Szegedy et al. 2016 (arXiv:1602.07261), section 3.3, "
                  "figure 20",
        .settings =
            {{.name = "scale",
              .title = "scale of the residual",
              .least = 0,
              .most = 1,
              .step = 0.05,
              .standard = 0.2,
              .words = {{0, "0 (nothing is added)"}, {1, "1 (unscaled)"}}},
             {.name = "blocks", .title = "blocks in a row", .least = 1, .most = 40, .standard = 20},
             {.name = "filters",
              .title = "filters (channels)",
              .least = 256,
              .most = 2048,
              .step = 128,
              .standard = 1024}},
        .count = countScale,
        .measure = measureScale,
        .judge = judgeScale,
        .timed = false};
}

} // namespace inceptoscope
