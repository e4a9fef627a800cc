#include "graph/op.h"

#include "error.h"

#include <algorithm>

namespace inceptoscope {

namespace {

[[noreturn]] void refuse(const std::string& what, const std::string& why)
{
    throw Error(ErrorKind::Usage, "graph: " + what + ": " + why);
}

/// Output rows (or columns) of a sliding window. Ceil mode drops a last window that would
/// start in the padding behind the input, as Caffe and PyTorch do.
uint32_t windows(
    uint32_t size, uint32_t kernel, uint32_t stride, uint32_t before, uint32_t after, bool ceilMode,
    const std::string& what)
{
    if (kernel == 0 || stride == 0)
        refuse(what, "kernel and stride must be at least 1");
    const uint32_t padded = size + before + after;
    if (padded < kernel)
        refuse(
            what, "a kernel of " + std::to_string(kernel) + " doesn't fit into " +
                      std::to_string(padded) + " pixels");
    const uint32_t span = padded - kernel;
    uint32_t n = (ceilMode ? (span + stride - 1) / stride : span / stride) + 1;
    if (ceilMode && (n - 1) * stride >= size + before)
        --n;
    return n;
}

void takesOne(const Op& op, const std::vector<Shape>& inputs, const std::string& what)
{
    if (inputs.size() != 1)
        refuse(what, opName(op) + " takes one input, not " + std::to_string(inputs.size()));
}

Shape convShape(const Conv2d& op, const Shape& in, const std::string& what)
{
    if (op.outChannels == 0)
        refuse(what, "needs at least one output channel");
    if (op.groups == 0 || in.c % op.groups != 0 || op.outChannels % op.groups != 0)
        refuse(
            what, std::to_string(in.c) + " to " + std::to_string(op.outChannels) +
                      " channels don't divide into " + std::to_string(op.groups) + " groups");
    const Padding& p = op.padding;
    return {
        op.outChannels, windows(in.h, op.kernel.h, op.stride.h, p.top, p.bottom, false, what),
        windows(in.w, op.kernel.w, op.stride.w, p.left, p.right, false, what), in.n};
}

/// A window wholly inside the padding would have no maximum and no average.
Shape poolShape(const Pool2d& op, const Shape& in, const std::string& what)
{
    const Padding& p = op.padding;
    const Shape out{
        in.c, windows(in.h, op.kernel.h, op.stride.h, p.top, p.bottom, op.ceilMode, what),
        windows(in.w, op.kernel.w, op.stride.w, p.left, p.right, op.ceilMode, what), in.n};
    if (std::max(p.top, p.bottom) >= op.kernel.h || std::max(p.left, p.right) >= op.kernel.w)
        refuse(what, "a pool's padding must be smaller than its kernel");
    return out;
}

Shape adaptiveShape(const AdaptiveAvgPool2d& op, const Shape& in, const std::string& what)
{
    if (op.out.h == 0 || op.out.w == 0)
        refuse(what, "needs at least one output pixel");
    return {in.c, op.out.h, op.out.w, in.n};
}

Shape lrnShape(const Lrn& op, const Shape& in, const std::string& what)
{
    if (op.size % 2 == 0)
        refuse(what, "the window must be odd, not " + std::to_string(op.size));
    return in;
}

Shape addShape(const std::vector<Shape>& inputs, const std::string& what)
{
    if (inputs.size() != 2)
        refuse(what, "add takes two inputs, not " + std::to_string(inputs.size()));
    if (inputs[0] != inputs[1])
        refuse(what, "can't add " + toString(inputs[1]) + " to " + toString(inputs[0]));
    return inputs.front();
}

Shape fullyConnectedShape(const FullyConnected& op, const Shape& in, const std::string& what)
{
    if (op.outFeatures == 0)
        refuse(what, "needs at least one output feature");
    return {op.outFeatures, 1, 1, in.n};
}

Shape concatShape(const std::vector<Shape>& inputs, const std::string& what)
{
    Shape out = inputs.front();
    for (size_t i = 1; i < inputs.size(); ++i) {
        if (inputs[i].h != out.h || inputs[i].w != out.w || inputs[i].n != out.n)
            refuse(what, "can't join " + toString(inputs[i]) + " to " + toString(inputs.front()));
        out.c += inputs[i].c;
    }
    return out;
}

} // namespace

std::string opName(const Op& op)
{
    return std::visit(
        Overloaded{
            [](const Input&) { return std::string("input"); },
            [](const Conv2d&) { return std::string("conv"); },
            [](const Pool2d& p) {
                return std::string(p.kind == PoolKind::Max ? "maxpool" : "avgpool");
            },
            [](const AdaptiveAvgPool2d& p) {
                return std::string(p.out == Extent{1, 1} ? "global_avgpool" : "adaptive_avgpool");
            },
            [](const Lrn&) { return std::string("lrn"); },
            [](const Concat&) { return std::string("concat"); },
            [](const Add&) { return std::string("add"); },
            [](const FullyConnected&) { return std::string("fc"); },
            [](const BatchNorm&) { return std::string("batch_norm"); },
            [](const Softmax&) { return std::string("softmax"); },
            [](const L2Normalize&) { return std::string("l2_normalize"); },
            [](const GradientOp& o) { return gradientOpName(o); },
        },
        op);
}

Shape inferShape(const Op& op, const std::vector<Shape>& inputs, const std::string& what)
{
    if (const auto* gradient = std::get_if<GradientOp>(&op))
        return inferShape(*gradient, inputs, what);
    if (inputs.empty())
        refuse(what, "has no input");
    if (!std::holds_alternative<Concat>(op) && !std::holds_alternative<Add>(op))
        takesOne(op, inputs, what);
    const Shape& in = inputs.front();
    return std::visit(
        Overloaded{
            [&](const Input&) -> Shape { refuse(what, "a graph has one input, its first node"); },
            [&](const Conv2d& o) { return convShape(o, in, what); },
            [&](const Pool2d& o) { return poolShape(o, in, what); },
            [&](const AdaptiveAvgPool2d& o) { return adaptiveShape(o, in, what); },
            [&](const Lrn& o) { return lrnShape(o, in, what); },
            [&](const Concat&) { return concatShape(inputs, what); },
            [&](const Add&) { return addShape(inputs, what); },
            [&](const FullyConnected& o) { return fullyConnectedShape(o, in, what); },
            [&](const BatchNorm&) { return in; },
            [&](const Softmax&) { return in; },
            [&](const L2Normalize&) { return in; },
            [&](const GradientOp& o) { return inferShape(o, inputs, what); },
        },
        op);
}

} // namespace inceptoscope
