#pragma once

#include "kernels/dispatch.h"

namespace inceptoscope {

/// One operand of a concatenation that can't be written in place.
[[nodiscard]] Dispatch copyChannels(const Placed& in, const Placed& out, uint32_t firstChannel);

} // namespace inceptoscope
