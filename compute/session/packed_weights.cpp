#include "session/packed_weights.h"

#include "error.h"
#include "kernels/conv2d.h"
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
    const Graph& graph, const Plan& plan, NodeId id, ConvForm form, const LayerWeights& weights,
    std::span<std::byte> out)
{
    const NodeId in = graph[id].inputs[0];
    if (plan.precision == Precision::Fp16) {
        requireHalves(graph[id].name, weights.weight);
        requireHalves(graph[id].name, weights.bias);
    }
    packConv2d(
        convolutionOf(graph, id).value(), plan.slots[in].layout, form, weights.weight, weights.bias,
        out);
}

} // namespace

static WeightLayout
layOut(const Graph& graph, const Plan& plan, uint32_t alignment, std::optional<ConvForm> wanted)
{
    WeightLayout layout;
    layout.layers.resize(graph.size());
    layout.bytes.assign(graph.size(), 0);
    const uint64_t step = std::max(alignment, 256U);
    for (const NodeId id : plan.order) {
        const auto conv = convolutionOf(graph, id);
        if (!conv)
            continue;
        const Shape& in = graph[graph[id].inputs[0]].shape;
        PlacedWeights& layer = layout.layers[id];
        layer.form = convForm(*conv, in, plan.precision, wanted);
        layer.offset = layout.total;
        layout.bytes[id] = conv2dBytes(*conv, in, plan.precision, layer.form);
        layout.total += (layout.bytes[id] + step - 1) / step * step;
    }
    return layout;
}

WeightLayout layOutWeights(
    const Graph& graph, const Plan& plan, uint32_t alignment, std::optional<ConvForm> wanted)
{
    WeightLayout layout = layOut(graph, plan, alignment, wanted);
    if (wanted)
        return layout;
    // Speed may cost memory, but not any amount of it.
    constexpr uint64_t most = uint64_t(32) << 20;
    WeightLayout direct = layOut(graph, plan, alignment, ConvForm::Direct);
    return layout.total > direct.total + most ? direct : layout;
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
        const LayerWeights layer = loadLayer(graph, id, source);
        pack(graph, plan, id, layout.layers[id].form, layer, room(offset, layout.bytes[id]));
        if (progress && !progress(double(offset) / double(layout.total)))
            throw Error(ErrorKind::Cancelled, "loading the weights was cancelled");
    }
    flush();
    memory.releaseUpload(); // a picture needs far less
}

} // namespace inceptoscope
