#pragma once

#include "graph/op.h"
#include "kernels/dispatch.h"

namespace inceptoscope {

[[nodiscard]] Dispatch pool2d(const Pool2d& op, const Placed& in, const Placed& out);
[[nodiscard]] Dispatch adaptiveAvgPool2d(const Placed& in, const Placed& out);

} // namespace inceptoscope
