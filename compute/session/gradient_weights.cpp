#include "session/gradient_weights.h"

#include "graph/transposed_conv.h"
#include "kernels/dispatch.h"
#include "kernels/gradients.h"
#include "kernels/stored_value.h"
#include "weights/layer_weights.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

namespace inceptoscope {

namespace {

template <class Wanted> const Wanted* gradientOp(const Graph& graph, NodeId id)
{
    const auto* op = std::get_if<GradientOp>(&graph[id].op);
    return op == nullptr ? nullptr : std::get_if<Wanted>(op);
}

uint64_t channelTexels(const Graph& graph, NodeId id)
{
    return (uint64_t(graph[id].shape.c) + 3) / 4;
}

Shape layerInput(const Graph& graph, NodeId layer)
{
    return graph[graph[layer].inputs[0]].shape;
}

/// What folding multiplies a channel's weights, or what they are multiplied with, with.
float factorOf(const UnfoldedLayer& layer, ParameterRole role, size_t channel)
{
    const bool normalised = role != ParameterRole::Beta;
    return float(layer.scale * (normalised ? layer.gamma(channel) * layer.steepness(channel) : 1));
}

void packFactors(
    const Graph& graph, const Unfold& op, const TensorSource& source, std::span<float> out)
{
    const UnfoldedLayer layer = loadUnfolded(graph, op.layer, source);
    for (size_t c = 0; c < graph[op.layer].shape.c; ++c)
        out[c] = factorOf(layer, op.role, c);
}

void packGamma(
    const Graph& graph, NodeId id, const GammaGradient& op, const TensorSource& source,
    std::span<float> out)
{
    const UnfoldedLayer layer = loadUnfolded(graph, op.layer, source);
    packKernel(op.conv, layerInput(graph, op.layer), layer.layer.weight, out);
    const std::span<float> table = out.subspan(gammaFactors(graph, id) / sizeof(float));
    for (size_t c = 0; c < graph[op.layer].shape.c; ++c) {
        const double factor = layer.scale * layer.steepness(c);
        const size_t texel = c / 4 * 8 + c % 4;
        table[texel] = float(factor);
        table[texel + 4] = float((double(layer.layer.bias[c]) - layer.mean(c)) * factor);
    }
}

/// The layer whose gamma and beta a node of training mode takes, and what they are multiplied with.
std::optional<std::pair<NodeId, double>> normalised(const Graph& graph, NodeId id)
{
    if (const auto* op = gradientOp<BatchNormalize>(graph, id))
        return std::pair(NodeId(op->layer), double(op->scale));
    if (const auto* op = gradientOp<BatchNormGradient>(graph, id))
        return std::pair(NodeId(op->layer), double(op->scale));
    return std::nullopt;
}

void packNormalisation(
    const Graph& graph, NodeId layer, double scale, const TensorSource& source,
    std::span<float> out)
{
    const UnfoldedLayer unfolded = loadUnfolded(graph, layer, source);
    for (size_t c = 0; c < graph[layer].shape.c; ++c) {
        const size_t texel = c / 4 * 8 + c % 4;
        out[texel] = float(scale * unfolded.gamma(c));
        out[texel + 4] = float(scale * double(unfolded.betas.at(c)));
    }
}

} // namespace

uint64_t gammaFactors(const Graph& graph, NodeId id)
{
    const auto& op = *gradientOp<GammaGradient>(graph, id);
    return bindableBytes(kernelTexels(op.conv, layerInput(graph, op.layer)) * 16);
}

ConvForm gradientForm(const Graph& graph, NodeId id, const ConvChoice& choice)
{
    const bool direct = choice.wanted.value_or(ConvForm::Direct) == ConvForm::Direct ||
                        choice.wanted == ConvForm::Winograd;
    const bool simd = choice.family == DeviceFamily::Simd || choice.wanted.has_value();
    return gradientOp<WeightGradient>(graph, id) == nullptr || (direct && simd) ? ConvForm::Direct
                                                                                : ConvForm::Tiled;
}

uint64_t tableBytes(const Graph& graph, NodeId id, ConvForm form)
{
    if (const auto* op = gradientOp<WeightGradient>(graph, id)) {
        const Shape& in = layerInput(graph, id);
        const bool product = form == ConvForm::Direct && weightProductsFit(op->conv, in);
        return product ? weightProductsBytes(op->conv, in) : 0;
    }
    if (normalised(graph, id))
        return bindableBytes(channelTexels(graph, id) * 32);
    if (gradientOp<Unfold>(graph, id) != nullptr)
        return bindableBytes(channelTexels(graph, id) * 16);
    if (gradientOp<GammaGradient>(graph, id) != nullptr)
        return gammaFactors(graph, id) + bindableBytes(channelTexels(graph, id) * 32);
    return 0;
}

void packTable(const Graph& graph, NodeId id, const TensorSource& source, std::span<std::byte> out)
{
    std::fill(out.begin(), out.end(), std::byte(0));
    const std::span<float> values = valuesIn<float>(out);
    if (const auto* op = gradientOp<Unfold>(graph, id))
        packFactors(graph, *op, source, values);
    else if (const auto* gamma = gradientOp<GammaGradient>(graph, id))
        packGamma(graph, id, *gamma, source, values);
    else if (const auto* products = gradientOp<WeightGradient>(graph, id))
        packWeightProducts(products->conv, layerInput(graph, id), out);
    else if (const auto norm = normalised(graph, id))
        packNormalisation(graph, norm->first, norm->second, source, values);
}

} // namespace inceptoscope
