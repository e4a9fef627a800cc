#include "experiments/bench.h"
#include "experiments/given_weights.h"
#include "experiments/matrices.h"
#include "experiments/parts.h"
#include "experiments/registry.h"
#include "weights/layer_weights.h"

#include <cmath>

namespace inceptoscope {

namespace {

/// The trained 3x3 convolution with most channels in front of it: 192 to 384, on 7x7.
constexpr const char* kernelNode = "inception5b.branch2.1";
constexpr uint32_t channelsIn = 192;
constexpr uint32_t channelsOut = 384;
constexpr Shape kernelInput{channelsIn, 7, 7};

constexpr uint32_t widths[] = {4, 8, 16, 32, 48, 64, 96, 128, 160, 192};

Network unreduced()
{
    return oneModule("3x3", kernelInput, [](const Tensor& x) {
        return x.conv("3x3", channelsOut, 3, {.activation = Activation::None});
    });
}

Network reducedTo(uint32_t width)
{
    return oneModule("1x1, then 3x3", kernelInput, [=](const Tensor& x) {
        return x.conv("3x3_reduce", width, 1).conv("3x3", channelsOut, 3);
    });
}

ExperimentReport countWidth(const SettingValues& values)
{
    const uint32_t width = values.whole("width");
    ExperimentReport report;
    report.sides = {
        side("3x3 on 192 channels", unreduced()),
        side("1x1 to " + std::to_string(width) + ", then 3x3", reducedTo(width))};
    addCostRatios(report);
    ExperimentTable table{{"width", "macs", "params"}, {}};
    std::vector<double> at;
    std::vector<double> shares;
    const double full = double(report.sides[0].cost.macs);
    for (const uint32_t k : widths) {
        const Cost cost = networkCost(reducedTo(k).graph).main;
        table.rows.push_back({double(k), double(cost.macs), double(cost.params)});
        at.push_back(k);
        shares.push_back(100 * double(cost.macs) / full);
    }
    report.add({.name = "by_width", .title = "costs by width", .value = table, .decimals = 0});
    report.plots.push_back(
        {.title = "MACs, of the unreduced ones",
         .xTitle = "width of the reduction",
         .yTitle = "%",
         .curves = {{"1x1, then 3x3", at, shares}}});
    return report;
}

/// The kernel as a matrix, a row for each channel in.
std::vector<float> byInput(const std::vector<float>& weight)
{
    constexpr size_t taps = 9;
    std::vector<float> matrix(weight.size());
    for (size_t o = 0; o < channelsOut; ++o)
        for (size_t i = 0; i < channelsIn; ++i)
            for (size_t t = 0; t < taps; ++t)
                matrix[(i * channelsOut + o) * taps + t] = weight[(o * channelsIn + i) * taps + t];
    return matrix;
}

double norm(const std::vector<float>& values)
{
    double sum = 0;
    for (const float value : values)
        sum += double(value) * value;
    return std::sqrt(sum);
}

/// A 1x1 to k channels and a 3x3 from these are a kernel of rank k. The best of them keeps what
/// lies along the kernel's first k singular vectors: of the kernel, or of what goes into it, which
/// is the same.
void measureWidth(const SettingValues& values, ExperimentReport& report, ExperimentBench& bench)
{
    const OpenedNetwork& opened = bench.network();
    const Graph& graph = opened.network.graph;
    const NodeId node = *graph.find(kernelNode);
    const LayerWeights layer = loadLayer(graph, node, *opened.weights);
    const std::vector<float> input = bench.value(graph[node].inputs.front());
    const ColumnSpace space(byInput(layer.weight), channelsIn, size_t(channelsOut) * 9);
    const Network network = unreduced();
    const GivenWeights weights(
        network.graph, [&](const std::string& key, const std::vector<uint64_t>& shape) {
            return key.ends_with(".bias") ? std::vector<float>(shape[0], 0.0F) : layer.weight;
        });
    const auto session =
        makeSession(bench.site(), network.graph, weights, {.timeOps = false}, bench.fraction());
    const auto run = [&](const std::vector<float>& x) {
        bench.goOn();
        session->setInput(x);
        session->run();
        return session->read(network.graph.size() - 1);
    };
    const std::vector<float> whole = run(input);
    const double size = norm(whole);
    const auto lostAt = [&](uint32_t k) {
        std::vector<float> out = run(space.keep(input, k));
        for (size_t i = 0; i < out.size(); ++i)
            out[i] -= whole[i];
        return size > 0 ? 100 * norm(out) / size : 0.0;
    };
    const uint32_t width = values.whole("width");
    ExperimentTable table{{"width", "lost %"}, {}};
    std::vector<double> at;
    std::vector<double> lost;
    for (const uint32_t k : widths) {
        at.push_back(k);
        lost.push_back(lostAt(k));
        table.rows.push_back({at.back(), lost.back()});
    }
    report.input = std::string("what goes into ") + kernelNode + " of the " +
                   (bench.subject().picture.isNull() ? "pattern" : "picture");
    report.add(
        {.name = "lost_percent",
         .title = "of the output's size, what is lost at this width",
         .value = lostAt(width),
         .unit = "%",
         .decimals = 1});
    report.add(
        {.name = "lost_by_width",
         .title = std::string("lost by width, best approximation of ") + kernelNode,
         .value = table,
         .decimals = 1});
    report.plots.push_back(
        {.title = "lost of the output",
         .xTitle = "width of the reduction",
         .yTitle = "%",
         .curves = {{"best kernel of that rank", at, lost}}});
}

ExperimentVerdict judgeWidth(const ExperimentReport& report)
{
    const double saved = 100 * (1 - report.ratioOf("macs"));
    const std::string width = std::to_string(report.values.whole("width"));
    const std::string paper =
        "a reduction to " + width + " saves " + percent(saved) + " of the MACs";
    if (saved <= 0)
        return {
            "does not hold at this width: a reduction to " + width + " costs " + percent(-saved) +
                " more",
            false};
    const auto lost = report.number("lost_percent");
    if (!lost)
        return {"holds on paper: " + paper + "; what is lost was not tried", std::nullopt};
    // More than half of the output lost is no reduction any more.
    const bool holds = *lost < 50;
    std::string text = (holds ? "holds: " : "does not hold at this width: ") + paper +
                       " and loses " + percent(*lost, 1) + " of the trained 3x3's output";
    const std::string speed = speedText(report.sides[1].timeRatio);
    if (!speed.empty())
        text += "; " + speed;
    return {text, holds};
}

} // namespace

Experiment reductionWidth()
{
    return {
        .id = "reduction-width",
        .title = "How narrow may the reduction be?",
        .chapter = "Inception v1",
        .claim = "A 1x1 before a large convolution limits its channels and makes it cheap, and "
                 "most of what it computes survives.",
        .source = "article, Inception v1; Szegedy et al. 2014 (arXiv:1409.4842), section 4, "
                  "figure 2b",
        .settings =
            {{.name = "width",
              .title = "channels after the 1x1",
              .least = 4,
              .most = 192,
              .step = 4,
              .standard = 96,
              .words = {{192, "192 (as many as come in)"}}}},
        .count = countWidth,
        .measure = measureWidth,
        .judge = judgeWidth,
        .onPicture = true};
}

} // namespace inceptoscope
