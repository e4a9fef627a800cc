#include "weights/match/flow_window.h"

#include <algorithm>

namespace inceptoscope {

namespace {

using Pads = FlowWindow::Pads;

/// One of rows or columns.
struct Axis
{
    int64_t size = 0;
    int64_t kernel = 1;
    int64_t stride = 1;
    int64_t dilation = 1;
    int64_t before = 0;
    int64_t after = 0;
    int64_t results = 0;

    [[nodiscard]] int64_t extent() const { return dilation * (kernel - 1) + 1; }
};

Axis axisOf(const FlowWindow& window, const Shape& in, bool rows)
{
    const auto pick = [&](const Extent& e) { return int64_t(rows ? e.h : e.w); };
    Axis axis{
        .size = rows ? in.h : in.w,
        .kernel = pick(window.kernel),
        .stride = std::max<int64_t>(pick(window.stride), 1),
        .dilation = pick(window.dilation),
        .before = rows ? window.padding.top : window.padding.left,
        .after = rows ? window.padding.bottom : window.padding.right};
    if (window.pads == Pads::SameUpper || window.pads == Pads::SameLower) {
        const int64_t size = axis.size + axis.before + axis.after; // with a Pad's
        axis.results = (size + axis.stride - 1) / axis.stride;
        const int64_t total =
            std::max<int64_t>(0, (axis.results - 1) * axis.stride + axis.extent() - size);
        const int64_t less = total / 2;
        const bool upper = window.pads == Pads::SameUpper;
        axis.before += upper ? less : total - less;
        axis.after += upper ? total - less : less;
        return axis;
    }
    const int64_t span = axis.size + axis.before + axis.after - axis.extent();
    if (span < 0)
        return axis;
    axis.results = (window.ceilMode ? span + axis.stride - 1 : span) / axis.stride + 1;
    if (window.ceilMode && (axis.results - 1) * axis.stride >= axis.size + axis.before)
        --axis.results;
    return axis;
}

/// What a pool reads of an axis for one result: [first, last), and what an average divides by.
struct Reach
{
    int64_t first = 0;
    int64_t last = 0;
    int64_t divisor = 1;
    bool operator==(const Reach&) const = default;
};

std::vector<Reach> reaches(const FlowWindow& window, const Shape& in, bool rows)
{
    std::vector<Reach> all;
    const int64_t size = rows ? in.h : in.w;
    if (window.whole || window.adaptive) {
        const int64_t count = !window.adaptive ? 1 : rows ? window.adaptive->h : window.adaptive->w;
        for (int64_t i = 0; i < count; ++i) {
            const int64_t first = i * size / count;
            const int64_t last = ((i + 1) * size + count - 1) / count;
            all.push_back({first, last, window.average ? last - first : 1});
        }
        return all;
    }
    const Axis axis = axisOf(window, in, rows);
    for (int64_t i = 0; i < axis.results; ++i) {
        const int64_t begin = i * axis.stride - axis.before;
        const int64_t end = begin + axis.extent();
        Reach reach{std::max<int64_t>(begin, 0), std::min(end, size), 1};
        if (window.average)
            reach.divisor = window.countIncludePad ? std::min(end, size + axis.after) - begin
                                                   : reach.last - reach.first;
        all.push_back(reach);
    }
    return all;
}

std::string sides(const Extent& e)
{
    return std::to_string(e.h) + "x" + std::to_string(e.w);
}

} // namespace

FlowWindow windowOf(const Conv2d& op)
{
    return {.kernel = op.kernel, .stride = op.stride, .padding = op.padding, .groups = op.groups};
}

FlowWindow windowOf(const Pool2d& op)
{
    return {
        .average = op.kind == PoolKind::Average,
        .kernel = op.kernel,
        .stride = op.stride,
        .padding = op.padding,
        .ceilMode = op.ceilMode,
        .countIncludePad = op.countIncludePad};
}

FlowWindow windowOf(const AdaptiveAvgPool2d& op)
{
    return {.average = true, .adaptive = op.out};
}

bool convolvesAlike(const FlowWindow& a, const FlowWindow& b, const Shape& in)
{
    if (a.kernel != b.kernel || a.stride != b.stride || a.dilation != b.dilation ||
        a.groups != b.groups)
        return false;
    if (a.pads == Pads::Unknown || b.pads == Pads::Unknown)
        return true;
    for (const bool rows : {true, false}) {
        const Axis x = axisOf(a, in, rows);
        const Axis y = axisOf(b, in, rows);
        if (x.before != y.before || x.results != y.results)
            return false;
    }
    return true;
}

bool poolsAlike(const FlowWindow& a, const FlowWindow& b, const Shape& in)
{
    if (a.average != b.average)
        return false;
    if (a.pads == Pads::Unknown || b.pads == Pads::Unknown)
        return a.kernel == b.kernel && a.stride == b.stride;
    const auto dilated = [](const FlowWindow& w) {
        return !w.whole && !w.adaptive && w.dilation != Extent{1, 1};
    };
    if ((dilated(a) || dilated(b)) && (a.dilation != b.dilation || a.kernel != b.kernel))
        return false;
    return reaches(a, in, true) == reaches(b, in, true) &&
           reaches(a, in, false) == reaches(b, in, false);
}

std::string describe(const FlowWindow& window)
{
    if (window.adaptive && window.adaptive != Extent{1, 1})
        return sides(*window.adaptive) + " windows that share the plane";
    if (window.whole || window.adaptive)
        return "the whole plane";
    std::string text = sides(window.kernel) + ", stride " + sides(window.stride);
    const Padding& p = window.padding;
    switch (window.pads) {
    case Pads::Given:
        text += ", padding";
        for (const uint32_t side : {p.top, p.left, p.bottom, p.right})
            text += " " + std::to_string(side);
        break;
    case Pads::SameUpper:
        text += ", padding SAME_UPPER";
        break;
    case Pads::SameLower:
        text += ", padding SAME_LOWER";
        break;
    case Pads::Unknown:
        text += ", padding that is computed";
        break;
    }
    if (window.dilation != Extent{1, 1})
        text += ", dilation " + sides(window.dilation);
    if (window.groups != 1)
        text += ", " + std::to_string(window.groups) + " groups";
    if (window.ceilMode)
        text += ", its end rounded up";
    if (window.average && (p != Padding{} || window.pads != Pads::Given))
        text += window.countIncludePad ? ", padding counted" : ", padding not counted";
    return text;
}

} // namespace inceptoscope
