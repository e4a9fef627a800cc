#pragma once

#include "kernels/dispatch.h"

namespace inceptoscope {

/// Over the channels of a vector.
[[nodiscard]] Dispatch l2Normalize(const Placed& in, const Placed& out);

} // namespace inceptoscope
