#pragma once

#include "graph/graph.h"

#include <array>
#include <string_view>

namespace inceptoscope {

/// Ops as the articles tell them apart by what they cost.
enum class OpKind : uint32_t
{
    Pointwise, ///< 1x1 convolution
    Small,     ///< 3x3 convolution
    Large,     ///< 5x5, 7x7
    Line,      ///< 1xn, nx1
    Pool,
    Normalisation, ///< LRN, batch normalisation on its own, L2
    Linear,        ///< fully connected
    Other          ///< input, concatenation, sum, softmax
};
constexpr size_t opKindCount = 8;

[[nodiscard]] OpKind opKind(const Op& op);

/// "1x1 conv", "3x3 conv", "5x5, 7x7 conv", "1xn, nx1 conv", "pool", "normalisation", "linear",
/// "sum and other".
[[nodiscard]] std::string_view kindName(OpKind kind);

} // namespace inceptoscope
