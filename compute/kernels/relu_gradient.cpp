#include "kernels/gradients.h"
#include "kernels/pixelwise.h"

namespace inceptoscope {

Dispatch reluGradient(const Placed& y, const Placed& dy, const Placed& out)
{
    struct Push
    {
        Pixels pixels;
        Geometry y, dy, to;
    };
    const Push push{
        .pixels = Pixels(out.layout),
        .y = Geometry(y.layout),
        .dy = Geometry(dy.layout),
        .to = Geometry(out.layout)};
    return {
        .shader = &shaders::relu_gradient,
        .constants = {groupWidth},
        .bindings = {y.texels(), dy.texels(), out.written()},
        .push = PushBytes(push),
        .groups = pixelGroups(out.layout)};
}

} // namespace inceptoscope
