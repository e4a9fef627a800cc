#pragma once

#include "graph/gradient_op.h"
#include "graph/layers.h"

#include <string>
#include <variant>
#include <vector>

namespace inceptoscope {

/// What networks are made of is in layers.h, what backward passes and losses add in gradient_op.h:
/// a variant of its own in this one, so that those who see networks only handle it in one place.
using Op = std::variant<
    Input, Conv2d, Pool2d, AdaptiveAvgPool2d, Lrn, Concat, Add, FullyConnected, BatchNorm, Softmax,
    L2Normalize, GradientOp>;

/// A std::visit helper. Visitors name every op and have no `auto` fallback, so that a new op
/// fails to compile until each of them handles it.
template <class... Ts> struct Overloaded : Ts...
{
    using Ts::operator()...;
};
template <class... Ts> Overloaded(Ts...) -> Overloaded<Ts...>;

/// The field's short name: "input", "conv", "maxpool", "avgpool", "global_avgpool" (1x1 out),
/// "adaptive_avgpool", "lrn", "concat", "add", "fc", "batch_norm", "softmax", "l2_normalize"; of
/// backward passes gradientOpName().
[[nodiscard]] std::string opName(const Op& op);

/// Shape of the result. Throws Error(Usage) where the op can't take these inputs.
/// `what` names the node in the message.
[[nodiscard]] Shape
inferShape(const Op& op, const std::vector<Shape>& inputs, const std::string& what);

} // namespace inceptoscope
