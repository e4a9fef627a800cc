#include "kernels/gradients.h"
#include "kernels/pixelwise.h"

namespace inceptoscope {

Dispatch avgPoolGradient(const Pool2d& op, const Placed& dy, const Placed& out)
{
    struct Push
    {
        Pixels pixels;
        Geometry dy, to;
        std::array<uint32_t, 2> pooled, kernel, stride, padBefore, padAfter, size;
    };
    const Push push{
        .pixels = Pixels(out.layout),
        .dy = Geometry(dy.layout),
        .to = Geometry(out.layout),
        .pooled = columnsRows(dy.layout.shape.w, dy.layout.shape.h),
        .kernel = columnsRows(op.kernel.w, op.kernel.h),
        .stride = columnsRows(op.stride.w, op.stride.h),
        .padBefore = columnsRows(op.padding.left, op.padding.top),
        .padAfter = columnsRows(op.padding.right, op.padding.bottom),
        .size = columnsRows(out.layout.shape.w, out.layout.shape.h)};
    return {
        .shader = &shaders::avg_pool_gradient,
        .constants =
            {groupWidth, windowsOf(op.kernel.w, op.stride.w), windowsOf(op.kernel.h, op.stride.h),
             op.countIncludePad ? 1U : 0U},
        .bindings = {dy.texels(), out.written()},
        .push = PushBytes(push),
        .groups = pixelGroups(out.layout)};
}

Dispatch adaptiveAvgPoolGradient(const Placed& dy, const Placed& out)
{
    struct Push
    {
        Pixels pixels;
        Geometry dy, to;
        std::array<uint32_t, 2> size, pooled;
    };
    const Push push{
        .pixels = Pixels(out.layout),
        .dy = Geometry(dy.layout),
        .to = Geometry(out.layout),
        .size = columnsRows(out.layout.shape.w, out.layout.shape.h),
        .pooled = columnsRows(dy.layout.shape.w, dy.layout.shape.h)};
    return {
        .shader = &shaders::adaptive_avg_pool_gradient,
        .constants = {groupWidth},
        .bindings = {dy.texels(), out.written()},
        .push = PushBytes(push),
        .groups = pixelGroups(out.layout)};
}

} // namespace inceptoscope
