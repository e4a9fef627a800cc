#pragma once

#include "graph/op.h"
#include "kernels/dispatch.h"

namespace inceptoscope {

/// The residual sum x + op.scale * residual.
[[nodiscard]] Dispatch
add(const Add& op, const Placed& x, const Placed& residual, const Placed& out);

} // namespace inceptoscope
