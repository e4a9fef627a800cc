#pragma once

#include "charts/drawing.h"
#include "models/stage/op_item.h"

namespace inceptoscope {

/// All maps of an op as a figure, each value at least one unit wide; of a linear layer or a softmax
/// its highest values as bars. Empty before they are known.
[[nodiscard]] Drawing opFigure(const OpItem& op, const RunSnapshot& snapshot);

/// Values of which a figure has bars; the others are in the table.
inline constexpr int mostScoreBars = 40;

} // namespace inceptoscope
