#include "kernels/conv2d.h"

#include "error.h"
#include "graph/transposed_conv.h"
#include "kernels/matrix.h"
#include "kernels/products.h"
#include "kernels/vector_product.h"
#include "kernels/winograd.h"

#include <algorithm>

namespace inceptoscope {

namespace {

uint32_t inTexels(const Shape& in)
{
    return (in.c + 3) / 4;
}

uint32_t stepsOf(const Conv2d& op, const Shape& in)
{
    return inTexels(in) * op.kernel.h * op.kernel.w;
}

ProductPacking directPacking(const Conv2d& op, const Shape& in, Precision precision, SumCode code)
{
    return {stepsOf(op, in), op.outChannels, 1, resultShape(op, in).pixels(), precision, code};
}

MatrixPacking
matrixPacking(const Conv2d& op, const Shape& in, Precision precision, const MatrixBlocks& blocks)
{
    return {stepsOf(op, in), op.outChannels, precision, blocks};
}

/// A step is one kernel position of four input channels: all positions of a texel, then the next.
ProductValues layerValues(
    const Conv2d& op, const TensorLayout& in, std::span<const float> weight,
    std::span<const float> bias)
{
    const uint32_t area = op.kernel.h * op.kernel.w;
    const uint32_t inPerGroup = in.shape.c / op.groups;
    const uint32_t outPerGroup = op.outChannels / op.groups;
    return {
        .offset =
            [=](uint32_t step) {
                const uint32_t position = step % area;
                return step / area * in.planeStride + position / op.kernel.w * in.rowStride +
                       position % op.kernel.w;
            },
        .weights =
            [=](uint32_t, uint32_t step, uint32_t lane, uint32_t firstOut, std::span<float> to) {
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
}

std::vector<Dispatch> direct(
    const Conv2d& op, const Placed& in, const Placed& out, const PlacedWeights& weights, bool addTo)
{
    const Geometry from(in.layout);
    const Geometry to(out.layout);
    const bool halves = out.layout.precision == Precision::Fp16;
    const uint64_t sums = bindableBytes(out.layout.texels() * texelBytes(Precision::Fp32));
    const ProductPlaces places{
        .source = in.texels(),
        .before = halves ? Binding{Memory::Sums, Access::Texels, 0, sums} : out.texels(),
        .addTo = addTo ? std::optional(out.texels()) : std::nullopt,
        .result = out.written(),
        .sums =
            halves ? std::optional(Binding{Memory::Sums, Access::Write, 0, sums}) : std::nullopt,
        .precision = out.layout.precision,
        .pixels = uint32_t(out.layout.shape.pixels()),
        .width = out.layout.shape.w,
        .inBase = firstWindow(op, from),
        .inRow = op.stride.h * from.row,
        .inColumn = op.stride.w,
        .outBase = to.base,
        .outRow = to.row,
        .outPlane = to.plane,
        .outTexels = out.layout.blocks(),
        .relu = op.activation == Activation::Relu};
    const ProductPacking packing =
        directPacking(op, in.layout.shape, in.layout.precision, sumCode(weights.form));
    return products(packing, places, weights);
}

} // namespace

std::optional<Conv2d> asConvolution(const Op& op, const Shape& in)
{
    if (const auto* gradientOp = std::get_if<GradientOp>(&op)) {
        const auto* gradient = std::get_if<ConvInputGradient>(gradientOp);
        return gradient == nullptr ? std::nullopt : std::optional(transposed(*gradient, in).conv);
    }
    std::optional<Conv2d> conv = layerConvolution(op, in);
    if (conv && std::holds_alternative<FullyConnected>(op))
        conv->stride = {1, 1}; // it has one window; its gradient alone has steps
    return conv;
}

uint64_t conv2dBytes(const Conv2d& op, const Shape& in, Precision precision, ConvForm form)
{
    switch (form) {
    case ConvForm::Direct:
    case ConvForm::Loop:
        return directPacking(op, in, precision, sumCode(form)).bytes();
    case ConvForm::Winograd:
    case ConvForm::WinogradLoop:
        return winogradBytes(op, in, sumCode(form));
    case ConvForm::Tiled:
    case ConvForm::TiledSmall:
        return matrixPacking(op, in, precision, tileBlocks).bytes();
    case ConvForm::Vector:
        return matrixPacking(op, in, precision, vectorBlocks).bytes();
    }
    return 0;
}

void packConv2d(
    const Conv2d& op, const TensorLayout& in, ConvForm form, std::span<const float> weight,
    std::span<const float> bias, std::span<std::byte> out)
{
    const ProductValues values = layerValues(op, in, weight, bias);
    switch (form) {
    case ConvForm::Direct:
    case ConvForm::Loop:
        packProducts(
            directPacking(op, in.shape, in.precision, sumCode(form)), in.precision, values, out);
        return;
    case ConvForm::Winograd:
    case ConvForm::WinogradLoop:
        packWinograd(op, in.shape, sumCode(form), weight, bias, out);
        return;
    case ConvForm::Tiled:
    case ConvForm::TiledSmall:
        packMatrix(
            matrixPacking(op, in.shape, in.precision, tileBlocks), in.precision, values, out);
        return;
    case ConvForm::Vector:
        packMatrix(
            matrixPacking(op, in.shape, in.precision, vectorBlocks), in.precision, values, out);
        return;
    }
}

Conv2d summed(const Conv2d& op, const Add& sum)
{
    Conv2d result = op;
    result.activation = sum.activation;
    return result;
}

std::vector<Dispatch> conv2d(
    const Conv2d& op, const Placed& in, const Placed& out, const PlacedWeights& weights, bool addTo)
{
    if (addTo && !addsToWhatIsThere(weights.form))
        throw Error(ErrorKind::Usage, "conv2d: only the direct form adds to what is there");
    const auto matrix = [&](const MatrixBlocks& blocks) {
        return matrixPacking(op, in.layout.shape, in.layout.precision, blocks);
    };
    switch (weights.form) {
    case ConvForm::Direct:
    case ConvForm::Loop:
        break;
    case ConvForm::Winograd:
    case ConvForm::WinogradLoop:
        return winograd(op, in, out, weights);
    case ConvForm::Tiled:
        return {tiled(op, in, out, weights, matrix(tileBlocks), {})};
    case ConvForm::TiledSmall:
        return {tiled(
            op, in, out, weights, matrix(tileBlocks),
            {.pixels = 2, .texels = 2, .across = 16, .down = 4})};
    case ConvForm::Vector:
        return {vectorProduct(op, in, out, weights, matrix(vectorBlocks))};
    }
    return direct(op, in, out, weights, addTo);
}

} // namespace inceptoscope
