#include "reference/reference.h"

#include "error.h"
#include "graph/transposed_conv.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

namespace inceptoscope {

namespace {

std::vector<double> readTensor(const TensorSource& source, const std::string& key, size_t elements)
{
    const std::optional<size_t> index = source.find(key);
    if (!index)
        throw Error(ErrorKind::BadInput, "reference: " + source.describe() + " has no " + key);
    const uint64_t stored = source.tensors()[*index].elements();
    if (stored != elements)
        throw Error(
            ErrorKind::BadInput, "reference: " + key + " has " + std::to_string(stored) +
                                     " elements, the network needs " + std::to_string(elements));
    std::vector<float> values(elements);
    source.read(*index, values);
    return {values.begin(), values.end()};
}

double norm(double sumOfSquares, double expectedSquares)
{
    if (expectedSquares == 0)
        return sumOfSquares == 0 ? 0 : std::numeric_limits<double>::infinity();
    return std::sqrt(sumOfSquares / expectedSquares);
}

template <class T> double distance(std::span<const T> actual, std::span<const double> expected)
{
    if (actual.size() != expected.size())
        return std::numeric_limits<double>::infinity();
    double difference = 0;
    double size = 0;
    for (size_t i = 0; i < actual.size(); ++i) {
        const double d = double(actual[i]) - expected[i];
        difference += d * d;
        size += expected[i] * expected[i];
    }
    return norm(difference, size);
}

/// The layer that an op of a backward pass takes parameters of.
std::optional<NodeId> layerOf(const GradientOp& op)
{
    if (const auto* input = std::get_if<ConvInputGradient>(&op))
        return input->layer;
    if (const auto* unfold = std::get_if<Unfold>(&op))
        return unfold->layer;
    if (const auto* gamma = std::get_if<GammaGradient>(&op))
        return gamma->layer;
    if (const auto* normalize = std::get_if<BatchNormalize>(&op))
        return normalize->layer;
    if (const auto* gradient = std::get_if<BatchNormGradient>(&op))
        return gradient->layer;
    return std::nullopt;
}

/// Whether an op sees a batch as a whole.
bool seesBatch(const GradientOp& op)
{
    return std::holds_alternative<BatchStatistics>(op) ||
           std::holds_alternative<BatchNormalize>(op) ||
           std::holds_alternative<BatchNormSums>(op) ||
           std::holds_alternative<BatchNormGradient>(op);
}

/// The same op for one picture of a batch.
GradientOp ofPicture(const GradientOp& op)
{
    GradientOp one = op;
    std::visit(
        [](auto& o) {
            if constexpr (requires { o.shape; })
                o.shape.n = 1;
            else if constexpr (requires { o.in; })
                o.in.n = 1;
            else if constexpr (requires { o.out; })
                o.out.n = 1;
        },
        one);
    return one;
}

/// What the batch's loss is to a picture's.
double shareOf(const GradientOp& op, uint32_t pictures)
{
    const bool loss = std::holds_alternative<CrossEntropy>(op) ||
                      std::holds_alternative<CrossEntropyGradient>(op);
    return loss ? 1.0 / pictures : 1.0;
}

using Run = std::function<std::vector<double>(const std::vector<ReferenceInput>&)>;

/// Runs an op on each picture; results are joined, or added up where there is one for all.
std::vector<double>
overPictures(const Run& run, const std::vector<ReferenceInput>& inputs, uint32_t results)
{
    uint32_t pictures = 1;
    for (const ReferenceInput& input : inputs)
        pictures = std::max(pictures, input.shape.n);
    std::vector<double> all;
    for (uint32_t picture = 0; picture < pictures; ++picture) {
        std::vector<ReferenceInput> one;
        for (const ReferenceInput& input : inputs) {
            const size_t values = input.shape.values();
            const size_t from = input.shape.n == 1 ? 0 : picture * values;
            one.push_back({input.shape.picture(), input.values.subspan(from, values)});
        }
        const std::vector<double> result = run(one);
        if (picture == 0 || results > 1)
            all.insert(all.end(), result.begin(), result.end());
        else
            std::ranges::transform(all, result, all.begin(), std::plus());
    }
    return all;
}

std::vector<double> backward(
    const Graph& graph, const GradientOp& op, const std::vector<ReferenceInput>& inputs,
    const TensorSource& source, uint32_t results)
{
    const std::optional<NodeId> layer = layerOf(op);
    const ReferenceWeights weights =
        layer ? referenceWeights(graph, *layer, source) : ReferenceWeights{};
    const Conv2d conv =
        layer ? layerConvolution(graph[*layer].op, graph[graph[*layer].inputs[0]].shape).value()
              : Conv2d{};
    if (seesBatch(op))
        return referenceGradientOp(op, inputs, weights, conv);
    const GradientOp one = ofPicture(op);
    std::vector<double> values = overPictures(
        [&](const auto& in) { return referenceGradientOp(one, in, weights, conv); }, inputs,
        results);
    const double share = shareOf(op, inputs.empty() ? 1 : inputs[0].shape.n);
    for (double& value : values)
        value *= share;
    return values;
}

} // namespace

ReferenceWeights referenceWeights(const Graph& graph, NodeId id, const TensorSource& source)
{
    const Node& node = graph[id];
    ReferenceWeights w;
    if (const auto* conv = std::get_if<Conv2d>(&node.op)) {
        const size_t n = conv->outChannels;
        const size_t taps = size_t(graph[node.inputs.front()].shape.c / conv->groups) *
                            conv->kernel.h * conv->kernel.w;
        const bool nested = conv->batchNorm && conv->batchNorm->keys == BatchNormKeys::Nested;
        const std::string layer = nested ? node.path + ".conv" : node.path;
        const std::string norm = nested ? node.path + ".bn" : node.path + "_bn";
        w.weight = readTensor(source, layer + ".weight", n * taps);
        if (conv->bias)
            w.bias = readTensor(source, layer + ".bias", n);
        if (conv->batchNorm) {
            if (conv->batchNorm->gamma)
                w.gamma = readTensor(source, norm + ".weight", n);
            w.beta = readTensor(source, norm + ".bias", n);
            w.mean = readTensor(source, norm + ".running_mean", n);
            w.variance = readTensor(source, norm + ".running_var", n);
        }
    } else if (const auto* fc = std::get_if<FullyConnected>(&node.op)) {
        const size_t in = graph[node.inputs.front()].shape.values();
        w.weight = readTensor(source, node.path + ".weight", in * fc->outFeatures);
        if (fc->bias)
            w.bias = readTensor(source, node.path + ".bias", fc->outFeatures);
    } else if (const auto* bn = std::get_if<BatchNorm>(&node.op)) {
        const size_t n = node.shape.c;
        if (bn->gamma)
            w.gamma = readTensor(source, node.path + ".weight", n);
        w.beta = readTensor(source, node.path + ".bias", n);
        w.mean = readTensor(source, node.path + ".running_mean", n);
        w.variance = readTensor(source, node.path + ".running_var", n);
    }
    return w;
}

std::vector<std::vector<double>> referenceRun(
    const Graph& graph, const TensorSource& source, std::span<const float> input, bool auxiliary,
    const std::map<NodeId, std::vector<double>>& given)
{
    return referenceRun(
        graph, source, std::vector<double>(input.begin(), input.end()), auxiliary, given);
}

std::vector<std::vector<double>> referenceRun(
    const Graph& graph, const TensorSource& source, const std::vector<double>& input,
    bool auxiliary, const std::map<NodeId, std::vector<double>>& given)
{
    std::vector<std::vector<double>> values(graph.size());
    values[graph.input()] = input;
    for (NodeId id = 1; id < graph.size(); ++id) {
        if (graph.isAuxiliary(id) && !auxiliary)
            continue;
        std::vector<ReferenceInput> inputs;
        for (const NodeId in : graph[id].inputs)
            inputs.push_back({graph[in].shape, values[in]});
        if (const auto it = given.find(id); it != given.end())
            values[id] = it->second;
        else if (const auto* op = std::get_if<GradientOp>(&graph[id].op))
            values[id] = backward(graph, *op, inputs, source, graph[id].shape.n);
        else
            values[id] = overPictures(
                [&, weights = referenceWeights(graph, id, source)](const auto& in) {
                    return referenceOp(graph[id].op, in, weights);
                },
                inputs, graph[id].shape.n);
    }
    return values;
}

std::vector<double>
referencePreprocess(std::span<const uint8_t> planes, const Preprocessing& preprocessing)
{
    const size_t pixels = planes.size() / 3;
    std::vector<double> result;
    for (size_t c = 0; c < 3; ++c) {
        const size_t plane = preprocessing.order == ChannelOrder::Rgb ? c : 2 - c;
        for (size_t i = 0; i < pixels; ++i) {
            const double ranged = planes[plane * pixels + i] / 255.0 * double(preprocessing.range);
            const double mean = preprocessing.mean[c];
            result.push_back((ranged - mean) * double(preprocessing.scale[c]));
        }
    }
    return result;
}

double relativeL2(std::span<const double> actual, std::span<const double> expected)
{
    return distance(actual, expected);
}

double relativeL2(std::span<const float> actual, std::span<const double> expected)
{
    return distance(actual, expected);
}

} // namespace inceptoscope
