#include "cost/cost.h"

#include <algorithm>

namespace inceptoscope {

namespace {

constexpr uint64_t floatBytes = 4;

Cost weighted(uint64_t params, uint64_t macs)
{
    return {.params = params, .macs = macs, .weightBytes = params * floatBytes};
}

Cost convCost(const Conv2d& op, const Shape& in, const Shape& out)
{
    const uint64_t taps = uint64_t(in.c / op.groups) * op.kernel.h * op.kernel.w;
    uint64_t params = out.c * taps;
    if (op.bias)
        params += out.c;
    if (op.batchNorm)
        params += (op.batchNorm->gamma ? 2ULL : 1ULL) * out.c;
    return weighted(params, out.values() * taps);
}

Cost fullyConnectedCost(const FullyConnected& op, const Shape& in)
{
    const uint64_t weights = in.values() * op.outFeatures;
    return weighted(weights + (op.bias ? op.outFeatures : 0), weights);
}

/// Each derivative of a convolution takes its multiply-accumulates once more; parameters are
/// counted where they are used first. `in`: the first input's shape.
template <class In> Cost gradientCost(const GradientOp& op, const Node& node, const In& in)
{
    const auto none = [] { return Cost{}; };
    const auto again = [](const Conv2d& conv, const Shape& layerIn, const Shape& dz) {
        const uint64_t taps = uint64_t(layerIn.c / conv.groups) * conv.kernel.h * conv.kernel.w;
        return weighted(0, dz.values() * taps);
    };
    return std::visit(
        Overloaded{
            [&](const Given&) { return none(); },
            [&](const Slice&) { return none(); },
            [&](const Scale&) { return none(); },
            [&](const ReluGradient&) { return none(); },
            [&](const ConvInputGradient& o) { return again(o.conv, o.in, in()); },
            [&](const Interleave&) { return none(); },
            [&](const WeightGradient& o) {
                return again(o.conv, in(), inferShape(Op(o.conv), {in()}, node.name));
            },
            [&](const ChannelSum&) { return none(); },
            [&](const Unfold&) { return none(); },
            [&](const GammaGradient&) { return none(); },
            [&](const MaxPoolIndices&) { return none(); },
            [&](const MaxPoolGradient&) { return none(); },
            [&](const AvgPoolGradient&) { return none(); },
            [&](const AdaptiveAvgPoolGradient&) { return none(); },
            [&](const LrnGradient&) { return none(); },
            [&](const SoftmaxGradient&) { return none(); },
            [&](const L2NormalizeGradient&) { return none(); },
            [&](const CrossEntropy&) { return none(); },
            [&](const CrossEntropyGradient&) { return none(); },
            [&](const BatchStatistics&) { return none(); },
            [&](const BatchNormalize&) { return none(); },
            [&](const RunningStatistics&) { return none(); },
            [&](const BatchNormSums&) { return none(); },
            [&](const Column&) { return none(); },
            [&](const BatchNormGradient&) { return none(); },
        },
        op);
}

/// Parameters and MACs only; the result's bytes come on top.
Cost work(const Graph& graph, const Node& node)
{
    const auto in = [&]() -> const Shape& { return graph[node.inputs.front()].shape; };
    return std::visit(
        Overloaded{
            [](const Input&) { return Cost{}; },
            [&](const Conv2d& op) { return convCost(op, in(), node.shape); },
            [](const Pool2d&) { return Cost{}; },
            [](const AdaptiveAvgPool2d&) { return Cost{}; },
            [](const Lrn&) { return Cost{}; },
            [](const Concat&) { return Cost{}; },
            [](const Add&) { return Cost{}; },
            [&](const FullyConnected& op) { return fullyConnectedCost(op, in()); },
            [&](const BatchNorm& op) {
                return weighted((op.gamma ? 2ULL : 1ULL) * node.shape.c, 0);
            },
            [](const Softmax&) { return Cost{}; },
            [](const L2Normalize&) { return Cost{}; },
            [&](const GradientOp& op) { return gradientCost(op, node, in); },
        },
        node.op);
}

bool hasWeights(const Op& op)
{
    return std::visit(
        Overloaded{
            [](const Input&) { return false; },
            [](const Conv2d&) { return true; },
            [](const Pool2d&) { return false; },
            [](const AdaptiveAvgPool2d&) { return false; },
            [](const Lrn&) { return false; },
            [](const Concat&) { return false; },
            [](const Add&) { return false; },
            [](const FullyConnected&) { return true; },
            [](const BatchNorm&) { return false; },
            [](const Softmax&) { return false; },
            [](const L2Normalize&) { return false; },
            [](const GradientOp&) { return false; },
        },
        op);
}

Cost sum(const Graph& graph, const std::vector<NodeId>& nodes)
{
    Cost total;
    for (const NodeId id : nodes)
        total += cost(graph, id);
    return total;
}

} // namespace

Cost& Cost::operator+=(const Cost& other)
{
    params += other.params;
    macs += other.macs;
    weightBytes += other.weightBytes;
    activationBytes += other.activationBytes;
    readBytes += other.readBytes;
    return *this;
}

Cost cost(const Graph& graph, NodeId id)
{
    const Node& node = graph[id];
    Cost result = work(graph, node);
    const auto* gradient = std::get_if<GradientOp>(&node.op);
    const bool view = gradient != nullptr && std::holds_alternative<Slice>(*gradient);
    if (std::holds_alternative<Concat>(node.op) || view)
        return result;
    result.activationBytes = node.shape.values() * floatBytes;
    for (const NodeId in : node.inputs)
        result.readBytes += graph[in].shape.values() * floatBytes;
    return result;
}

Cost cost(const Graph& graph, const Branch& branch)
{
    return sum(graph, branch.nodes);
}

Cost moduleCost(const Graph& graph, ModuleId id)
{
    return sum(graph, graph.modules()[id].nodes);
}

NetworkCost networkCost(const Graph& graph)
{
    NetworkCost result;
    for (NodeId id = 0; id < graph.size(); ++id)
        (graph.isAuxiliary(id) ? result.auxiliary : result.main) += cost(graph, id);
    return result;
}

uint32_t weightLayersOnLongestPath(const Graph& graph)
{
    std::vector<uint32_t> depth(graph.size(), 0);
    uint32_t longest = 0;
    for (NodeId id = 0; id < graph.size(); ++id) {
        if (graph.isAuxiliary(id))
            continue;
        for (const NodeId in : graph[id].inputs)
            depth[id] = std::max(depth[id], depth[in]);
        if (hasWeights(graph[id].op))
            ++depth[id];
        longest = std::max(longest, depth[id]);
    }
    return longest;
}

} // namespace inceptoscope
