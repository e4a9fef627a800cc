#include "weights/layer_weights.h"

#include "error.h"
#include "weights/value_check.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace inceptoscope {

namespace {

/// Keys of one layer. A convolution with batch normalisation is a pair of modules in
/// checkpoints: PATH.conv and PATH.bn, or PATH and PATH_bn.
struct Keys
{
    std::string layer;
    std::string batchNorm;

    explicit Keys(const Node& node)
    {
        layer = layerKey(node);
        if (std::holds_alternative<BatchNorm>(node.op))
            batchNorm = node.path;
        else
            batchNorm = node.path + (layer == node.path ? "_bn" : ".bn");
    }
};

std::string bracketed(const std::vector<uint64_t>& shape)
{
    std::string text = "[";
    for (const uint64_t d : shape)
        text += (text.size() > 1 ? "," : "") + std::to_string(d);
    return text + "]";
}

std::string mismatch(const TensorInfo& found, const Parameter& needed)
{
    return needed.key + " is " + bracketed(found.shape) + ", the network needs " +
           bracketed(needed.shape);
}

const BatchNorm* batchNormOf(const Op& op)
{
    if (const auto* conv = std::get_if<Conv2d>(&op))
        return conv->batchNorm ? &*conv->batchNorm : nullptr;
    return std::get_if<BatchNorm>(&op);
}

std::vector<Parameter> layerParameters(const Graph& graph, NodeId id)
{
    const Node& node = graph[id];
    const Keys keys(node);
    std::vector<Parameter> result;
    using Role = ParameterRole;
    const auto add = [&](const std::string& key, std::vector<uint64_t> shape, Role role) {
        result.push_back({.key = key, .shape = std::move(shape), .node = id, .role = role});
    };
    if (const auto* conv = std::get_if<Conv2d>(&node.op)) {
        const uint64_t out = conv->outChannels;
        add(keys.layer + ".weight",
            {out, graph[node.inputs[0]].shape.c / conv->groups, conv->kernel.h, conv->kernel.w},
            Role::Weight);
        if (conv->bias)
            add(keys.layer + ".bias", {out}, Role::Bias);
    } else if (const auto* fc = std::get_if<FullyConnected>(&node.op)) {
        add(keys.layer + ".weight", {fc->outFeatures, graph[node.inputs[0]].shape.values()},
            Role::Weight);
        if (fc->bias)
            add(keys.layer + ".bias", {fc->outFeatures}, Role::Bias);
    }
    if (const BatchNorm* bn = batchNormOf(node.op)) {
        const uint64_t out = node.shape.c;
        if (bn->gamma)
            add(keys.batchNorm + ".weight", {out}, Role::Gamma);
        add(keys.batchNorm + ".bias", {out}, Role::Beta);
        add(keys.batchNorm + ".running_mean", {out}, Role::Mean);
        add(keys.batchNorm + ".running_var", {out}, Role::Variance);
    }
    return result;
}

/// A layer that comes folded needs no batch normalisation.
std::vector<Parameter>
layerParameters(const Graph& graph, NodeId id, const TensorSource& source, bool& folded)
{
    std::vector<Parameter> all = layerParameters(graph, id);
    folded = !all.empty() && source.isFolded(all.front().key);
    return folded ? foldedParameters(graph, id) : all;
}

/// Of one tensor that a graph needs; `values` are its.
BadValues badValues(const Graph& graph, const Parameter& p, std::span<const float> values)
{
    const BatchNorm* bn = isVariance(p.key) ? batchNormOf(graph[p.node].op) : nullptr;
    const double least = bn != nullptr ? -double(bn->eps) : 0;
    return countBadValues(p.key, values, bn != nullptr ? &least : nullptr);
}

/// How many other tensors of the network have such values.
size_t othersThan(const BadValues& first, const Graph& graph, const TensorSource& source)
{
    size_t count = 0;
    bool folded = false;
    for (NodeId id = 0; id < graph.size(); ++id) {
        if (graph.isAuxiliary(id))
            continue;
        for (const Parameter& p : layerParameters(graph, id, source, folded)) {
            const auto index = source.find(p.key);
            if (!index || p.key == first.key)
                continue;
            std::vector<float> values(source.tensors()[*index].elements());
            source.read(*index, values);
            count += badValues(graph, p, values).any() ? 1 : 0;
        }
    }
    return count;
}

/// PyTorch would compute NaN from these, and some kernels a class that means nothing.
[[noreturn]] void refuse(const BadValues& bad, const Graph& graph, const TensorSource& source)
{
    const size_t others = othersThan(bad, graph, source);
    std::string sentence = "weights: " + source.describe() + ": " + describe(bad);
    if (others > 0)
        sentence += ", and " + std::to_string(others) +
                    (others == 1 ? " more tensor has" : " more tensors have") + " such";
    throw Error(
        ErrorKind::BadInput,
        sentence + "; all that is computed from them is NaN, so take a checkpoint without");
}

std::vector<float>
readParameter(const Graph& graph, const Parameter& needed, const TensorSource& source)
{
    const auto index = source.find(needed.key);
    if (!index)
        throw Error(
            ErrorKind::BadInput, "weights: " + source.describe() + " has no tensor " + needed.key +
                                     ", which the network needs");
    const TensorInfo& found = source.tensors()[*index];
    if (found.shape != needed.shape)
        throw Error(
            ErrorKind::BadInput, "weights: " + source.describe() + ": " + mismatch(found, needed));
    std::vector<float> values(found.elements());
    source.read(*index, values);
    if (const BadValues bad = badValues(graph, needed, values); bad.any())
        refuse(bad, graph, source);
    return values;
}

/// Running statistics and what was learnt on top of them.
struct Normalisation
{
    std::vector<float> gamma; ///< empty: ones
    std::vector<float> beta;
    std::vector<float> mean;
    std::vector<float> variance;
};

/// Batch normalisation and the op's scale as a factor and a summand an output channel.
void fold(const BatchNorm* op, double scale, const Normalisation& norm, LayerWeights& layer)
{
    const size_t channels = layer.bias.size();
    const size_t perChannel = layer.weight.size() / channels;
    for (size_t o = 0; o < channels; ++o) {
        double factor = 1.0;
        double bias = layer.bias[o];
        if (op != nullptr) {
            factor = (norm.gamma.empty() ? 1.0 : double(norm.gamma[o])) /
                     std::sqrt(double(norm.variance[o]) + double(op->eps));
            bias = (bias - double(norm.mean[o])) * factor + double(norm.beta[o]);
        }
        factor *= scale;
        layer.bias[o] = float(bias * scale);
        for (size_t i = 0; i < perChannel; ++i)
            layer.weight[o * perChannel + i] = float(layer.weight[o * perChannel + i] * factor);
    }
}

} // namespace

