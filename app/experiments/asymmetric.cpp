#include "experiments/bench.h"
#include "experiments/given_weights.h"
#include "experiments/matrices.h"
#include "experiments/parts.h"
#include "experiments/registry.h"
#include "weights/layer_weights.h"
#include "weights/synthetic.h"

namespace inceptoscope {

namespace {

/// Two graphs of one input; `linear`: without what would stand between and behind.
Body squareKernel(uint32_t n, uint32_t channels, bool linear)
{
    const Activation last = linear ? Activation::None : Activation::Relu;
    const std::string size = std::to_string(n);
    return [=](const Tensor& x) {
        return x.conv(size + "x" + size, channels, n, {.same = true, .activation = last});
    };
}

Body rowThenColumn(uint32_t n, uint32_t channels, bool linear)
{
    const Activation between = linear ? Activation::None : Activation::Relu;
    const std::string size = std::to_string(n);
    return [=](const Tensor& x) {
        return x.conv("1x" + size, channels, Extent{1, n}, {.same = true, .activation = between})
            .conv(size + "x1", channels, Extent{n, 1}, {.same = true, .activation = between});
    };
}

double saved(uint32_t n)
{
    return 100.0 * (1.0 - 2.0 * n / (double(n) * n));
}

ExperimentReport countAsymmetric(const SettingValues& values)
{
    const StandAt& at = depthOf(values);
    const uint32_t n = values.whole("n");
    const uint32_t c = values.whole("channels");
    const Shape input{c, at.input.h, at.input.w};
    const std::string size = std::to_string(n);
    ExperimentReport report;
    report.at = at.module;
    report.sides = {
        side(size + "x" + size, oneModule("n x n", input, squareKernel(n, c, false))),
        side(
            "1x" + size + " then " + size + "x1",
            oneModule("1 x n, n x 1", input, rowThenColumn(n, c, false)))};
    addCostRatios(report);
    report.add(
        {.name = "fewer_macs_percent",
         .title = "MACs that it saves",
         .value = 100 * (1 - report.ratioOf("macs")),
         .unit = "%",
         .decimals = 1});
    std::vector<double> sizes;
    std::vector<double> percents;
    ExperimentTable table{{"n", "fewer_macs_percent"}, {}};
    for (uint32_t k = 2; k <= 11; ++k) {
        sizes.push_back(k);
        percents.push_back(saved(k));
        table.rows.push_back({double(k), saved(k)});
    }
    report.add(
        {.name = "by_n", .title = "MACs saved, by n", .value = table, .unit = "%", .decimals = 1});
    report.plots.push_back(
        {.title = "MACs saved",
         .xTitle = "n",
         .yTitle = "%",
         .curves = {{"1 x n then n x 1", sizes, percents}}});
    return report;
}

/// A kernel u v^T between each pair of channels, mixed by a matrix A: A u v^T in one convolution,
/// A v then u channel by channel in two. Nothing is lost, but for rounding.
double
separableError(const SettingValues& values, const ExperimentReport& report, ExperimentBench& bench)
{
    const uint32_t n = values.whole("n");
    const Shape input = report.sides[0].network->graph[0].shape;
    const Graph square = oneModule("square", input, squareKernel(n, input.c, true)).graph;
    const Graph split = oneModule("split", input, rowThenColumn(n, input.c, true)).graph;
    const std::vector<float> u = syntheticUniform("column", n, "");
    const std::vector<float> v = syntheticUniform("row", n, "");
    const std::vector<float> mix = syntheticUniform("mix", uint64_t(input.c) * input.c, "");
    const auto rule = [&](const std::string& key, const std::vector<uint64_t>& shape) {
        if (key.ends_with("bias"))
            return std::vector<float>(shape[0], 0.0F);
        const bool last = shape[3] == 1; // n x 1: each channel for itself
        std::vector<float> kernel;
        for (uint64_t o = 0; o < shape[0]; ++o)
            for (uint64_t i = 0; i < shape[1]; ++i)
                for (uint64_t y = 0; y < shape[2]; ++y)
                    for (uint64_t x = 0; x < shape[3]; ++x) {
                        const float a = last ? (o == i ? 1.0F : 0.0F) : mix[o * input.c + i];
                        kernel.push_back(
                            a * (shape[2] > 1 ? u[y] : 1.0F) * (shape[3] > 1 ? v[x] : 1.0F));
                    }
        return kernel;
    };
    const std::vector<float> x = bench.inputOf(report.at, input);
    const auto one = bench.run(square, GivenWeights(square, rule), x, {square.size() - 1});
    const auto two = bench.run(split, GivenWeights(split, rule), x, {split.size() - 1});
    return largestDifference(one[0], two[0]);
}

/// Kernels of this size in the trained network: those of the module stood at, else the stem's.
std::vector<float> trainedKernels(uint32_t n, const std::string& module, ExperimentBench& bench)
{
    const OpenedNetwork& opened = bench.network();
    const Graph& graph = opened.network.graph;
    for (const std::string& name : {module, std::string("conv1")}) {
        std::vector<float> kernels;
        const auto id = graph.findModule(name);
        for (const NodeId node : id ? graph.modules()[*id].nodes : std::vector<NodeId>{}) {
            const auto* conv = std::get_if<Conv2d>(&graph[node].op);
            if (conv == nullptr || conv->kernel != Extent{n, n})
                continue;
            const LayerWeights layer = loadLayer(graph, node, *opened.weights);
            kernels.insert(kernels.end(), layer.weight.begin(), layer.weight.end());
        }
        if (!kernels.empty())
            return kernels;
    }
    return {};
}

void measureAsymmetric(
    const SettingValues& values, ExperimentReport& report, ExperimentBench& bench)
{
    report.add(
        {.name = "separable_kernel_error",
         .title = "largest difference for a separable kernel, of the largest value",
         .value = separableError(values, report, bench),
         .decimals = 9});
    const uint32_t n = values.whole("n");
    const std::vector<float> random = syntheticUniform("kernels", 2000ULL * n * n, "");
    report.add(
        {.name = "random_first_singular_share_percent",
         .title = "first singular value's share in random kernels",
         .value = 100 * separability(random, n).valueShare,
         .unit = "%",
         .decimals = 1});
    const std::vector<float> kernels = trainedKernels(n, report.at, bench);
    if (kernels.empty() || !bench.network().trained)
        return; // the trained network has none of this size
    const Separability found = separability(kernels, n);
    report.add(
        {.name = "trained_kernels",
         .title = "trained " + std::to_string(n) + "x" + std::to_string(n) + " kernels looked at",
         .value = double(kernels.size()) / (double(n) * n),
         .decimals = 0});
    report.add(
        {.name = "first_singular_share_percent",
         .title = "first singular value's share in trained kernels (100 %: separable)",
         .value = 100 * found.valueShare,
         .unit = "%",
         .decimals = 1});
    report.add(
        {.name = "separable_energy_percent",
         .title = "of a trained kernel's energy, what one row and one column hold",
         .value = 100 * found.energyShare,
         .unit = "%",
         .decimals = 1});
}

} // namespace

Experiment asymmetric()
{
    return {
        .id = "asymmetric",
        .title = "n x n as 1 x n then n x 1",
        .chapter = "Inception v2",
        .claim = "An n x n convolution as 1 x n then n x 1 sees as far and is cheaper: by 33 % for "
                 "n = 3, by 71 % for n = 7.",
        .source = "article, Inception v2; Szegedy et al. 2015 (arXiv:1512.00567), section 3.2, "
                  "figures 3 and 6",
        .settings =
            {{.name = "n", .title = "kernel size n", .least = 2, .most = 11, .standard = 3},
             {.name = "channels",
              .title = "channels, in and out",
              .least = 8,
              .most = 192,
              .step = 8,
              .standard = 64},
             depthSetting()},
        .count = countAsymmetric,
        .measure = measureAsymmetric,
        .judge =
            [](const ExperimentReport& report) {
                const double fewer = report.number("fewer_macs_percent").value_or(0);
                return costVerdict(report, percent(fewer) + " fewer MACs", fewer > 0);
            },
        .onPicture = true};
}

} // namespace inceptoscope
