#include "kernels/pool2d.h"

namespace inceptoscope {

/// Pixels of a window: each one adds code, each window size a pipeline.
static constexpr uint32_t mostUnrolled = 9;

Dispatch pool2d(const Pool2d& op, const Placed& in, const Placed& out)
{
    struct Push
    {
        uint32_t pixels, width;
        Geometry from, to;
        std::array<int32_t, 2> inSize, kernel, stride, padBefore, padAfter;
        uint32_t countIncludePad, height;
    };
    const Shape& from = in.layout.shape;
    const Shape& to = out.layout.shape;
    const auto pair = [](uint32_t columns, uint32_t rows) {
        return std::array<int32_t, 2>{int32_t(columns), int32_t(rows)};
    };
    const bool unrolled = op.kernel.w * op.kernel.h <= mostUnrolled;
    const uint32_t rows = unrolled && op.stride.h == 1 && to.h > 1 ? 2 : 1;
    const Push push{
        .pixels = (to.h + rows - 1) / rows * to.w,
        .width = to.w,
        .from = Geometry(in.layout),
        .to = Geometry(out.layout),
        .inSize = pair(from.w, from.h),
        .kernel = pair(op.kernel.w, op.kernel.h),
        .stride = pair(op.stride.w, op.stride.h),
        .padBefore = pair(op.padding.left, op.padding.top),
        .padAfter = pair(op.padding.right, op.padding.bottom),
        .countIncludePad = op.countIncludePad ? 1U : 0U,
        .height = to.h,
    };
    return {
        .shader = &shaders::pool2d,
        .precision = out.layout.precision,
        .constants =
            {groupWidth, op.kind == PoolKind::Average ? 1U : 0U, unrolled ? op.kernel.w : 0U,
             unrolled ? op.kernel.h : 0U, rows},
        .bindings = {in.texels(), out.written()},
        .push = PushBytes(push),
        .groups = {groupsFor(push.pixels), out.layout.blocks(), 1}};
}

Dispatch adaptiveAvgPool2d(const Placed& in, const Placed& out)
{
    struct Push
    {
        uint32_t blocks;
        Geometry from, to;
        uint32_t padding; ///< uvec2 starts on 8 bytes
        std::array<uint32_t, 2> inSize, outSize;
    };
    const Shape& to = out.layout.shape;
    const Push push{
        .blocks = out.layout.blocks(),
        .from = Geometry(in.layout),
        .to = Geometry(out.layout),
        .padding = 0,
        .inSize = {in.layout.shape.w, in.layout.shape.h},
        .outSize = {to.w, to.h},
    };
    return {
        .shader = &shaders::adaptive_avg_pool2d,
        .precision = out.layout.precision,
        .constants = {groupWidth},
        .bindings = {in.texels(), out.written()},
        .push = PushBytes(push),
        .groups = {groupsFor(uint64_t(out.layout.blocks()) * to.pixels()), 1, 1}};
}

} // namespace inceptoscope
