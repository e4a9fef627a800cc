#pragma once

#include "weights/tensor_source.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace inceptoscope {

/// How many of a tensor's values are none that a network can be run with.
struct BadValues
{
    std::string key;
    uint64_t of = 0; ///< values in all
    uint64_t nan = 0;
    uint64_t infinite = 0;
    uint64_t negative = 0; ///< of a variance only

    [[nodiscard]] bool any() const { return nan + infinite + negative > 0; }
};

/// `leastVariance`: of a variance, what all values must be above.
[[nodiscard]] BadValues countBadValues(
    std::string_view key, std::span<const float> values, const double* leastVariance = nullptr);

/// Whether checkpoints store a variance under such a key.
[[nodiscard]] bool isVariance(std::string_view key);

/// Of all the source's tensors; those without are left out. Reads everything once.
[[nodiscard]] std::vector<BadValues> findBadValues(const TensorSource& source);

/// "conv1.weight has 3 values that are NaN and 1 that is infinite (of 9408)"
[[nodiscard]] std::string describe(const BadValues& bad);

} // namespace inceptoscope
