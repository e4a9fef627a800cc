#pragma once

#include "charts/bar_chart.h"
#include "charts/icicle.h"
#include "charts/roofline.h"
#include "charts/scatter.h"

namespace inceptoscope {

/// Any chart: plain data, made by whoever knows the numbers, drawn by layOut().
using Chart = std::variant<BarChart, Scatter, Icicle, Roofline>;

[[nodiscard]] Drawing layOut(const Chart& chart, const ChartView& view);

/// The height from which on nothing has to be left out, at this width.
[[nodiscard]] double neededHeight(const Chart& chart, const ChartTheme& theme, double width);

/// What a datum is, a line or a few: what the chart leaves out for want of room. Empty where
/// `index` is none.
[[nodiscard]] QString tipOf(const Chart& chart, int index);

/// Number of data: indices run below it.
[[nodiscard]] int countOf(const Chart& chart);

} // namespace inceptoscope
