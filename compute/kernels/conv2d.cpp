#include "kernels/conv2d.h"

#include "kernels/products.h"
#include "kernels/winograd.h"

#include <algorithm>

namespace inceptoscope {

namespace {

uint32_t inTexels(const Shape& in)
{
    return (in.c + 3) / 4;
}

ProductPacking directPacking(const Conv2d& op, const Shape& in, Precision precision)
{
    return {inTexels(in) * op.kernel.h * op.kernel.w, op.outChannels, 1, precision};
}

/// A step is one kernel position of four input channels: all positions of a texel, then the next.
void packDirect(
    const Conv2d& op, const TensorLayout& in, std::span<const float> weight,
    std::span<const float> bias, std::span<std::byte> out)
{
    const uint32_t area = op.kernel.h * op.kernel.w;
    const uint32_t inPerGroup = in.shape.c / op.groups;
    const uint32_t outPerGroup = op.outChannels / op.groups;
    const ProductValues values{
        .offset =
            [&](uint32_t step) {
                const uint32_t position = step % area;
                return step / area * in.planeStride + position / op.kernel.w * in.rowStride +
                       position % op.kernel.w;
            },
        .weights =
            [&](uint32_t, uint32_t step, uint32_t lane, uint32_t firstOut, std::span<float> to) {
                const uint32_t i = step / area * 4 + lane;
                if (i >= in.shape.c)
                    return;
                const float* from = &weight[uint64_t(i % inPerGroup) * area + step % area];
                const uint32_t end = std::min(uint32_t(to.size()), op.outChannels - firstOut);
                for (uint32_t o = 0; o < end; ++o)
                    if (i / inPerGroup == (firstOut + o) / outPerGroup)
                        to[o] = from[uint64_t(firstOut + o) * inPerGroup * area];
            },
        .bias = bias};
    packProducts(directPacking(op, in.shape, in.precision), in.precision, values, out);
}

std::vector<Dispatch>
direct(const Conv2d& op, const Placed& in, const Placed& out, const PlacedWeights& weights)
{
    const Geometry from(in.layout);
    const Geometry to(out.layout);
    const bool halves = out.layout.precision == Precision::Fp16;
    const uint64_t sums = bindableBytes(out.layout.texels() * texelBytes(Precision::Fp32));
    const ProductPlaces places{
        .source = in.texels(),
        .before = halves ? Binding{Memory::Sums, Access::Texels, 0, sums} : out.texels(),
        .result = out.written(),
        .sums =
            halves ? std::optional(Binding{Memory::Sums, Access::Write, 0, sums}) : std::nullopt,
        .precision = out.layout.precision,
        .pixels = uint32_t(out.layout.shape.pixels()),
        .width = out.layout.shape.w,
        .inBase = from.base - op.padding.top * from.row - op.padding.left,
        .inRow = op.stride.h * from.row,
        .inColumn = op.stride.w,
        .outBase = to.base,
        .outRow = to.row,
        .outPlane = to.plane,
        .outTexels = out.layout.blocks(),
        .relu = op.activation == Activation::Relu};
    return products(directPacking(op, in.layout.shape, in.layout.precision), places, weights);
}

} // namespace

std::optional<Conv2d> asConvolution(const Op& op, const Shape& in)
{
    const auto none = [](const auto&) { return std::optional<Conv2d>(); };
    return std::visit(
        Overloaded{
            [](const Conv2d& conv) { return std::optional(conv); },
            [&](const FullyConnected& fc) {
                return std::optional(Conv2d{
                    .outChannels = fc.outFeatures,
                    .kernel = {in.h, in.w},
                    .bias = fc.bias,
                    .activation = fc.activation});
            },
            [&](const BatchNorm&) { // only the folded weights depend on it
                return std::optional(
                    Conv2d{.outChannels = in.c, .groups = in.c, .activation = Activation::None});
            },
            [&](const Input& o) { return none(o); },
            [&](const Pool2d& o) { return none(o); },
            [&](const AdaptiveAvgPool2d& o) { return none(o); },
            [&](const Lrn& o) { return none(o); },
            [&](const Concat& o) { return none(o); },
            [&](const Add& o) { return none(o); },
            [&](const Softmax& o) { return none(o); },
            [&](const L2Normalize& o) { return none(o); },
        },
        op);
}

ConvForm
convForm(const Conv2d& op, const Shape& in, Precision precision, std::optional<ConvForm> wanted)
{
    if (wanted == ConvForm::Direct || !winogradFits(op, precision))
        return ConvForm::Direct;
    return wanted || winogradWins(op, in) ? ConvForm::Winograd : ConvForm::Direct;
}

uint64_t conv2dBytes(const Conv2d& op, const Shape& in, Precision precision, ConvForm form)
{
    return form == ConvForm::Winograd ? winogradBytes(op, in)
                                      : directPacking(op, in, precision).bytes();
}

void packConv2d(
    const Conv2d& op, const TensorLayout& in, ConvForm form, std::span<const float> weight,
    std::span<const float> bias, std::span<std::byte> out)
{
    if (form == ConvForm::Winograd)
        packWinograd(op, in.shape, weight, bias, out);
    else
        packDirect(op, in, weight, bias, out);
}

std::vector<Dispatch>
conv2d(const Conv2d& op, const Placed& in, const Placed& out, const PlacedWeights& weights)
{
    return weights.form == ConvForm::Winograd ? winograd(op, in, out, weights)
                                              : direct(op, in, out, weights);
}

} // namespace inceptoscope