std::string layerKey(const Node& node)
{
    const auto* conv = std::get_if<Conv2d>(&node.op);
    const bool nested =
        conv != nullptr && conv->batchNorm && conv->batchNorm->keys == BatchNormKeys::Nested;
    return nested ? node.path + ".conv" : node.path;
}

std::vector<Parameter> parameters(const Graph& graph, bool auxiliary)
{
    std::vector<Parameter> all;
    for (NodeId id = 0; id < graph.size(); ++id) {
        if (!auxiliary && graph.isAuxiliary(id))
            continue;
        for (Parameter& p : layerParameters(graph, id))
            all.push_back(std::move(p));
    }
    return all;
}

std::vector<Parameter> foldedParameters(const Graph& graph, NodeId id)
{
    if (layerParameters(graph, id).empty())
        return {};
    const Node& node = graph[id];
    const uint64_t channels = node.shape.c;
    const Keys keys(node);
    const auto pair = [&](const std::string& key, std::vector<uint64_t> weight) {
        return std::vector<Parameter>{
            {.key = key + ".weight", .shape = std::move(weight), .node = id},
            {.key = key + ".bias", .shape = {channels}, .node = id, .role = ParameterRole::Bias}};
    };
    if (std::holds_alternative<BatchNorm>(node.op))
        return pair(keys.batchNorm, {channels});
    return pair(keys.layer, layerParameters(graph, id).front().shape);
}

