#include "kernels/lrn.h"

#include "error.h"

namespace inceptoscope {

Dispatch lrn(const Lrn& op, const Placed& in, const Placed& out)
{
    if (op.size > 9)
        throw Error(
            ErrorKind::Unsupported,
            "lrn: a window of " + std::to_string(op.size) + " channels; at most 9 are supported");
    struct Push
    {
        uint32_t pixels, width, blocks;
        Geometry from, to;
        float alphaOverSize, beta, k;
    };
    const Shape& shape = out.layout.shape;
    const Push push{
        .pixels = uint32_t(shape.pixels()),
        .width = shape.w,
        .blocks = in.layout.blocks(),
        .from = Geometry(in.layout),
        .to = Geometry(out.layout),
        .alphaOverSize = op.alpha / float(op.size),
        .beta = op.beta,
        .k = op.k,
    };
    return {
        .shader = &shaders::lrn,
        .precision = out.layout.precision,
        .constants = {groupWidth, op.size / 2},
        .bindings = {in.texels(), out.written()},
        .push = PushBytes(push),
        .groups = {groupsFor(shape.pixels()), out.layout.blocks(), 1}};
}

} // namespace inceptoscope
