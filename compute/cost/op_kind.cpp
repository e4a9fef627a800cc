#include "cost/op_kind.h"

#include <algorithm>

namespace inceptoscope {

namespace {

OpKind convKind(const Conv2d& op)
{
    const auto [least, most] = std::minmax(op.kernel.h, op.kernel.w);
    if (most == 1)
        return OpKind::Pointwise;
    if (least == 1)
        return OpKind::Line;
    return most <= 3 ? OpKind::Small : OpKind::Large;
}

} // namespace

OpKind opKind(const Op& op)
{
    return std::visit(
        Overloaded{
            [](const Input&) { return OpKind::Other; },
            [](const Conv2d& o) { return convKind(o); },
            [](const Pool2d&) { return OpKind::Pool; },
            [](const AdaptiveAvgPool2d&) { return OpKind::Pool; },
            [](const Lrn&) { return OpKind::Normalisation; },
            [](const Concat&) { return OpKind::Other; },
            [](const Add&) { return OpKind::Other; },
            [](const FullyConnected&) { return OpKind::Linear; },
            [](const BatchNorm&) { return OpKind::Normalisation; },
            [](const Softmax&) { return OpKind::Other; },
            [](const L2Normalize&) { return OpKind::Normalisation; },
            [](const GradientOp&) { return OpKind::Other; },
        },
        op);
}

std::string_view kindName(OpKind kind)
{
    static constexpr std::array<std::string_view, opKindCount> names = {
        "1x1 conv", "3x3 conv",      "5x5, 7x7 conv", "1xn, nx1 conv",
        "pool",     "normalisation", "linear",        "sum and other"};
    return names[size_t(kind)];
}

} // namespace inceptoscope
