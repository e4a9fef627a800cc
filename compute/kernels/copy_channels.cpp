#include "kernels/copy_channels.h"

namespace inceptoscope {

Dispatch copyChannels(const Placed& in, const Placed& out, uint32_t firstChannel)
{
    struct Push
    {
        uint32_t pixels, width;
        Geometry from, to;
        uint32_t firstChannel;
    };
    const Shape& shape = in.layout.shape;
    const Push push{
        .pixels = uint32_t(shape.pixels()),
        .width = shape.w,
        .from = Geometry(in.layout),
        .to = Geometry(out.layout),
        .firstChannel = firstChannel,
    };
    return {
        .shader = &shaders::copy_channels,
        .precision = out.layout.precision,
        .constants = {groupWidth},
        .bindings = {in.texels(), out.written()},
        .push = PushBytes(push),
        .groups = {groupsFor(shape.pixels()), shape.c, 1}};
}

} // namespace inceptoscope
