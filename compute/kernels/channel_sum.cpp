#include "kernels/gradients.h"

namespace inceptoscope {

Dispatch channelSum(const Placed& in, const Placed& out)
{
    struct Push
    {
        uint32_t blocks;
        Geometry from;
        uint32_t outBase, outPlane, width, height;
    };
    const Geometry to(out.layout);
    const Push push{
        .blocks = in.layout.blocks(),
        .from = Geometry(in.layout),
        .outBase = to.base,
        .outPlane = to.plane,
        .width = in.layout.shape.w,
        .height = in.layout.shape.h};
    return {
        .shader = &shaders::channel_sum,
        .constants = {groupWidth},
        .bindings = {in.texels(), out.written()},
        .push = PushBytes(push),
        .groups = {push.blocks, 1, 1},
        .sharedBytes = groupWidth * 16};
}

} // namespace inceptoscope
