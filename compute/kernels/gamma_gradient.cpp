#include "kernels/gradients.h"

namespace inceptoscope {

Dispatch gammaGradient(
    const Placed& products, const Placed& sums, const Binding& weights, const Binding& table,
    const Placed& out)
{
    struct Push
    {
        uint32_t count;
        uint32_t productsBase, productsPlane, sumsBase, sumsPlane, outBase, outPlane;
    };
    const Geometry from(products.layout);
    const Geometry dz(sums.layout);
    const Geometry to(out.layout);
    const Push push{
        .count = uint32_t(products.layout.shape.pixels()),
        .productsBase = from.base,
        .productsPlane = from.plane,
        .sumsBase = dz.base,
        .sumsPlane = dz.plane,
        .outBase = to.base,
        .outPlane = to.plane};
    return {
        .shader = &shaders::gamma_gradient,
        .constants = {groupWidth},
        .bindings = {products.texels(), sums.texels(), weights, table, out.written()},
        .push = PushBytes(push),
        .groups = {out.layout.blocks(), 1, 1},
        .sharedBytes = groupWidth * 16};
}

uint64_t kernelTexels(const Conv2d& conv, const Shape& in)
{
    return uint64_t(conv.outChannels + 3) / 4 * (in.c / conv.groups) * conv.kernel.h *
           conv.kernel.w;
}

void packKernel(
    const Conv2d& conv, const Shape& in, std::span<const float> weight, std::span<float> out)
{
    const size_t count = size_t(in.c / conv.groups) * conv.kernel.h * conv.kernel.w;
    for (size_t o = 0; o < conv.outChannels; ++o)
        for (size_t i = 0; i < count; ++i)
            out[(o / 4 * count + i) * 4 + o % 4] = weight[o * count + i];
}

} // namespace inceptoscope
