#include "kernels/gradients.h"
#include "kernels/pixelwise.h"

namespace inceptoscope {

/// Pixels of a window: each one adds code, each window size a pipeline.
static constexpr uint32_t mostUnrolledWindow = 9;

Dispatch maxPoolIndices(const Pool2d& op, const Placed& in, const Placed& out)
{
    struct Push
    {
        Pixels pixels;
        Geometry from, to;
        std::array<uint32_t, 2> size, kernel, stride, padBefore;
    };
    const bool unrolled = op.kernel.w * op.kernel.h <= mostUnrolledWindow;
    const Push push{
        .pixels = Pixels(out.layout),
        .from = Geometry(in.layout),
        .to = Geometry(out.layout),
        .size = columnsRows(in.layout.shape.w, in.layout.shape.h),
        .kernel = columnsRows(op.kernel.w, op.kernel.h),
        .stride = columnsRows(op.stride.w, op.stride.h),
        .padBefore = columnsRows(op.padding.left, op.padding.top)};
    return {
        .shader = &shaders::max_pool_indices,
        .constants = {groupWidth, unrolled ? op.kernel.w : 0U, unrolled ? op.kernel.h : 0U},
        .bindings = {in.texels(), out.written()},
        .push = PushBytes(push),
        .groups = pixelGroups(out.layout)};
}

Dispatch
maxPoolGradient(const Pool2d& op, const Placed& indices, const Placed& dy, const Placed& out)
{
    struct Push
    {
        Pixels pixels;
        Geometry indices, dy, to;
        uint32_t padding; ///< uvec2 starts on 8 bytes
        std::array<uint32_t, 2> pooled, kernel, stride, padBefore;
    };
    const Push push{
        .pixels = Pixels(out.layout),
        .indices = Geometry(indices.layout),
        .dy = Geometry(dy.layout),
        .to = Geometry(out.layout),
        .padding = 0,
        .pooled = columnsRows(dy.layout.shape.w, dy.layout.shape.h),
        .kernel = columnsRows(op.kernel.w, op.kernel.h),
        .stride = columnsRows(op.stride.w, op.stride.h),
        .padBefore = columnsRows(op.padding.left, op.padding.top)};
    return {
        .shader = &shaders::max_pool_gradient,
        .constants =
            {groupWidth, windowsOf(op.kernel.w, op.stride.w), windowsOf(op.kernel.h, op.stride.h)},
        .bindings = {indices.texels(), dy.texels(), out.written()},
        .push = PushBytes(push),
        .groups = pixelGroups(out.layout)};
}

} // namespace inceptoscope
