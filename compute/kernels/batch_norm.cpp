#include "kernels/gradients.h"
#include "kernels/pixelwise.h"

namespace inceptoscope {

namespace {

float shareOfValue(const Shape& x)
{
    return float(1.0 / (double(x.n) * double(x.pixels())));
}

/// Where a vector's first column is, and how far four channels are apart.
struct Columns
{
    uint32_t base = 0, plane = 0;

    explicit Columns(const TensorLayout& layout)
        : base(layout.origin())
        , plane(layout.planeStride)
    {
    }
};

Dispatch batchStatistics(const Placed& x, const Placed& out, bool centred, bool more)
{
    struct Push
    {
        Geometry from;
        Columns to;
        uint32_t width, height, more;
        float share;
    };
    const Shape& shape = x.layout.shape;
    const Push push{
        .from = Geometry(x.layout),
        .to = Columns(out.layout),
        .width = shape.w,
        .height = shape.h,
        .more = more ? 1U : 0U,
        .share = shareOfValue(shape)};
    return {
        .shader = &shaders::batch_statistics,
        .constants = {groupWidth, centred ? 1U : 0U},
        .bindings = {x.texels(), out.written(), out.texels()},
        .push = PushBytes(push),
        .groups = {x.layout.blocks(), 1, 1},
        .sharedBytes = groupWidth * 16};
}

} // namespace

Dispatch batchMean(const Placed& x, const Placed& out, bool more)
{
    return batchStatistics(x, out, false, more);
}

Dispatch batchVariance(const Placed& x, const Placed& out, bool more)
{
    return batchStatistics(x, out, true, more);
}

Dispatch batchNormalize(
    const BatchNormalize& op, const Placed& x, const Placed& statistics, const Binding& table,
    const Placed& out)
{
    struct Push
    {
        Pixels pixels;
        Geometry from;
        Columns statistics;
        Geometry to;
        float eps, lowest;
    };
    const Push push{
        .pixels = Pixels(out.layout),
        .from = Geometry(x.layout),
        .statistics = Columns(statistics.layout),
        .to = Geometry(out.layout),
        .eps = op.eps,
        .lowest = lowestOf(op.activation)};
    return {
        .shader = &shaders::batch_normalize,
        .constants = {groupWidth},
        .bindings = {x.texels(), statistics.texels(), table, out.written()},
        .push = PushBytes(push),
        .groups = pixelGroups(out.layout)};
}

Dispatch batchNormSums(
    const BatchNormSums& op, const Placed& x, const Placed& statistics, const Placed& dz,
    const Placed& out, bool more)
{
    struct Push
    {
        Pixels pixels;
        Geometry from;
        Columns statistics;
        Geometry dz;
        Columns to;
        float eps;
        uint32_t more;
    };
    const Push push{
        .pixels = Pixels(x.layout),
        .from = Geometry(x.layout),
        .statistics = Columns(statistics.layout),
        .dz = Geometry(dz.layout),
        .to = Columns(out.layout),
        .eps = op.eps,
        .more = more ? 1U : 0U};
    return {
        .shader = &shaders::batch_norm_sums,
        .constants = {groupWidth},
        .bindings = {x.texels(), statistics.texels(), dz.texels(), out.written(), out.texels()},
        .push = PushBytes(push),
        .groups = {x.layout.blocks(), 1, 1},
        .sharedBytes = groupWidth * 32};
}

Dispatch column(const Column& op, const Placed& in, const Placed& out)
{
    struct Push
    {
        Pixels pixels;
        Geometry from, to;
        float factor;
    };
    Push push{
        .pixels = Pixels(out.layout),
        .from = Geometry(in.layout),
        .to = Geometry(out.layout),
        .factor = op.factor};
    push.from.base += op.column;
    return {
        .shader = &shaders::scale,
        .constants = {groupWidth},
        .bindings = {in.texels(), out.written()},
        .push = PushBytes(push),
        .groups = pixelGroups(out.layout)};
}

Dispatch batchNormGradient(
    const BatchNormGradient& op, const std::vector<Placed>& in, const Binding& table,
    const Placed& out)
{
    struct Push
    {
        Pixels pixels;
        Geometry from;
        Columns statistics;
        Geometry dz;
        Columns sums;
        Geometry to;
        float eps, share;
    };
    const Push push{
        .pixels = Pixels(out.layout),
        .from = Geometry(in[0].layout),
        .statistics = Columns(in[1].layout),
        .dz = Geometry(in[2].layout),
        .sums = Columns(in[3].layout),
        .to = Geometry(out.layout),
        .eps = op.eps,
        .share = shareOfValue(in[0].layout.shape)};
    return {
        .shader = &shaders::batch_norm_gradient,
        .constants = {groupWidth},
        .bindings =
            {in[0].texels(), in[1].texels(), in[2].texels(), in[3].texels(), table, out.written()},
        .push = PushBytes(push),
        .groups = pixelGroups(out.layout)};
}

Dispatch runningStatistics(
    const RunningStatistics& op, const Placed& statistics, const Placed& running, const Placed& out)
{
    struct Push
    {
        uint32_t blocks;
        Columns from, running, to;
        float momentum, unbiased;
    };
    const Push push{
        .blocks = out.layout.blocks(),
        .from = Columns(statistics.layout),
        .running = Columns(running.layout),
        .to = Columns(out.layout),
        .momentum = op.momentum,
        .unbiased = float(double(op.values) / double(op.values - 1))};
    return {
        .shader = &shaders::running_statistics,
        .constants = {groupWidth},
        .bindings = {statistics.texels(), running.texels(), out.written()},
        .push = PushBytes(push),
        .groups = {groupsFor(push.blocks), 1, 1}};
}

} // namespace inceptoscope
