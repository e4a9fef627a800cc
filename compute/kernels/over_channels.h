#pragma once

#include "kernels/dispatch.h"

namespace inceptoscope {

/// A shader that reads all channels of a vector and writes its own four.
[[nodiscard]] Dispatch overChannels(const Shader& shader, const Placed& in, const Placed& out);

} // namespace inceptoscope
