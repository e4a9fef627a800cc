#pragma once

#include "charts/view.h"

namespace inceptoscope {

/// One value of a bar, with its spread where it was measured.
struct BarValue
{
    double value = 0;
    QString text = {}; ///< as written beside the bar: "49.1 ms"
    double low = -1;   ///< least and most that were measured; negative: no spread
    double high = -1;
    /// What follows the text where it stands at the end of a spread rather than of the bar: "47.0
    /// to 81.2 ms".
    QString spread = {};
};

/// One row: a bar for each series.
struct Bar
{
    QString label = {};
    std::vector<BarValue> values = {}; ///< as many as there are series
    QString tip = {};
};

struct BarSeries
{
    QString label = {}; ///< in the legend; with a single series there is none
    Mark mark = {};
};

/// Rows of horizontal bars from zero. An index is that of the row.
struct BarChart
{
    QString title = {};
    QString note = {};
    Axis axis = {};
    std::vector<BarSeries> series = {};
    std::vector<Bar> bars = {};
};

[[nodiscard]] Drawing layOut(const BarChart& chart, const ChartView& view);
/// See neededHeight() of any chart.
[[nodiscard]] double neededHeight(const BarChart& chart, const ChartTheme& theme, double width);

} // namespace inceptoscope
