#pragma once

#include "graph/op.h"
#include "kernels/dispatch.h"

namespace inceptoscope {

/// Throws Error(Unsupported) for a window of more than 9 channels.
[[nodiscard]] Dispatch lrn(const Lrn& op, const Placed& in, const Placed& out);

} // namespace inceptoscope
