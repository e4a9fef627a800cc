#pragma once

#include "charts/chart.h"

namespace inceptoscope {

/// A chart of each kind with the figures of the Inception family.
[[nodiscard]] BarChart exampleBars();
[[nodiscard]] Scatter exampleScatter();
/// "network" with parts of 60, 30 and 10, the first one split into 40 and 20.
[[nodiscard]] Icicle exampleIcicle();
[[nodiscard]] Roofline exampleRoofline();

} // namespace inceptoscope