WeightReport inspect(const Graph& graph, const TensorSource& source)
{
    WeightReport report;
    report.differences = source.differences();
    std::set<std::string_view> used;
    std::vector<Parameter> needed;
    bool folded = false;
    for (NodeId id = 0; id < graph.size(); ++id)
        for (Parameter& p : layerParameters(graph, id, source, folded))
            needed.push_back(std::move(p));
    size_t auxiliaryNeeded = 0;
    size_t auxiliaryFound = 0;
    for (const Parameter& p : needed) {
        const bool auxiliary = graph.isAuxiliary(p.node);
        auxiliaryNeeded += auxiliary ? 1 : 0;
        const auto index = source.find(p.key);
        const bool fits = index && source.tensors()[*index].shape == p.shape;
        // An auxiliary head's shapes depend on the input size; the main network runs without.
        if (fits || !auxiliary)
            used.insert(p.key);
        if (fits) {
            ++report.matched;
            auxiliaryFound += auxiliary ? 1 : 0;
        } else if (!auxiliary && index) {
            report.misshapen.push_back(mismatch(source.tensors()[*index], p));
        } else if (!auxiliary) {
            report.missing.push_back(p.key);
        }
    }
    report.auxiliary = auxiliaryNeeded > 0 && auxiliaryFound == auxiliaryNeeded;
    for (const TensorInfo& t : source.tensors())
        if (!used.contains(t.key))
            report.unused.push_back(t.key);
    return report;
}

namespace {

/// A layer's tensors by their roles.
struct ReadLayer
{
    LayerWeights layer;
    Normalisation norm;
    bool folded = false;
};

ReadLayer readLayer(const Graph& graph, NodeId id, const TensorSource& source)
{
    ReadLayer result;
    const bool alone = std::holds_alternative<BatchNorm>(graph[id].op);
    for (const Parameter& p : layerParameters(graph, id, source, result.folded)) {
        std::vector<float> values = readParameter(graph, p, source);
        switch (p.role) {
        case ParameterRole::Weight:
            result.layer.weight = std::move(values);
            break;
        case ParameterRole::Bias:
            result.layer.bias = std::move(values);
            break;
        case ParameterRole::Gamma:
            result.norm.gamma = std::move(values);
            break;
        case ParameterRole::Beta:
            result.norm.beta = std::move(values);
            break;
        case ParameterRole::Mean:
            result.norm.mean = std::move(values);
            break;
        case ParameterRole::Variance:
            result.norm.variance = std::move(values);
            break;
        }
    }
    result.layer.bias.resize(graph[id].shape.c, 0.0F);
    if (alone && !result.folded)
        result.layer.weight.assign(result.layer.bias.size(), 1.0F);
    return result;
}

} // namespace

LayerWeights loadLayer(const Graph& graph, NodeId id, const TensorSource& source)
{
    auto [layer, norm, folded] = readLayer(graph, id, source);
    const Keys keys(graph[id]);
    const Op& op = graph[id].op;
    const auto* conv = std::get_if<Conv2d>(&op);
    const double scale = conv != nullptr ? double(conv->scale) : 1.0;
    const BatchNorm* bn = folded ? nullptr : batchNormOf(op);
    if (bn != nullptr && bn->training)
        bn = nullptr;
    if (bn != nullptr || scale != 1.0)
        fold(bn, scale, norm, layer);
    for (const std::vector<float>* values : {&layer.weight, &layer.bias})
        if (const BadValues bad = countBadValues(keys.layer, *values); bad.any())
            throw Error(
                ErrorKind::BadInput, "weights: " + source.describe() + ": " + describe(bad) +
                                         " once batch normalisation is folded in");
    return layer;
}

double UnfoldedLayer::steepness(size_t c) const
{
    return variances.empty() ? 1.0 : 1 / std::sqrt(double(variances[c]) + eps);
}

UnfoldedLayer loadUnfolded(const Graph& graph, NodeId id, const TensorSource& source)
{
    ReadLayer read = readLayer(graph, id, source);
    if (read.folded)
        throw Error(
            ErrorKind::BadInput,
            "weights: " + source.describe() + ": the batch normalisation of " + graph[id].name +
                " is folded in, so that its parameters have no gradients; take a checkpoint "
                "that has them");
    const BatchNorm* norm = batchNormOf(graph[id].op);
    const auto* conv = std::get_if<Conv2d>(&graph[id].op);
    return {
        .layer = std::move(read.layer),
        .gammas = std::move(read.norm.gamma),
        .betas = std::move(read.norm.beta),
        .means = std::move(read.norm.mean),
        .variances = std::move(read.norm.variance),
        .eps = norm != nullptr ? double(norm->eps) : 0,
        .scale = conv != nullptr ? double(conv->scale) : 1};
}

} // namespace inceptoscope
