#include "error.h"
#include "kernels/gradients.h"
#include "kernels/pixelwise.h"

namespace inceptoscope {

Dispatch lrnGradient(const Lrn& op, const Placed& x, const Placed& dy, const Placed& out)
{
    if (op.size > 9)
        throw Error(
            ErrorKind::Unsupported, "lrn_gradient: a window of " + std::to_string(op.size) +
                                        " channels; at most 9 are supported");
    struct Push
    {
        Pixels pixels;
        uint32_t blocks;
        Geometry x, dy, to;
        float alphaOverSize, beta, k;
    };
    const Push push{
        .pixels = Pixels(out.layout),
        .blocks = x.layout.blocks(),
        .x = Geometry(x.layout),
        .dy = Geometry(dy.layout),
        .to = Geometry(out.layout),
        .alphaOverSize = op.alpha / float(op.size),
        .beta = op.beta,
        .k = op.k};
    return {
        .shader = &shaders::lrn_gradient,
        .constants = {groupWidth, op.size / 2},
        .bindings = {x.texels(), dy.texels(), out.written()},
        .push = PushBytes(push),
        .groups = pixelGroups(out.layout)};
}

} // namespace inceptoscope
