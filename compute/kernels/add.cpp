#include "kernels/add.h"

namespace inceptoscope {

Dispatch add(const Add& op, const Placed& x, const Placed& residual, const Placed& out)
{
    struct Push
    {
        uint32_t pixels, width;
        Geometry x, residual, to;
        float scale, lowest;
    };
    const Shape& shape = out.layout.shape;
    const Push push{
        .pixels = uint32_t(shape.pixels()),
        .width = shape.w,
        .x = Geometry(x.layout),
        .residual = Geometry(residual.layout),
        .to = Geometry(out.layout),
        .scale = op.scale,
        .lowest = lowestOf(op.activation),
    };
    return {
        .shader = &shaders::add,
        .precision = out.layout.precision,
        .constants = {groupWidth},
        .bindings = {x.texels(), residual.texels(), out.written()},
        .push = PushBytes(push),
        .groups = {groupsFor(shape.pixels()), out.layout.blocks(), 1}};
}

} // namespace inceptoscope
