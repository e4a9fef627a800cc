#include "kernels/gradients.h"
#include "kernels/pixelwise.h"

namespace inceptoscope {

Dispatch slice(const Slice& op, const Placed& in, const Placed& out)
{
    struct Push
    {
        Pixels pixels;
        Geometry from, to;
        uint32_t first, channels;
    };
    const Push push{
        .pixels = Pixels(out.layout),
        .from = Geometry(in.layout),
        .to = Geometry(out.layout),
        .first = op.first,
        .channels = op.channels};
    return {
        .shader = &shaders::slice,
        .constants = {groupWidth},
        .bindings = {in.texels(), out.written()},
        .push = PushBytes(push),
        .groups = pixelGroups(out.layout)};
}

} // namespace inceptoscope
