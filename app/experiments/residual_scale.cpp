#include "ascii.h"
#include "experiments/bench.h"
#include "experiments/given_weights.h"
#include "experiments/parts.h"
#include "experiments/registry.h"
#include "weights/synthetic.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace inceptoscope {

namespace {

constexpr uint32_t grid = 8;
/// Blocks of one session, each with weights of its own; a longer stack goes through them again.
constexpr uint32_t blocksInSession = 4;

/// Block B of Inception-ResNet v2 (Szegedy et al. 2016, figure 17), its widths in proportion to
/// 1152 channels.
Tensor blockB(const Tensor& x, double scale)
{
    const uint32_t filters = x.shape().c;
    const auto part = [&](uint32_t ofDrawn) {
        return std::max(1U, (ofDrawn * filters + 576) / 1152);
    };
    const Tensor joined = concat(
        {x.conv("branch0", part(192), 1), x.conv("branch1_0", part(128), 1)
                                              .conv("branch1_1", part(160), {1, 7})
                                              .conv("branch1_2", part(192), {7, 1})},
        "concat");
    const Tensor residual = joined.conv("linear", filters, 1, {.activation = Activation::None});
    return add(x, residual, {.scale = float(scale), .activation = Activation::Relu});
}

Network block(uint32_t filters, double scale)
{
    return oneModule(
        "Block B", {filters, grid, grid}, [=](const Tensor& x) { return blockB(x, scale); });
}

Graph blocksInARow(uint32_t filters, double scale, uint32_t count)
{
    GraphBuilder builder({filters, grid, grid});
    Tensor x = builder.input();
    for (uint32_t i = 0; i < count; ++i) {
        const std::string name = "block" + std::to_string(i);
        const ModuleScope module(x, name, name, ModuleKind::Inception);
        x = blockB(x, scale);
    }
    return builder.finish();
}

/// He et al. 2015: variance 2 / fan-in before a ReLU; 1 / fan-in where none follows. No biases.
GivenWeights initialised(const Graph& graph)
{
    return {graph, [](const std::string& key, const std::vector<uint64_t>& shape) {
                if (key.ends_with(".bias"))
                    return std::vector<float>(shape[0], 0.0F);
                const double fanIn = double(shape[1] * shape[2] * shape[3]);
                const double variance = (key.find("linear") != std::string::npos ? 1 : 2) / fanIn;
                const auto bound = float(std::sqrt(3 * variance)); // of a uniform distribution
                std::vector<float> values = syntheticUniform(
                    key, shape[0] * shape[1] * shape[2] * shape[3], "residual-scale");
                for (float& value : values)
                    value *= bound;
                return values;
            }};
}

struct Stack
{
    std::vector<double> depth;
    std::vector<double> variance;
    std::vector<double> dead; ///< share of channels that are zero everywhere
};

double varianceOf(const std::vector<float>& values)
{
    double sum = 0;
    double squares = 0;
    for (const float value : values) {
        sum += value;
        squares += double(value) * value;
    }
    const double n = double(values.size());
    return squares / n - (sum / n) * (sum / n);
}

double deadShare(const std::vector<float>& values)
{
    constexpr size_t plane = size_t(grid) * grid;
    size_t dead = 0;
    for (auto at = values.begin(); at != values.end(); at += plane)
        dead += std::all_of(at, at + plane, [](float value) { return value == 0; }) ? 1 : 0;
    return double(dead) / (double(values.size()) / plane);
}

Stack runStack(uint32_t filters, double scale, uint32_t blocks, ExperimentBench& bench)
{
    const Graph graph = blocksInARow(filters, scale, std::min(blocks, blocksInSession));
    const auto session =
        makeSession(bench.site(), graph, initialised(graph), {.timeOps = false}, bench.fraction());
    std::vector<float> values = bench.inputOf("", {filters, grid, grid});
    const double before = varianceOf(values);
    Stack stack;
    while (stack.depth.size() < blocks) {
        session->setInput(values);
        for (ModuleId module = 1; module < graph.modules().size(); ++module) {
            bench.goOn();
            session->runModule(module);
            values = session->read(graph.modules()[module].output);
            const double variance = varianceOf(values);
            if (!std::isfinite(variance) || stack.depth.size() == blocks)
                return stack;
            stack.depth.push_back(double(stack.depth.size() + 1));
            stack.variance.push_back(variance / before);
            stack.dead.push_back(deadShare(values));
        }
    }
    return stack;
}

ExperimentReport countScale(const SettingValues& values)
{
    const uint32_t filters = values.whole("filters");
    ExperimentReport report;
    report.sides = {side("one block B", block(filters, values["scale"]))};
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

void measureScale(const SettingValues& values, ExperimentReport& report, ExperimentBench& bench)
{
    const uint32_t filters = values.whole("filters");
    const uint32_t blocks = values.whole("blocks");
    std::vector<double> scales = {0.1, 0.3, 1.0};
    if (std::ranges::find(scales, values["scale"]) == scales.end())
        scales.push_back(values["scale"]);
    std::ranges::sort(scales);
    ExperimentTable table{{"scale", "variance", "dead channels %"}, {}};
    ExperimentPlot variance{
        .title = "variance after each block, of the input's",
        .xTitle = "blocks",
        .yTitle = "variance",
        .curves = {},
        .logY = true};
    ExperimentPlot dead{
        .title = "dead channels after each block",
        .xTitle = "blocks",
        .yTitle = "% of channels",
        .curves = {}};
    for (const double scale : scales) {
        const Stack stack = runStack(filters, scale, blocks, bench);
        bench.setFraction(bench.fraction() + 1.0 / double(scales.size() + 1));
        const bool finite = stack.depth.size() == blocks;
        const double end = finite ? stack.variance.back() : std::numeric_limits<double>::infinity();
        std::vector<double> percents;
        for (const double share : stack.dead)
            percents.push_back(100 * share);
        table.rows.push_back({scale, end, percents.empty() ? 0.0 : percents.back()});
        const std::string name = "scale " + ascii::general(scale, 3) +
                                 (scale >= 0.1 && scale <= 0.3 ? " (advised)" : "");
        variance.curves.push_back({name, stack.depth, stack.variance});
        dead.curves.push_back({name, stack.depth, std::move(percents)});
        report.add(
            {.name = "variance_at_" + ascii::general(scale, 3),
             .title =
                 "variance after the stack, of the input's, at scale " + ascii::general(scale, 3),
             .value = end,
             .decimals = 3});
    }
    report.input = "a pattern by rule, " + toString(report.sides[0].network->graph[0].shape) +
                   ", initialised as He et al. 2015";
    report.figures.insert(
        report.figures.begin(),
        {.name = "scales", .title = "after the stack", .value = table, .decimals = 3});
    report.plots.push_back(std::move(variance));
    report.plots.push_back(std::move(dead));
}

ExperimentVerdict judgeScale(const ExperimentReport& report)
{
    const auto low = report.number("variance_at_0.1");
    const auto high = report.number("variance_at_0.3");
    const auto full = report.number("variance_at_1");
    if (!low || !high || !full)
        return {"not tried yet: it needs a device", std::nullopt};
    const bool holds = *high < *full / 10;
    return {
        std::string(holds ? "holds for untrained blocks: " : "does not hold for so few blocks: ") +
            "after " + std::to_string(report.values.whole("blocks")) + " blocks the variance is " +
            ascii::general(*low, 3) + " times the input's at scale 0.1, " +
            ascii::general(*high, 3) + " at 0.3, " + ascii::general(*full, 3) +
            " unscaled; that networks die of it only training can show",
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
              .standard = 0.2},
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
