#include "session/packed_weights.h"

#include "error.h"
#include "kernels/batch_norm.h"
#include "kernels/conv2d.h"
#include "kernels/fully_connected.h"
#include "weights/layer_weights.h"

#include <algorithm>
#include <cmath>

namespace inceptoscope {

namespace {

constexpr uint64_t smallStaging = uint64_t(4) << 20; // enough that few flushes wait

uint64_t packedBytes(const Graph& graph, NodeId id, Precision precision)
{
    const auto in = [&] { return graph[graph[id].inputs[0]].shape; };
    return std::visit(
        Overloaded{
            [&](const Conv2d& op) { return Conv2dPacking(op, in(), precision).bytes(); },
            [&](const FullyConnected& op) { return fullyConnectedBytes(op, in(), precision); },
            [](const Input&) { return uint64_t(0); },
            [](const Pool2d&) { return uint64_t(0); },
            [](const AdaptiveAvgPool2d&) { return uint64_t(0); },
            [](const Lrn&) { return uint64_t(0); },
            [](const Concat&) { return uint64_t(0); },
            [](const Add&) { return uint64_t(0); },
            [&](const BatchNorm& op) {
                return Conv2dPacking(asConvolution(op, in()), in(), precision).bytes();
            },
            [](const Softmax&) { return uint64_t(0); },
            [](const L2Normalize&) { return uint64_t(0); },
        },
        graph[id].op);
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
    const Graph& graph, const Plan& plan, NodeId id, const LayerWeights& weights,
    std::span<std::byte> out)
{
    const NodeId in = graph[id].inputs[0];
    if (plan.precision == Precision::Fp16) {
        requireHalves(graph[id].name, weights.weight);
        requireHalves(graph[id].name, weights.bias);
    }
    if (const auto* conv = std::get_if<Conv2d>(&graph[id].op))
        packConv2d(*conv, plan.slots[in].layout, weights.weight, weights.bias, out);
    else if (const auto* fc = std::get_if<FullyConnected>(&graph[id].op))
        packFullyConnected(*fc, graph[in].shape, plan.precision, weights.weight, weights.bias, out);
    else if (const auto* bn = std::get_if<BatchNorm>(&graph[id].op))
        packConv2d(
            asConvolution(*bn, graph[in].shape), plan.slots[in].layout, weights.weight,
            weights.bias, out);
}

} // namespace

WeightLayout layOutWeights(const Graph& graph, const Plan& plan, uint32_t alignment)
{
    WeightLayout layout;
    layout.layers.resize(graph.size());
    layout.bytes.assign(graph.size(), 0);
    const uint64_t step = std::max(alignment, 256U);
    for (const NodeId id : plan.order) {
        layout.bytes[id] = packedBytes(graph, id, plan.precision);
        layout.layers[id].offset = layout.total;
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
        const LayerWeights layer = loadLayer(graph, id, source);
        pack(graph, plan, id, layer, room(offset, layout.bytes[id]));
        if (progress && !progress(double(offset) / double(layout.total)))
            throw Error(ErrorKind::Cancelled, "loading the weights was cancelled");
    }
    flush();
    memory.releaseUpload(); // a picture needs far less
}

} // namespace inceptoscope
