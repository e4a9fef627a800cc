#include "session/packed_weights.h"

#include "error.h"
#include "kernels/batch_norm.h"
#include "kernels/conv2d.h"
#include "kernels/fully_connected.h"
#include "weights/layer_weights.h"

#include <algorithm>

namespace inceptoscope {

namespace {

constexpr uint64_t stagingBytes = uint64_t(16) << 20;

uint64_t packedBytes(const Graph& graph, NodeId id)
{
    const auto in = [&] { return graph[graph[id].inputs[0]].shape; };
    return std::visit(
        Overloaded{
            [&](const Conv2d& op) { return Conv2dPacking(op, in()).bytes(); },
            [&](const FullyConnected& op) { return fullyConnectedBytes(op, in()); },
            [](const Input&) { return uint64_t(0); },
            [](const Pool2d&) { return uint64_t(0); },
            [](const AdaptiveAvgPool2d&) { return uint64_t(0); },
            [](const Lrn&) { return uint64_t(0); },
            [](const Concat&) { return uint64_t(0); },
            [](const Add&) { return uint64_t(0); },
            [&](const BatchNorm& op) {
                return Conv2dPacking(asConvolution(op, in()), in()).bytes();
            },
            [](const Softmax&) { return uint64_t(0); },
            [](const L2Normalize&) { return uint64_t(0); },
        },
        graph[id].op);
}

void pack(
    const Graph& graph, const Plan& plan, NodeId id, const LayerWeights& weights,
    std::span<std::byte> out)
{
    const NodeId in = graph[id].inputs[0];
    if (const auto* conv = std::get_if<Conv2d>(&graph[id].op))
        packConv2d(*conv, plan.slots[in].layout, weights.weight, weights.bias, out);
    else if (const auto* fc = std::get_if<FullyConnected>(&graph[id].op))
        packFullyConnected(*fc, graph[in].shape, weights.weight, weights.bias, out);
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
        layout.bytes[id] = packedBytes(graph, id);
        layout.layers[id].offset = layout.total;
        layout.total += (layout.bytes[id] + step - 1) / step * step;
    }
    return layout;
}

void uploadWeights(
    const Graph& graph, const Plan& plan, const TensorSource& source, WeightLayout& layout,
    DeviceMemory& memory, Recorder& recorder, Submitter& submitter,
    const std::function<bool(double)>& progress)
{
    Buffer& weights = memory.require(Memory::Weights, layout.total);
    const uint64_t largest = *std::max_element(layout.bytes.begin(), layout.bytes.end());
    Buffer& staging = memory.upload(std::max(largest, std::min(layout.total, stagingBytes)));

    uint64_t staged = 0; // bytes of staging in use, which go to `to`
    uint64_t to = 0;
    const auto flush = [&] {
        if (staged == 0)
            return;
        recorder.begin();
        recorder.copy({&staging, 0, staged}, {&weights, to, staged});
        recorder.end();
        const VkCommandBuffer commands = recorder.commands();
        submitter.run({&commands, 1}, "uploading weights");
        to += staged;
        staged = 0;
    };
    for (const NodeId id : plan.order) {
        layout.layers[id].address = weights.address() + layout.layers[id].offset;
        if (layout.bytes[id] == 0)
            continue;
        if (layout.layers[id].offset + layout.bytes[id] - to > staging.size())
            flush();
        to = staged == 0 ? layout.layers[id].offset : to;
        const uint64_t at = layout.layers[id].offset - to;
        pack(
            graph, plan, id, loadLayer(graph, id, source),
            staging.mapped().subspan(at, layout.bytes[id]));
        staged = at + layout.bytes[id];
        if (progress && !progress(double(layout.layers[id].offset) / double(layout.total)))
            throw Error(ErrorKind::Cancelled, "loading the weights was cancelled");
    }
    flush();
}

} // namespace inceptoscope
