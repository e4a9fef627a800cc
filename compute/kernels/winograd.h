#pragma once

#include "graph/op.h"
#include "kernels/dispatch.h"

#include <span>
#include <vector>

namespace inceptoscope {

/// Convolutions by Winograd's minimal filtering (Lavin & Gray 2015, arXiv:1509.09308), stride 1:
///   3x3       F(4x4, 3x3), 36 products where the direct form has 144
///   1x7, 7x1  F(4, 7) along the kernel, 10 products where the direct form has 28
///   1x3, 3x1  F(4, 3), 6 products for 12
/// Tiles of the input and the kernels are transformed, multiplied position by position, and
/// transformed back. Float32 only: rounding errors are ten times those of the direct form.
[[nodiscard]] bool winogradFits(const Conv2d& op, Precision precision);

/// Whether it is faster than the direct form on llvmpipe.
[[nodiscard]] bool winogradWins(const Conv2d& op, const Shape& in);

[[nodiscard]] uint64_t winogradBytes(const Conv2d& op, const Shape& in, SumCode code);

/// `weight` is dense OIHW.
void packWinograd(
    const Conv2d& op, const Shape& in, SumCode code, std::span<const float> weight,
    std::span<const float> bias, std::span<std::byte> out);

/// Three steps: tiles to Memory::Sums, products there, and from there to the result.
[[nodiscard]] std::vector<Dispatch>
winograd(const Conv2d& op, const Placed& in, const Placed& out, const PlacedWeights& weights);

} // namespace inceptoscope
