#include "ascii.h"
#include "error.h"
#include "experiments/bench.h"
#include "experiments/given_weights.h"
#include "experiments/matrices.h"
#include "experiments/parts.h"
#include "experiments/registry.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace inceptoscope {

namespace {

struct Spread
{
    double mean = 0;
    double deviation = 0;
};

Spread spreadOf(const std::vector<float>& values)
{
    double sum = 0;
    for (const float value : values)
        sum += value;
    Spread spread{.mean = sum / double(values.size())};
    double squares = 0;
    for (const float value : values)
        squares += (value - spread.mean) * (value - spread.mean);
    spread.deviation = std::sqrt(squares / double(values.size()));
    return spread;
}

std::vector<float> tensorOf(const TensorSource& source, const std::string& key)
{
    const auto index = source.find(key);
    if (!index)
        throw Error(ErrorKind::BadInput, "weights: " + source.describe() + " has no tensor " + key);
    std::vector<float> values(source.tensors()[*index].elements());
    source.read(*index, values);
    return values;
}

/// The same convolutions, but what batch normalisation does to their results is nothing.
GivenWeights withoutNorm(const Graph& graph, const TensorSource& trained, float eps)
{
    return {graph, [&](const std::string& key, const std::vector<uint64_t>& shape) {
                if (key.find(".bn.") == std::string::npos)
                    return tensorOf(trained, key);
                float value = 0; // bias, mean
                if (key.ends_with(".weight"))
                    value = 1;
                else if (key.ends_with(".running_var"))
                    value = 1 - eps;
                return std::vector<float>(shape[0], value);
            }};
}

/// One convolution of the module stood at, its normalisation folded into it and as a step of its
/// own: the largest difference, of the largest value.
double foldedError(const std::string& module, ExperimentBench& bench)
{
    const OpenedNetwork& opened = bench.network();
    const Graph& graph = opened.network.graph;
    const NodeId node = *graph.find(module + ".branch2.0");
    const Shape& input = graph[graph[node].inputs.front()].shape;
    const uint32_t channels = graph[node].shape.c;
    const BatchNorm norm = *std::get<Conv2d>(graph[node].op).batchNorm;
    const Graph folded =
        oneModule(
            "Folded", input,
            [&](const Tensor& x) {
                return x.conv("branch2.0", channels, 1, {.activation = Activation::None});
            },
            {.name = module, .separator = ".", .style = {.bias = false, .batchNorm = norm}})
            .graph;
    const Graph apart =
        oneModule("Apart", input, [&](const Tensor& x) {
            return x
                .conv(
                    "conv", channels, 1,
                    {.activation = Activation::None, .style = ConvStyle{.bias = false}})
                .then("bn", norm);
        }).graph;
    const std::string from = module + ".branch2.0.";
    const GivenWeights weights(apart, [&](const std::string& key, const auto&) {
        return tensorOf(*opened.weights, from + key.substr(key.find('/') + 1));
    });
    const std::vector<float> x = bench.inputOf(module, input);
    const auto one = bench.run(folded, *opened.weights, x, {folded.size() - 1});
    const auto two = bench.run(apart, weights, x, {apart.size() - 1});
    return largestDifference(one[0], two[0]);
}

/// What its auxiliary head's normalisation adds to Inception v3.
double auxiliaryNormParams()
{
    const Graph& graph = familyNetwork("inception_v3").graph;
    double params = 0;
    for (NodeId id = 0; id < graph.size(); ++id)
        if (const auto* conv = std::get_if<Conv2d>(&graph[id].op))
            if (graph.isAuxiliary(id) && conv->batchNorm)
                params += 2.0 * conv->outChannels;
    return params;
}

ExperimentReport countNorm(const SettingValues&)
{
    const Network& with = familyNetwork("googlenet_bn");
    double norms = 0;
    for (NodeId id = 0; id < with.graph.size(); ++id)
        if (const auto* conv = std::get_if<Conv2d>(&with.graph[id].op))
            norms += conv->batchNorm && !with.graph.isAuxiliary(id) ? 2.0 * conv->outChannels : 0;
    ExperimentReport report;
    report.add(
        {.name = "norm_params",
         .title = "trainable numbers of all normalisations in " + with.title,
         .value = norms,
         .decimals = 0});
    report.add(
        {.name = "auxiliary_norm_params",
         .title = "of those in Inception v3's auxiliary head (BN-auxiliary)",
         .value = auxiliaryNormParams(),
         .decimals = 0});
    return report;
}

void measureNorm(const SettingValues& values, ExperimentReport& report, ExperimentBench& bench)
{
    const OpenedNetwork& opened = bench.network();
    const Graph& graph = opened.network.graph;
    const std::vector<ModuleId> modules = modulesOf(graph, ModuleKind::Inception);
    std::vector<NodeId> nodes;
    nodes.reserve(modules.size());
    for (const ModuleId module : modules)
        nodes.push_back(graph.modules()[module].output);
    const auto raw =
        bench.runOnPicture(withoutNorm(graph, *opened.weights, BatchNorm{}.eps), nodes);
    ExperimentTable table{{"module", "mean", "deviation", "mean without", "deviation without"}, {}};
    std::vector<double> depth;
    std::vector<std::string> titles;
    std::vector<double> with;
    std::vector<double> without;
    for (size_t i = 0; i < modules.size(); ++i) {
        const Spread a = spreadOf(bench.value(nodes[i]));
        const Spread b = spreadOf(raw[i]);
        depth.push_back(double(i + 1));
        with.push_back(a.deviation);
        without.push_back(b.deviation);
        titles.push_back(graph.modules()[modules[i]].title);
        table.rows.push_back({titles.back(), a.mean, a.deviation, b.mean, b.deviation});
    }
    const auto range = [](const std::vector<double>& all) {
        const auto [least, most] = std::ranges::minmax_element(all);
        return *least > 0 ? *most / *least : std::numeric_limits<double>::infinity();
    };
    report.input = bench.subject().picture.isNull() ? "a pattern by rule" : "the picture";
    report.add(
        {.name = "modules", .title = "what each module hands on", .value = table, .decimals = 4});
    report.add(
        {.name = "range_with",
         .title = "largest deviation / smallest, with it",
         .value = range(with),
         .decimals = 1});
    report.add(
        {.name = "range_without",
         .title = "the same without",
         .value = range(without),
         .decimals = 1});
    report.add(
        {.name = "folded_error",
         .title = "folded into the convolution: largest difference, of the largest value",
         .value = foldedError(depthOf(values).module, bench),
         .decimals = 9});
    report.plots.push_back(
        {.title = "standard deviation of what each module hands on",
         .xTitle = "module",
         .yTitle = "deviation",
         .curves = {{"with batch normalisation", depth, with}, {"without", depth, without}},
         .logY = true,
         .xNames = titles});
}

ExperimentVerdict judgeNorm(const ExperimentReport& report)
{
    const auto with = report.number("range_with");
    const auto without = report.number("range_without");
    const auto folded = report.number("folded_error");
    if (!with || !without || !folded)
        return {"not tried yet: only a run on the device shows it", std::nullopt};
    const bool holds = *with < *without && *folded < 1e-5;
    return {
        (holds ? "holds: " : "does not hold: ") +
            std::string("the modules' deviations differ by a factor of ") +
            ascii::general(*with, 3) + " with it, of " + ascii::general(*without, 3) +
            " without; folded into the convolution it is the same to " + ascii::general(*folded, 2),
        holds};
}

} // namespace

Experiment batchNormalisation()
{
    return {
        .id = "batch-norm",
        .title = "Batch normalisation",
        .chapter = "Inception v3",
        .claim = "Batch normalisation keeps activations in one range from module to module, in v3 "
                 "also in the auxiliary head; once trained it folds into the convolution.",
        .source = "article, Inception v3; Ioffe & Szegedy 2015 (arXiv:1502.03167), section 3; "
                  "Szegedy et al. 2015 (arXiv:1512.00567), section 4",
        .settings = {depthSetting()},
        .count = countNorm,
        .measure = measureNorm,
        .judge = judgeNorm,
        .timed = false,
        .onPicture = true};
}

} // namespace inceptoscope
