#include "kernels/over_channels.h"

namespace inceptoscope {

Dispatch overChannels(const Shader& shader, const Placed& in, const Placed& out)
{
    struct Push
    {
        uint32_t channels, inBase, inPlane, outBase, outPlane;
    };
    const Geometry from(in.layout);
    const Geometry to(out.layout);
    const Push push{
        .channels = in.layout.shape.c,
        .inBase = from.base,
        .inPlane = from.plane,
        .outBase = to.base,
        .outPlane = to.plane,
    };
    return {
        .shader = &shader,
        .precision = out.layout.precision,
        .constants = {groupWidth},
        .bindings = {in.texels(), out.written()},
        .push = PushBytes(push),
        .groups = {groupsFor(out.layout.blocks()), 1, 1}};
}

Dispatch overChannels(const Shader& shader, const Placed& a, const Placed& b, const Placed& out)
{
    struct Push
    {
        uint32_t channels;
        VectorPlace a, b, to;
    };
    const Push push{
        .channels = a.layout.shape.c,
        .a = VectorPlace(a.layout),
        .b = VectorPlace(b.layout),
        .to = VectorPlace(out.layout)};
    return {
        .shader = &shader,
        .constants = {groupWidth},
        .bindings = {a.texels(), b.texels(), out.written()},
        .push = PushBytes(push),
        .groups = {groupsFor(out.layout.blocks()), 1, 1}};
}

} // namespace inceptoscope
