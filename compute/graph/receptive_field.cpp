#include "graph/receptive_field.h"

#include <algorithm>
#include <cassert>

namespace inceptoscope {

namespace {

/// Pixels first to last - 1 of one axis; signed, since padding lies before pixel 0.
struct Interval
{
    int32_t first = 0;
    int32_t last = 0;
};

struct Region
{
    Interval rows;
    Interval columns;
};

Interval join(const Interval& a, const Interval& b)
{
    return {std::min(a.first, b.first), std::max(a.last, b.last)};
}

Interval slide(const Interval& out, uint32_t kernel, uint32_t stride, uint32_t before)
{
    const auto start = [&](int32_t at) { return at * int32_t(stride) - int32_t(before); };
    return {start(out.first), start(out.last - 1) + int32_t(kernel)};
}

Region slide(const Region& out, const Extent& kernel, const Extent& stride, const Padding& padding)
{
    return {
        slide(out.rows, kernel.h, stride.h, padding.top),
        slide(out.columns, kernel.w, stride.w, padding.left)};
}

/// The windows of adaptive pooling depend on the size, so a reader's padding beyond the result
/// has no window: it is cut off.
Interval adapt(const Interval& out, uint32_t inSize, uint32_t outSize)
{
    const auto in = int32_t(inSize);
    const auto n = int32_t(outSize);
    const int32_t first = std::clamp(out.first, 0, n - 1);
    const int32_t last = std::clamp(out.last, 1, n);
    return {first * in / n, (last * in + n - 1) / n};
}

/// What an op reads of an input of shape `in` to write `out`.
Region readBy(const Op& op, const Region& out, const Shape& in)
{
    return std::visit(
        Overloaded{
            [&](const Input&) { return out; },
            [&](const Conv2d& o) { return slide(out, o.kernel, o.stride, o.padding); },
            [&](const Pool2d& o) { return slide(out, o.kernel, o.stride, o.padding); },
            [&](const AdaptiveAvgPool2d& o) {
                return Region{adapt(out.rows, in.h, o.out.h), adapt(out.columns, in.w, o.out.w)};
            },
            [&](const Lrn&) { return out; },
            [&](const Concat&) { return out; },
            [&](const Add&) { return out; },
            [&](const FullyConnected&) {
                return Region{{0, int32_t(in.h)}, {0, int32_t(in.w)}};
            },
            [&](const BatchNorm&) { return out; },
            [&](const Softmax&) { return out; },
            [&](const L2Normalize&) { return out; },
            [&](const GradientOp&) { // sees whatever the forward pass saw
                return Region{{0, int32_t(in.h)}, {0, int32_t(in.w)}};
            },
        },
        op);
}

} // namespace

PixelRect receptiveField(const Graph& graph, NodeId id, uint32_t x, uint32_t y)
{
    assert(x < graph[id].shape.w && y < graph[id].shape.h);
    std::vector<std::optional<Region>> needed(id + 1);
    needed[id] = Region{{int32_t(y), int32_t(y) + 1}, {int32_t(x), int32_t(x) + 1}};
    for (NodeId at = id; at > 0; --at) {
        if (!needed[at])
            continue;
        for (const NodeId in : graph[at].inputs) {
            const Region read = readBy(graph[at].op, *needed[at], graph[in].shape);
            std::optional<Region>& sum = needed[in];
            sum = sum ? Region{join(sum->rows, read.rows), join(sum->columns, read.columns)} : read;
        }
    }
    const Region seen = needed[graph.input()].value_or(Region{});
    return {
        .x = seen.columns.first,
        .y = seen.rows.first,
        .w = seen.columns.last - seen.columns.first,
        .h = seen.rows.last - seen.rows.first};
}

} // namespace inceptoscope
