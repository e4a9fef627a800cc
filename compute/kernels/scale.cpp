#include "kernels/gradients.h"
#include "kernels/pixelwise.h"

namespace inceptoscope {

Dispatch scale(const Scale& op, const Placed& in, const Placed& out)
{
    struct Push
    {
        Pixels pixels;
        Geometry from, to;
        float factor;
    };
    const Push push{
        .pixels = Pixels(out.layout),
        .from = Geometry(in.layout),
        .to = Geometry(out.layout),
        .factor = op.factor};
    return {
        .shader = &shaders::scale,
        .constants = {groupWidth},
        .bindings = {in.texels(), out.written()},
        .push = PushBytes(push),
        .groups = pixelGroups(out.layout)};
}

} // namespace inceptoscope
