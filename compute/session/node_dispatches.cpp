#include "session/node_dispatches.h"

#include "kernels/add.h"
#include "kernels/conv2d.h"
#include "kernels/copy_channels.h"
#include "kernels/l2_normalize.h"
#include "kernels/lrn.h"
#include "kernels/pool2d.h"
#include "kernels/softmax.h"
#include "session/gradient_dispatches.h"

#include <algorithm>
#include <utility>

namespace inceptoscope {

Placed placed(const Plan& plan, NodeId id, uint32_t picture)
{
    const Slot& slot = plan.slots[id];
    return {
        .layout = slot.layout,
        .offset =
            slot.offset + slot.layout.pictureOffset(std::min(picture, slot.layout.shape.n - 1))};
}

namespace {

std::vector<Dispatch> copies(const Graph& graph, const Plan& plan, NodeId id, uint32_t picture)
{
    std::vector<Dispatch> result;
    uint32_t channel = 0;
    for (const NodeId in : graph[id].inputs) {
        result.push_back(
            copyChannels(placed(plan, in, picture), placed(plan, id, picture), channel));
        channel += graph[in].shape.c;
    }
    return result;
}

/// How many pictures a node goes through: those of what it reads, also where it makes one of them.
uint32_t pictures(const Graph& graph, NodeId id)
{
    uint32_t most = graph[id].shape.n;
    for (const NodeId in : graph[id].inputs)
        most = std::max(most, graph[in].shape.n);
    return most;
}

/// Whether a step needs the one before of all pictures: the variance is taken around the mean.
bool inSteps(const Op& op)
{
    const auto* gradient = std::get_if<GradientOp>(&op);
    return gradient != nullptr && std::holds_alternative<BatchStatistics>(*gradient);
}

std::vector<Dispatch> stepByStep(std::vector<Dispatch> byPicture, size_t steps)
{
    std::vector<Dispatch> result;
    for (size_t step = 0; step < steps; ++step)
        for (size_t i = step; i < byPicture.size(); i += steps)
            result.push_back(std::move(byPicture[i]));
    return result;
}

} // namespace

std::vector<Dispatch> dispatches(
    const Graph& graph, const Plan& plan, const std::vector<PlacedWeights>& weights, NodeId id)
{
    std::vector<Dispatch> all = pictureDispatches(graph, plan, weights, id, 0);
    const size_t steps = all.size();
    for (uint32_t picture = 1; picture < pictures(graph, id); ++picture)
        for (Dispatch& dispatch : pictureDispatches(graph, plan, weights, id, picture))
            all.push_back(std::move(dispatch));
    return inSteps(graph[id].op) ? stepByStep(std::move(all), steps) : all;
}

std::vector<Dispatch> pictureDispatches(
    const Graph& graph, const Plan& plan, const std::vector<PlacedWeights>& weights, NodeId id,
    uint32_t picture)
{
    if (plan.isFree(graph, id))
        return {};
    const Node& node = graph[id];
    const Placed in = placed(plan, node.inputs[0], picture);
    const Placed out = placed(plan, id, picture);
    using List = std::vector<Dispatch>;
    const auto convolution = [&](const Op& op) {
        return conv2d(asConvolution(op, in.layout.shape).value(), in, out, weights[id]);
    };
    return std::visit(
        Overloaded{
            [](const Input&) { return List{}; },
            [&](const Conv2d& op) {
                const auto sum = plan.sumOf(id);
                return sum ? conv2d(
                                 summed(op, std::get<Add>(graph[*sum].op)), in, out, weights[id],
                                 true)
                           : convolution(op);
            },
            [&](const Pool2d& op) { return List{pool2d(op, in, out)}; },
            [&](const AdaptiveAvgPool2d&) { return List{adaptiveAvgPool2d(in, out)}; },
            [&](const Lrn& op) { return List{lrn(op, in, out)}; },
            [&](const Concat&) { return copies(graph, plan, id, picture); },
            [&](const Add& op) {
                return List{add(op, in, placed(plan, node.inputs[1], picture), out)};
            },
            [&](const FullyConnected& op) { return convolution(op); },
            [&](const BatchNorm& op) { return convolution(op); },
            [&](const Softmax&) { return List{softmax(in, out)}; },
            [&](const L2Normalize&) { return List{l2Normalize(in, out)}; },
            [&](const GradientOp& op) {
                return gradientDispatches(op, graph, plan, weights, id, picture);
            },
        },
        node.op);
}

} // namespace inceptoscope
