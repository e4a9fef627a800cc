#include "graph/transposed_conv.h"

#include <algorithm>

namespace inceptoscope {

namespace {

constexpr uint32_t ceilDivided(uint32_t a, uint32_t b)
{
    return (a + b - 1) / b;
}

/// One axis: taps of the convolution of dz, its padding, and which q its first result is of.
struct Axis
{
    uint32_t taps = 0;
    uint32_t first = 0;
    uint32_t before = 0;
    uint32_t after = 0;
};

Axis axis(uint32_t in, uint32_t dz, uint32_t kernel, uint32_t stride, uint32_t padding)
{
    Axis result{.taps = ceilDivided(kernel, stride)};
    // Where the padding is wider than the kernel, results begin in it and are left out later.
    result.first = std::min(padding / stride, result.taps - 1);
    result.before = result.taps - 1 - result.first;
    const uint32_t last = (in - 1 + padding) / stride;
    result.after = last + 1 > dz ? last + 1 - dz : 0;
    return result;
}

Axis rows(const ConvInputGradient& op, const Shape& dz)
{
    return axis(op.in.h, dz.h, op.conv.kernel.h, op.conv.stride.h, op.conv.padding.top);
}

Axis columns(const ConvInputGradient& op, const Shape& dz)
{
    return axis(op.in.w, dz.w, op.conv.kernel.w, op.conv.stride.w, op.conv.padding.left);
}

} // namespace

std::optional<Conv2d> layerConvolution(const Op& op, const Shape& in)
{
    const auto none = [](const auto&) { return std::optional<Conv2d>(); };
    return std::visit(
        Overloaded{
            [](const Conv2d& conv) { return std::optional(conv); },
            [&](const FullyConnected& fc) {
                return std::optional(Conv2d{
                    .outChannels = fc.outFeatures,
                    .kernel = {in.h, in.w},
                    .stride = {in.h, in.w},
                    .bias = fc.bias,
                    .activation = fc.activation});
            },
            [&](const BatchNorm& norm) {
                return std::optional(Conv2d{
                    .outChannels = in.c,
                    .groups = in.c,
                    .bias = false,
                    .batchNorm = norm,
                    .activation = Activation::None});
            },
            [&](const Input& o) { return none(o); },
            [&](const Pool2d& o) { return none(o); },
            [&](const AdaptiveAvgPool2d& o) { return none(o); },
            [&](const Lrn& o) { return none(o); },
            [&](const Concat& o) { return none(o); },
            [&](const Add& o) { return none(o); },
            [&](const Softmax& o) { return none(o); },
            [&](const L2Normalize& o) { return none(o); },
            [&](const GradientOp& o) { return none(o); },
        },
        op);
}

TransposedConv transposed(const ConvInputGradient& op, const Shape& dz)
{
    const Axis vertical = rows(op, dz);
    const Axis horizontal = columns(op, dz);
    const Conv2d conv{
        .outChannels = op.in.c * op.conv.stride.h * op.conv.stride.w,
        .kernel = {vertical.taps, horizontal.taps},
        .stride = {1, 1},
        .padding =
            {.left = horizontal.before,
             .right = horizontal.after,
             .top = vertical.before,
             .bottom = vertical.after},
        .groups = op.conv.groups,
        .bias = false,
        .batchNorm = std::nullopt,
        .activation = Activation::None};
    return {conv, int32_t(vertical.first), int32_t(horizontal.first)};
}

bool TransposedConv::interleaved(const ConvInputGradient& op, const Shape& dz) const
{
    const Shape out = inferShape(conv, {dz}, "the gradient of a convolution");
    return op.conv.stride != Extent{1, 1} || out != op.in ||
           uint32_t(firstRow) != op.conv.padding.top ||
           uint32_t(firstColumn) != op.conv.padding.left;
}

Interleave interleave(const ConvInputGradient& op, const Shape& dz)
{
    const Extent& stride = op.conv.stride;
    return {
        .stride = stride,
        .firstRow = op.conv.padding.top - rows(op, dz).first * stride.h,
        .firstColumn = op.conv.padding.left - columns(op, dz).first * stride.w,
        .out = op.in};
}

std::vector<float> transposedWeights(const ConvInputGradient& op, const std::vector<float>& weight)
{
    const Conv2d& conv = op.conv;
    const Extent& k = conv.kernel;
    const Extent& s = conv.stride;
    const uint32_t tapsH = ceilDivided(k.h, s.h);
    const uint32_t tapsW = ceilDivided(k.w, s.w);
    const uint32_t in = op.in.c / conv.groups;
    const uint32_t out = conv.outChannels / conv.groups;
    std::vector<float> result(size_t(op.in.c) * s.h * s.w * out * tapsH * tapsW, 0.0F);
    for (uint32_t o = 0; o < conv.outChannels; ++o)
        for (uint32_t i = 0; i < in; ++i)
            for (uint32_t y = 0; y < k.h; ++y)
                for (uint32_t x = 0; x < k.w; ++x) {
                    const uint32_t channel = o / out * in + i;
                    const size_t phase = (size_t(channel) * s.h + y % s.h) * s.w + x % s.w;
                    const size_t row = (phase * out + o % out) * tapsH + (tapsH - 1 - y / s.h);
                    result[row * tapsW + (tapsW - 1 - x / s.w)] =
                        weight[((size_t(o) * in + i) * k.h + y) * k.w + x];
                }
    return result;
}

} // namespace inceptoscope
