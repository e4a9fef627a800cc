#include "kernels/gradients.h"
#include "kernels/matrix.h"
#include "kernels/pixelwise.h"
#include "kernels/products.h"

#include <optional>
#include <utility>

namespace inceptoscope {

namespace {

constexpr uint32_t windowLanes = 16; // late layers have few pixels

/// The weights that each output channel has.
uint32_t weightsOf(const Conv2d& conv, const Shape& in)
{
    return in.c * conv.kernel.h * conv.kernel.w;
}

/// Steps are four pixels, the lanes weights of one output channel.
ProductPacking packingOf(const Conv2d& conv, const Shape& in)
{
    const Shape dz = resultShape(conv, in);
    return {
        uint32_t(dz.pixels() + 3) / 4, conv.outChannels, 1, weightsOf(conv, in), Precision::Fp32};
}

/// Two words a step: where it begins, in texels from the first chunk on, and how far blocks of
/// channels are apart.
uint64_t rowTableBytes(const ProductPacking& packing)
{
    return bindableBytes(uint64_t(packing.paddedSteps) * 8);
}

Dispatch windows(const Conv2d& conv, const Placed& x, const Shape& dz, const Binding& result)
{
    struct Push
    {
        uint32_t pixels, width;
        Geometry from;
        uint32_t strideRow, strideColumn, positions, kernelW, channels;
    };
    Push push{
        .pixels = uint32_t(dz.pixels()),
        .width = dz.w,
        .from = Geometry(x.layout),
        .strideRow = conv.stride.h * x.layout.rowStride,
        .strideColumn = conv.stride.w,
        .positions = conv.kernel.h * conv.kernel.w,
        .kernelW = conv.kernel.w,
        .channels = x.layout.shape.c};
    push.from.base = firstWindow(conv, push.from);
    const uint32_t fours = (push.pixels + 3) / 4;
    return {
        .shader = &shaders::weight_gradient_windows,
        .constants = {windowLanes},
        .bindings = {x.texels(), result},
        .push = PushBytes(push),
        .groups = {(fours + windowLanes - 1) / windowLanes, x.layout.blocks() * push.positions, 1}};
}

Dispatch rows(const Placed& dz, const Binding& table, const Binding& result)
{
    struct Push
    {
        Pixels pixels;
        Geometry from;
    };
    const Push push{.pixels = Pixels(dz.layout), .from = Geometry(dz.layout)};
    return {
        .shader = &shaders::weight_gradient_rows,
        .constants = {groupWidth},
        .bindings = {dz.texels(), table, result},
        .push = PushBytes(push),
        .groups = pixelGroups(dz.layout)};
}

Dispatch
gathered(const Conv2d& conv, const Placed& x, const Placed& dz, const Placed& out, bool more)
{
    struct Push
    {
        uint32_t lanes;
        Geometry from, dz, to;
        uint32_t positions, kernelW, width, height, strideRow, strideColumn, channels, outPerGroup,
            more;
    };
    const uint32_t channels = x.layout.shape.c / conv.groups;
    const uint32_t positions = conv.kernel.h * conv.kernel.w;
    const bool grouped = conv.groups > 1;
    Push push{
        .lanes = positions * (grouped ? channels : x.layout.blocks()),
        .from = Geometry(x.layout),
        .dz = Geometry(dz.layout),
        .to = Geometry(out.layout),
        .positions = positions,
        .kernelW = conv.kernel.w,
        .width = dz.layout.shape.w,
        .height = dz.layout.shape.h,
        .strideRow = conv.stride.h * x.layout.rowStride,
        .strideColumn = conv.stride.w,
        .channels = channels,
        .outPerGroup = conv.outChannels / conv.groups,
        .more = more ? 1U : 0U};
    push.from.base = firstWindow(conv, push.from);
    return {
        .shader = &shaders::weight_gradient,
        .constants = {groupWidth, grouped ? 1U : 0U},
        .bindings = {x.texels(), dz.texels(), out.written(), out.texels()},
        .push = PushBytes(push),
        .groups = {groupsFor(push.lanes), out.layout.blocks(), 1},
        .macs = uint64_t(push.lanes) * out.layout.blocks() * dz.layout.shape.pixels() *
                (grouped ? 4 : 16)};
}

} // namespace

bool weightProductsFit(const Conv2d& conv, const Shape& in)
{
    constexpr uint64_t fewest = 8; // pixels, below which most of a step would be padding
    return conv.groups == 1 && resultShape(conv, in).pixels() >= fewest;
}

uint64_t weightProductsBytes(const Conv2d& conv, const Shape& in)
{
    const ProductPacking packing = packingOf(conv, in);
    return (packing.bytes() + 255) / 256 * 256 + rowTableBytes(packing);
}

void packWeightProducts(const Conv2d& conv, const Shape& in, std::span<std::byte> out)
{
    const ProductPacking packing = packingOf(conv, in);
    const uint32_t plane = weightsOf(conv, in);
    packProducts(
        packing, Precision::Fp32,
        {.offset = [plane](uint32_t step) { return step * plane; },
         .weights = [](uint32_t, uint32_t, uint32_t, uint32_t, std::span<float>) {},
         .bias = {}},
        out);
    const std::span<uint32_t> table(
        reinterpret_cast<uint32_t*>(out.data() + (packing.bytes() + 255) / 256 * 256),
        size_t(packing.paddedSteps) * 2);
    size_t at = 0;
    for (size_t c = 0; c < packing.chunks.size(); ++c)
        for (uint32_t step = 0; step < packing.chunks[c]; ++step) {
            table[at++] = uint32_t((packing.offset(c) - packing.tableBytes()) / packing.texel) +
                          productRow(step);
            table[at++] = productRow(packing.chunks[c]);
        }
}

std::vector<Dispatch> weightGradient(
    const Conv2d& conv, const Placed& x, const Placed& dz, const Placed& out,
    const PlacedWeights& weights, bool more)
{
    if (weights.form != ConvForm::Direct || !weightProductsFit(conv, x.layout.shape))
        return {gathered(conv, x, dz, out, more)};
    const ProductPacking packing = packingOf(conv, x.layout.shape);
    const uint32_t count = weightsOf(conv, x.layout.shape);
    const uint64_t windowBytes = bindableBytes(uint64_t(packing.steps) * count * 16);
    const uint64_t rowTable = (packing.bytes() + 255) / 256 * 256;
    // The products before these read dz's rows by address, which no barrier knows; but they read
    // the windows, too, which therefore come first.
    std::vector<Dispatch> result{
        windows(conv, x, dz.layout.shape, {Memory::Sums, Access::Write, 0, windowBytes}),
        rows(
            dz, {Memory::Weights, Access::Words, weights.offset + rowTable, rowTableBytes(packing)},
            {Memory::Weights, Access::Write, weights.offset + packing.tableBytes(),
             packing.bytes() - packing.tableBytes()})};
    const ProductPlaces places{
        .source = {Memory::Sums, Access::Texels, 0, windowBytes},
        .before = out.texels(),
        .addTo = more ? std::optional(out.texels()) : std::nullopt,
        .result = out.written(),
        .pixels = count,
        .width = count,
        .inColumn = 1,
        .outBase = out.layout.origin(),
        .outPlane = out.layout.planeStride,
        .outTexels = out.layout.blocks()};
    for (Dispatch& dispatch : products(packing, places, weights))
        result.push_back(std::move(dispatch));
    return result;
}

} // namespace inceptoscope
