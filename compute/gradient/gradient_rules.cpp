// One rule an op: what its inputs and parameters get of the derivative by its result.
#include "gradient/backward.h"

#include "error.h"

namespace inceptoscope {

void BackwardPass::differentiate(NodeId id, NodeId dy)
{
    const Node& node = m_graph[id];
    const auto input = [&](GradientOp op, std::vector<NodeId> inputs) {
        if (flows(node.inputs[0]))
            give(0, op, std::move(inputs));
    };
    std::visit(
        Overloaded{
            [](const Input&) {},
            [&](const Conv2d&) { layer(dy); },
            [&](const Pool2d& op) { pool(op, dy); },
            [&](const AdaptiveAvgPool2d&) {
                input(AdaptiveAvgPoolGradient{m_graph[node.inputs[0]].shape}, {dy});
            },
            [&](const Lrn& op) {
                input(LrnGradient{op}, {node.inputs[0], dy});
            },
            [&](const Concat&) { concatenation(dy); },
            [&](const Add& op) { residualSum(op, dy); },
            [&](const FullyConnected&) { layer(dy); },
            [&](const BatchNorm&) { layer(dy); },
            [&](const Softmax&) {
                input(SoftmaxGradient{}, {id, dy});
            },
            [&](const L2Normalize&) {
                input(L2NormalizeGradient{}, {node.inputs[0], dy});
            },
            [&](const GradientOp& op) { gradientOp(op, dy); },
        },
        node.op);
}

void BackwardPass::layer(NodeId dy)
{
    const Node& node = m_graph[m_at];
    const Conv2d conv = layerConvolution(node.op, m_graph[node.inputs[0]].shape).value();
    const bool onward = flows(node.inputs[0]);
    if (!onward && !wantsAny(m_at))
        return;
    const NodeId dz = beforeActivation(conv.activation, dy);
    parameters(conv, dz);
    if (onward)
        inputGradient(conv, dz);
}

void BackwardPass::parameters(const Conv2d& conv, NodeId dz)
{
    using Role = ParameterRole;
    const std::string name = gradientName(m_graph, m_at);
    const bool training = conv.batchNorm && conv.batchNorm->training;
    const bool folded = (conv.batchNorm && !training) || conv.scale != 1.0F;
    const bool gamma = !training && wants(m_at, Role::Gamma);
    NodeId products = 0;
    if (wants(m_at, Role::Weight) || gamma) {
        products = append(
            name + (folded ? " products" : ".weight"), GradientOp(WeightGradient{conv}),
            {m_graph[m_at].inputs[0], dz});
        if (folded && wants(m_at, Role::Weight))
            append(name + ".weight", GradientOp(Unfold{m_at, Role::Weight}), {products});
    }
    const bool bias = wants(m_at, Role::Bias);
    const bool beta = !training && wants(m_at, Role::Beta);
    if (!bias && !beta && !gamma)
        return;
    const NodeId sums = append(name + (folded ? " sums" : ".bias"), GradientOp(ChannelSum{}), {dz});
    if (folded && bias)
        append(name + ".bias", GradientOp(Unfold{m_at, Role::Bias}), {sums});
    if (beta)
        append(name + ".beta", GradientOp(Unfold{m_at, Role::Beta}), {sums});
    if (gamma)
        append(name + ".gamma", GradientOp(GammaGradient{m_at, conv}), {products, sums});
}

void BackwardPass::inputGradient(const Conv2d& conv, NodeId dz)
{
    const NodeId in = m_graph[m_at].inputs[0];
    const ConvInputGradient op{m_at, conv, m_graph[in].shape};
    const Shape shape = m_builder.node(dz).shape; // appending moves nodes
    if (!transposed(op, shape).interleaved(op, shape)) {
        give(0, GradientOp(op), {dz});
        return;
    }
    const NodeId apart =
        append(gradientName(m_graph, m_at) + " by positions", GradientOp(op), {dz});
    give(0, GradientOp(interleave(op, shape)), {apart});
}

void BackwardPass::pool(const Pool2d& op, NodeId dy)
{
    const NodeId in = m_graph[m_at].inputs[0];
    if (!flows(in))
        return;
    const Shape& shape = m_graph[in].shape;
    if (op.kind == PoolKind::Average) {
        give(0, GradientOp(AvgPoolGradient{op, shape}), {dy});
        return;
    }
    const NodeId winners =
        append(gradientName(m_graph, m_at) + " winners", GradientOp(MaxPoolIndices{op}), {in});
    give(0, GradientOp(MaxPoolGradient{op, shape}), {winners, dy});
}

void BackwardPass::concatenation(NodeId dy)
{
    const std::vector<NodeId>& inputs = m_graph[m_at].inputs;
    uint32_t first = 0;
    for (size_t i = 0; i < inputs.size(); ++i) {
        const uint32_t channels = m_graph[inputs[i]].shape.c;
        if (flows(inputs[i]))
            give(i, GradientOp(Slice{first, channels}), {dy});
        first += channels;
    }
}

void BackwardPass::residualSum(const Add& op, NodeId dy)
{
    const std::vector<NodeId>& inputs = m_graph[m_at].inputs;
    if (!flows(inputs[0]) && !flows(inputs[1]))
        return;
    const NodeId dz = beforeActivation(op.activation, dy);
    if (flows(inputs[0]))
        giveAsItIs(0, dz);
    if (flows(inputs[1]) && op.scale == 1.0F)
        giveAsItIs(1, dz);
    else if (flows(inputs[1]))
        give(1, GradientOp(Scale{op.scale}), {dz});
}

void BackwardPass::batchNormalize(const BatchNormalize& op, NodeId dy)
{
    using Role = ParameterRole;
    const NodeId x = m_graph[m_at].inputs[0];
    const NodeId statistics = m_graph[m_at].inputs[1];
    const NodeId dz = beforeActivation(op.activation, dy);
    const std::string name = gradientName(m_graph, m_at) + " sums";
    const NodeId sums = append(name, GradientOp(BatchNormSums{op.eps}), {x, statistics, dz});
    const auto parameter = [&](Role role, uint32_t column) {
        if (wants(op.layer, role))
            append(
                gradientName(m_graph, LayerParameter{op.layer, role}),
                GradientOp(Column{column, op.scale}), {sums});
    };
    parameter(Role::Beta, 0);
    parameter(Role::Gamma, 1);
    if (flows(x))
        give(
            0, GradientOp(BatchNormGradient{op.layer, op.eps, op.scale}),
            {x, statistics, dz, sums});
}

/// Second derivatives aren't there, but for what is linear; a loss is differentiated by its logits,
/// since its target is given.
void BackwardPass::gradientOp(const GradientOp& op, NodeId dy)
{
    const Node& node = m_graph[m_at];
    const auto refuse = [&](const auto&) {
        throw Error(
            ErrorKind::Unsupported,
            "gradient: there is no derivative of " + gradientOpName(op) + " (" + node.name + ")");
    };
    std::visit(
        Overloaded{
            [](const Given&) {},
            [&](const Slice& o) { refuse(o); },
            [&](const Scale& o) { refuse(o); },
            [&](const ReluGradient& o) { refuse(o); },
            [&](const ConvInputGradient& o) { refuse(o); },
            [&](const Interleave& o) { refuse(o); },
            [&](const WeightGradient& o) { refuse(o); },
            [&](const ChannelSum& o) { refuse(o); },
            [&](const Unfold& o) { refuse(o); },
            [&](const GammaGradient& o) { refuse(o); },
            [&](const MaxPoolIndices& o) { refuse(o); },
            [&](const MaxPoolGradient& o) { refuse(o); },
            [&](const AvgPoolGradient& o) { refuse(o); },
            [&](const AdaptiveAvgPoolGradient& o) { refuse(o); },
            [&](const LrnGradient& o) { refuse(o); },
            [&](const SoftmaxGradient& o) { refuse(o); },
            [&](const L2NormalizeGradient& o) { refuse(o); },
            [&](const CrossEntropy& o) {
                if (flows(node.inputs[1]))
                    refuse(o);
                if (flows(node.inputs[0]))
                    give(
                        0, GradientOp(CrossEntropyGradient{}),
                        {node.inputs[0], node.inputs[1], dy});
            },
            [&](const CrossEntropyGradient& o) { refuse(o); },
            [](const BatchStatistics&) {},
            [&](const BatchNormalize& o) { batchNormalize(o, dy); },
            [](const RunningStatistics&) {},
            [&](const BatchNormSums& o) { refuse(o); },
            [&](const Column& o) { refuse(o); },
            [&](const BatchNormGradient& o) { refuse(o); },
        },
        op);
}

} // namespace inceptoscope
