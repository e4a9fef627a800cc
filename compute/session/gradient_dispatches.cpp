#include "session/gradient_dispatches.h"

#include "kernels/conv2d.h"
#include "kernels/gradients.h"
#include "session/gradient_weights.h"
#include "session/node_dispatches.h"

namespace inceptoscope {

namespace {

Binding table(const std::vector<PlacedWeights>& weights, NodeId id, uint64_t from, uint64_t to)
{
    return {Memory::Weights, Access::Texels, weights[id].offset + from, to - from};
}

} // namespace

std::vector<Dispatch> gradientDispatches(
    const GradientOp& op, const Graph& graph, const Plan& plan,
    const std::vector<PlacedWeights>& weights, NodeId id, uint32_t picture)
{
    const Node& node = graph[id];
    std::vector<Placed> in;
    for (const NodeId input : node.inputs)
        in.push_back(placed(plan, input, picture));
    const Placed out = placed(plan, id, picture);
    const uint64_t bytes = tableBytes(graph, id, weights[id].form);
    using List = std::vector<Dispatch>;
    return std::visit(
        Overloaded{
            [](const Given&) { return List{}; },
            [&](const Slice& o) { return List{slice(o, in[0], out)}; },
            [&](const Scale& o) { return List{scale(o, in[0], out)}; },
            [&](const ReluGradient&) { return List{reluGradient(in[0], in[1], out)}; },
            [&](const ConvInputGradient&) {
                const Shape& dz = in[0].layout.shape;
                return conv2d(asConvolution(node.op, dz).value(), in[0], out, weights[id]);
            },
            [&](const Interleave& o) { return List{interleave(o, in[0], out)}; },
            [&](const WeightGradient& o) {
                return weightGradient(o.conv, in[0], in[1], out, weights[id], picture > 0);
            },
            [&](const ChannelSum&) { return List{channelSum(in[0], out, picture > 0)}; },
            [&](const Unfold&) { return List{unfold(in[0], table(weights, id, 0, bytes), out)}; },
            [&](const GammaGradient&) {
                const uint64_t factors = gammaFactors(graph, id);
                return List{gammaGradient(
                    in[0], in[1], table(weights, id, 0, factors),
                    table(weights, id, factors, bytes), out)};
            },
            [&](const MaxPoolIndices& o) { return List{maxPoolIndices(o.pool, in[0], out)}; },
            [&](const MaxPoolGradient& o) {
                return List{maxPoolGradient(o.pool, in[0], in[1], out)};
            },
            [&](const AvgPoolGradient& o) { return List{avgPoolGradient(o.pool, in[0], out)}; },
            [&](const AdaptiveAvgPoolGradient&) {
                return List{adaptiveAvgPoolGradient(in[0], out)};
            },
            [&](const LrnGradient& o) { return List{lrnGradient(o.lrn, in[0], in[1], out)}; },
            [&](const SoftmaxGradient&) { return List{softmaxGradient(in[0], in[1], out)}; },
            [&](const L2NormalizeGradient&) {
                return List{l2NormalizeGradient(in[0], in[1], out)};
            },
            [&](const CrossEntropy&) { return List{crossEntropy(in[0], in[1], out, picture > 0)}; },
            [&](const CrossEntropyGradient&) {
                return List{crossEntropyGradient(in[0], in[1], in[2], out)};
            },
            [&](const BatchStatistics&) {
                return List{
                    batchMean(in[0], out, picture > 0), batchVariance(in[0], out, picture > 0)};
            },
            [&](const BatchNormalize& o) {
                return List{batchNormalize(o, in[0], in[1], table(weights, id, 0, bytes), out)};
            },
            [&](const RunningStatistics& o) {
                return List{runningStatistics(o, in[0], in[1], out)};
            },
            [&](const BatchNormSums& o) {
                return List{batchNormSums(o, in[0], in[1], in[2], out, picture > 0)};
            },
            [&](const Column& o) { return List{column(o, in[0], out)}; },
            [&](const BatchNormGradient& o) {
                return List{batchNormGradient(o, in, table(weights, id, 0, bytes), out)};
            },
        },
        op);
}

} // namespace inceptoscope
