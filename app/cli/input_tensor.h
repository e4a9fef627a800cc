#pragma once

#include "graph/shape.h"

#include <string>
#include <vector>

namespace inceptoscope {

/// The tensor `name` of a safetensors file, float32 [1,C,H,W], as it is. `option` is for messages.
/// Throws Error(BadInput) for another shape or dtype, and for NaN and infinities.
[[nodiscard]] std::vector<float> readTensor(
    const std::string& option, const std::string& path, const std::string& name,
    const Shape& shape);

} // namespace inceptoscope
