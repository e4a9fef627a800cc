#include "graph/gradient_op.h"

#include "error.h"
#include "graph/op.h"
#include "graph/transposed_conv.h"

namespace inceptoscope {

namespace {

[[noreturn]] void refuseOp(const std::string& what, const std::string& why)
{
    throw Error(ErrorKind::Usage, "graph: " + what + ": " + why);
}

void requireSame(const Shape& a, const Shape& b, const std::string& what)
{
    if (a != b)
        refuseOp(what, toString(b) + " doesn't go with " + toString(a));
}

Shape sliceShape(const Slice& op, const Shape& in, const std::string& what)
{
    if (op.channels == 0 || op.first + op.channels > in.c)
        refuseOp(
            what, std::to_string(op.first + op.channels) + " channels of " + std::to_string(in.c));
    return {op.channels, in.h, in.w, in.n};
}

Shape kernelShape(const Conv2d& conv, const Shape& in)
{
    return {conv.outChannels, in.c / conv.groups, conv.kernel.h * conv.kernel.w};
}

/// A window's op on `in`, whose result's gradient has the shape `dy`.
Shape behind(const Op& forward, const Shape& in, const Shape& dy, const std::string& what)
{
    requireSame(inferShape(forward, {in}, what), dy, what);
    return in;
}

/// PyTorch refuses a single value, too.
Shape statisticsShape(const Shape& in, const std::string& what)
{
    if (in.n * in.pixels() < 2)
        refuseOp(
            what, "batch normalisation in training mode needs more than one value a channel, this "
                  "is one pixel of one picture; make the batch larger");
    return {in.c, 1, 2};
}

Shape interleavedShape(const Interleave& op, const Shape& in, const std::string& what)
{
    if (in.c != op.out.c * op.stride.h * op.stride.w)
        refuseOp(what, toString(in) + " can't be interleaved to " + toString(op.out));
    return op.out;
}

} // namespace

std::string gradientOpName(const GradientOp& op)
{
    return std::visit(
        Overloaded{
            [](const Given&) { return "given"; },
            [](const Slice&) { return "slice"; },
            [](const Scale&) { return "scale"; },
            [](const ReluGradient&) { return "relu_gradient"; },
            [](const ConvInputGradient&) { return "conv_input_gradient"; },
            [](const Interleave&) { return "interleave"; },
            [](const WeightGradient&) { return "weight_gradient"; },
            [](const ChannelSum&) { return "channel_sum"; },
            [](const Unfold&) { return "unfold"; },
            [](const GammaGradient&) { return "gamma_gradient"; },
            [](const MaxPoolIndices&) { return "max_pool_indices"; },
            [](const MaxPoolGradient&) { return "max_pool_gradient"; },
            [](const AvgPoolGradient&) { return "avg_pool_gradient"; },
            [](const AdaptiveAvgPoolGradient&) { return "adaptive_avg_pool_gradient"; },
            [](const LrnGradient&) { return "lrn_gradient"; },
            [](const SoftmaxGradient&) { return "softmax_gradient"; },
            [](const L2NormalizeGradient&) { return "l2_normalize_gradient"; },
            [](const CrossEntropy&) { return "cross_entropy"; },
            [](const CrossEntropyGradient&) { return "cross_entropy_gradient"; },
            [](const BatchStatistics&) { return "batch_statistics"; },
            [](const BatchNormalize&) { return "batch_normalize"; },
            [](const RunningStatistics&) { return "running_statistics"; },
            [](const BatchNormSums&) { return "batch_norm_sums"; },
            [](const Column&) { return "column"; },
            [](const BatchNormGradient&) { return "batch_norm_gradient"; },
        },
        op);
}

size_t inputCount(const GradientOp& op)
{
    return std::visit(
        Overloaded{
            [](const Given&) { return 0; },
            [](const Slice&) { return 1; },
            [](const Scale&) { return 1; },
            [](const ReluGradient&) { return 2; },
            [](const ConvInputGradient&) { return 1; },
            [](const Interleave&) { return 1; },
            [](const WeightGradient&) { return 2; },
            [](const ChannelSum&) { return 1; },
            [](const Unfold&) { return 1; },
            [](const GammaGradient&) { return 2; },
            [](const MaxPoolIndices&) { return 1; },
            [](const MaxPoolGradient&) { return 2; },
            [](const AvgPoolGradient&) { return 1; },
            [](const AdaptiveAvgPoolGradient&) { return 1; },
            [](const LrnGradient&) { return 2; },
            [](const SoftmaxGradient&) { return 2; },
            [](const L2NormalizeGradient&) { return 2; },
            [](const CrossEntropy&) { return 2; },
            [](const CrossEntropyGradient&) { return 3; },
            [](const BatchStatistics&) { return 1; },
            [](const BatchNormalize&) { return 2; },
            [](const RunningStatistics&) { return 2; },
            [](const BatchNormSums&) { return 3; },
            [](const Column&) { return 1; },
            [](const BatchNormGradient&) { return 4; },
        },
        op);
}

Shape inferShape(const GradientOp& op, const std::vector<Shape>& inputs, const std::string& what)
{
    if (inputs.size() != inputCount(op))
        refuseOp(
            what, gradientOpName(op) + " takes " + std::to_string(inputCount(op)) +
                      " inputs, not " + std::to_string(inputs.size()));
    const auto like = [&](size_t a, size_t b) {
        requireSame(inputs[a], inputs[b], what);
        return inputs[a];
    };
    return std::visit(
        Overloaded{
            [&](const Given& o) { return o.shape; },
            [&](const Slice& o) { return sliceShape(o, inputs[0], what); },
            [&](const Scale&) { return inputs[0]; },
            [&](const ReluGradient&) { return like(0, 1); },
            [&](const ConvInputGradient& o) {
                (void)behind(o.conv, o.in, inputs[0], what);
                return inferShape(Op(transposed(o, inputs[0]).conv), inputs, what);
            },
            [&](const Interleave& o) { return interleavedShape(o, inputs[0], what); },
            [&](const WeightGradient& o) {
                return kernelShape(o.conv, behind(o.conv, inputs[0], inputs[1], what));
            },
            [&](const ChannelSum&) {
                return Shape{inputs[0].c, 1, 1};
            },
            [&](const Unfold&) { return inputs[0]; },
            [&](const GammaGradient&) { return inputs[1]; },
            [&](const MaxPoolIndices& o) { return inferShape(Op(o.pool), inputs, what); },
            [&](const MaxPoolGradient& o) {
                (void)like(0, 1);
                return behind(o.pool, o.in, inputs[1], what);
            },
            [&](const AvgPoolGradient& o) { return behind(o.pool, o.in, inputs[0], what); },
            [&](const AdaptiveAvgPoolGradient& o) {
                requireSame({o.in.c, inputs[0].h, inputs[0].w, o.in.n}, inputs[0], what);
                return o.in;
            },
            [&](const LrnGradient&) { return like(0, 1); },
            [&](const SoftmaxGradient&) { return like(0, 1); },
            [&](const L2NormalizeGradient&) { return like(0, 1); },
            [&](const CrossEntropy&) {
                (void)like(0, 1);
                return Shape{1, 1, 1};
            },
            [&](const CrossEntropyGradient&) {
                requireSame({1, 1, 1}, inputs[2], what);
                return like(0, 1);
            },
            [&](const BatchStatistics&) { return statisticsShape(inputs[0], what); },
            [&](const BatchNormalize&) {
                requireSame(statisticsShape(inputs[0], what), inputs[1], what);
                return inputs[0];
            },
            [&](const RunningStatistics&) { return like(0, 1); },
            [&](const BatchNormSums&) {
                (void)like(0, 2);
                requireSame(statisticsShape(inputs[0], what), inputs[1], what);
                return inputs[1];
            },
            [&](const Column& o) {
                if (o.column >= inputs[0].w || inputs[0].h != 1)
                    refuseOp(what, "no column " + std::to_string(o.column));
                return Shape{inputs[0].c, 1, 1};
            },
            [&](const BatchNormGradient&) {
                (void)like(1, 3);
                requireSame(statisticsShape(inputs[0], what), inputs[1], what);
                return like(0, 2);
            },
        },
        op);
}

} // namespace inceptoscope
