#include "kernels/gradients.h"

namespace inceptoscope {

Dispatch channelSum(const Placed& in, const Placed& out, bool more)
{
    struct Push
    {
        uint32_t blocks;
        Geometry from;
        uint32_t outBase, outPlane, width, height, more;
    };
    const Geometry to(out.layout);
    const Push push{
        .blocks = in.layout.blocks(),
        .from = Geometry(in.layout),
        .outBase = to.base,
        .outPlane = to.plane,
        .width = in.layout.shape.w,
        .height = in.layout.shape.h,
        .more = more ? 1U : 0U};
    return {
        .shader = &shaders::channel_sum,
        .constants = {groupWidth},
        .bindings = {in.texels(), out.written(), out.texels()},
        .push = PushBytes(push),
        .groups = {push.blocks, 1, 1},
        .sharedBytes = groupWidth * 16};
}

} // namespace inceptoscope
