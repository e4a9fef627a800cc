#include "reference/reference.h"

#include "error.h"
#include "graph/transposed_conv.h"

#include <cmath>
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
    return std::nullopt;
}

std::vector<double> backward(
    const Graph& graph, const GradientOp& op, const std::vector<ReferenceInput>& inputs,
    const TensorSource& source)
{
    const std::optional<NodeId> layer = layerOf(op);
    if (!layer)
        return referenceGradientOp(op, inputs, {}, {});
    return referenceGradientOp(
        op, inputs, referenceWeights(graph, *layer, source),
        layerConvolution(graph[*layer].op, graph[graph[*layer].inputs[0]].shape).value());
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
        const size_t in = graph[node.inputs.front()].shape.elements();
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
            values[id] = backward(graph, *op, inputs, source);
        else
            values[id] = referenceOp(graph[id].op, inputs, referenceWeights(graph, id, source));
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
