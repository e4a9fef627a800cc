#include "kernels/gradients.h"
#include "kernels/pixelwise.h"

namespace inceptoscope {

Dispatch interleave(const Interleave& op, const Placed& in, const Placed& out)
{
    struct Push
    {
        Pixels pixels;
        Geometry from, to;
        uint32_t strideH, strideW, firstRow, firstColumn, channels;
    };
    const Push push{
        .pixels = Pixels(out.layout),
        .from = Geometry(in.layout),
        .to = Geometry(out.layout),
        .strideH = op.stride.h,
        .strideW = op.stride.w,
        .firstRow = op.firstRow,
        .firstColumn = op.firstColumn,
        .channels = out.layout.shape.c};
    return {
        .shader = &shaders::interleave,
        .constants = {groupWidth},
        .bindings = {in.texels(), out.written()},
        .push = PushBytes(push),
        .groups = pixelGroups(out.layout)};
}

} // namespace inceptoscope
