#include "session/node_dispatches.h"

#include "kernels/add.h"
#include "kernels/conv2d.h"
#include "kernels/copy_channels.h"
#include "kernels/l2_normalize.h"
#include "kernels/lrn.h"
#include "kernels/pool2d.h"
#include "kernels/softmax.h"
#include "session/gradient_dispatches.h"

namespace inceptoscope {

Placed placed(const Plan& plan, NodeId id)
{
    return {.layout = plan.slots[id].layout, .offset = plan.slots[id].offset};
}

static std::vector<Dispatch> copies(const Graph& graph, const Plan& plan, NodeId id)
{
    std::vector<Dispatch> result;
    uint32_t channel = 0;
    for (const NodeId in : graph[id].inputs) {
        result.push_back(copyChannels(placed(plan, in), placed(plan, id), channel));
        channel += graph[in].shape.c;
    }
    return result;
}

std::vector<Dispatch> dispatches(
    const Graph& graph, const Plan& plan, const std::vector<PlacedWeights>& weights, NodeId id)
{
    if (plan.isFree(graph, id))
        return {};
    const Node& node = graph[id];
    const Placed in = placed(plan, node.inputs[0]);
    const Placed out = placed(plan, id);
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
            [&](const Concat&) { return copies(graph, plan, id); },
            [&](const Add& op) { return List{add(op, in, placed(plan, node.inputs[1]), out)}; },
            [&](const FullyConnected& op) { return convolution(op); },
            [&](const BatchNorm& op) { return convolution(op); },
            [&](const Softmax&) { return List{softmax(in, out)}; },
            [&](const L2Normalize&) { return List{l2Normalize(in, out)}; },
            [&](const GradientOp& op) { return gradientDispatches(op, graph, plan, weights, id); },
        },
        node.op);
}

} // namespace inceptoscope
