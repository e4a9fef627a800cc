#include "kernels/gradients.h"
#include "kernels/pixelwise.h"

namespace inceptoscope {

Dispatch unfold(const Placed& in, const Binding& factors, const Placed& out)
{
    struct Push
    {
        Pixels pixels;
        Geometry from, to;
    };
    const Push push{
        .pixels = Pixels(out.layout), .from = Geometry(in.layout), .to = Geometry(out.layout)};
    return {
        .shader = &shaders::unfold,
        .constants = {groupWidth},
        .bindings = {in.texels(), factors, out.written()},
        .push = PushBytes(push),
        .groups = pixelGroups(out.layout)};
}

} // namespace inceptoscope
