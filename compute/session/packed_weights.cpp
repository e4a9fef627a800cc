#include "session/packed_weights.h"

#include "error.h"
#include "graph/transposed_conv.h"
#include "kernels/conv2d.h"
#include "session/gradient_weights.h"
#include "weights/layer_weights.h"

#include <algorithm>
#include <cmath>

namespace inceptoscope {

namespace {

constexpr uint64_t smallStaging = uint64_t(4) << 20; // enough that few flushes wait

/// The convolution that a node is to a kernel.
std::optional<Conv2d> convolutionOf(const Graph& graph, NodeId id)
{
    const std::vector<NodeId>& inputs = graph[id].inputs;
    return inputs.empty() ? std::nullopt : asConvolution(graph[id].op, graph[inputs[0]].shape);
}

const ConvInputGradient* inputGradient(const Graph& graph, NodeId id)
{
    const auto* op = std::get_if<GradientOp>(&graph[id].op);
    return op == nullptr ? nullptr : std::get_if<ConvInputGradient>(op);
}

/// Whose weights a node's are.
NodeId layerOf(const Graph& graph, NodeId id)
{
    const ConvInputGradient* gradient = inputGradient(graph, id);
    return gradient == nullptr ? id : gradient->layer;
}

void requireHalves(const std::string& layer, std::span<const float> values)
{
    constexpr float most = 65504;
    for (const float value : values)
        if (std::abs(value) > most)
            throw Error(
                ErrorKind::Unsupported, "weights: " + layer + " has the value " +
                                            std::to_string(value) +
                                            ", fp16 ends at 65504; use --precision fp32");
}

void pack(
    const Graph& graph, const Plan& plan, NodeId id, ConvForm form, LayerWeights weights,
    std::span<std::byte> out)
{
    if (const auto sum = plan.sumOf(id))
        for (std::vector<float>* values : {&weights.weight, &weights.bias})
            for (float& value : *values)
                value *= std::get<Add>(graph[*sum].op).scale;
    const NodeId in = graph[id].inputs[0];
    if (const ConvInputGradient* gradient = inputGradient(graph, id)) {
        weights.weight = transposedWeights(*gradient, weights.weight);
        weights.bias.clear();
    }
    if (plan.precision == Precision::Fp16) {
        requireHalves(graph[id].name, weights.weight);
        requireHalves(graph[id].name, weights.bias);
    }
    packConv2d(
        convolutionOf(graph, id).value(), plan.slots[in].layout, form, weights.weight, weights.bias,
        out);
}

} // namespace

namespace {

/// A layer that Winograd's form would make faster and larger.
struct Growth
{
    NodeId id = 0;
    uint64_t bytes = 0; ///< more than without
    double gain = 0;    ///< multiply-accumulates by byte
};

/// Speed may cost memory, but not any amount of it: the layers that gain most by the byte get
/// Winograd's weights, until the rest of them has to do without.
void boundWinograd(
    const Graph& graph, const Plan& plan, const ConvChoice& choice,
    std::vector<PlacedWeights>& layers)
{
    constexpr uint64_t most = uint64_t(32) << 20;
    ConvChoice without = choice;
    without.winograd = false;
    std::vector<Growth> growths;
    for (const NodeId id : plan.order) {
        if (!isWinograd(layers[id].form))
            continue;
        const Conv2d conv = convolutionOf(graph, id).value();
        const Shape& in = graph[graph[id].inputs[0]].shape;
        const auto bytes = [&](ConvForm form) {
            return conv2dBytes(conv, in, plan.precision, form);
        };
        const uint64_t small = bytes(convForm(conv, in, plan.precision, without));
        const uint64_t large = std::max(bytes(layers[id].form), small + 1);
        const double macs =
            double(graph[id].shape.values()) * in.c * conv.kernel.h * conv.kernel.w / conv.groups;
        growths.push_back({id, large - small, macs / double(large - small)});
    }
    std::stable_sort(growths.begin(), growths.end(), [](const Growth& a, const Growth& b) {
        return a.gain > b.gain;
    });
    uint64_t more = 0;
    for (const Growth& growth : growths) {
        const NodeId id = growth.id;
        if (more + growth.bytes <= most)
            more += growth.bytes;
        else
            layers[id].form = convForm(
                convolutionOf(graph, id).value(), graph[graph[id].inputs[0]].shape, plan.precision,
                without);
    }
}

} // namespace

WeightLayout
layOutWeights(const Graph& graph, const Plan& plan, uint32_t alignment, const ConvChoice& choice)
{
    WeightLayout layout;
    layout.layers.resize(graph.size());
    layout.bytes.assign(graph.size(), 0);
    for (const NodeId id : plan.order)
        if (const auto conv = convolutionOf(graph, id))
            layout.layers[id].form =
                plan.sumOf(id)
                    ? plainForm(choice)
                    : convForm(*conv, graph[graph[id].inputs[0]].shape, plan.precision, choice);
    if (!choice.wanted)
        boundWinograd(graph, plan, choice, layout.layers);
    const uint64_t step = std::max(alignment, 256U);
    for (const NodeId id : plan.order) {
        const auto conv = convolutionOf(graph, id);
        PlacedWeights& layer = layout.layers[id];
        if (!conv)
            layer.form = gradientForm(graph, id, choice);
        layer.offset = layout.total;
        layout.bytes[id] =
            conv ? conv2dBytes(*conv, graph[graph[id].inputs[0]].shape, plan.precision, layer.form)
                 : tableBytes(graph, id, layer.form);
        layout.total += (layout.bytes[id] + step - 1) / step * step;
    }
    return layout;
}

uint64_t stagingBytes(const WeightLayout& layout)
{
    const uint64_t largest = *std::max_element(layout.bytes.begin(), layout.bytes.end());
    return std::max(largest, std::min(layout.total, smallStaging));
}

void uploadWeights(
    const Graph& graph, const Plan& plan, const TensorSource& source, const WeightLayout& layout,
    DeviceMemory& memory, Recorder& recorder, Submitter& submitter,
    const std::function<bool(double)>& progress)
{
    Buffer& weights = memory.at(Memory::Weights);
    const bool direct = !weights.mapped().empty();
    Buffer* staging = direct ? nullptr : &memory.upload(stagingBytes(layout));
    uint64_t staged = 0; // bytes of staging in use, which go to `to`
    uint64_t to = 0;
    const auto flush = [&] {
        if (staged == 0)
            return;
        recorder.begin();
        recorder.copy({staging, 0, staged}, {&weights, to, staged});
        recorder.end();
        const VkCommandBuffer commands = recorder.commands();
        submitter.run({&commands, 1}, "uploading weights");
        staged = 0;
    };
    const auto room = [&](uint64_t offset, uint64_t bytes) {
        if (direct)
            return weights.mapped().subspan(offset, bytes);
        if (offset + bytes - to > staging->size())
            flush();
        to = staged == 0 ? offset : to;
        staged = offset - to + bytes;
        return staging->mapped().subspan(offset - to, bytes);
    };
    for (const NodeId id : plan.order) {
        const uint64_t offset = layout.layers[id].offset;
        if (layout.bytes[id] == 0)
            continue;
        const std::span<std::byte> place = room(offset, layout.bytes[id]);
        if (convolutionOf(graph, id))
            pack(
                graph, plan, id, layout.layers[id].form,
                loadLayer(graph, layerOf(graph, id), source), place);
        else
            packTable(graph, id, source, place);
        if (progress && !progress(double(offset) / double(layout.total)))
            throw Error(ErrorKind::Cancelled, "loading the weights was cancelled");
    }
    flush();
    memory.releaseUpload(); // a picture needs far less
}

} // namespace inceptoscope
