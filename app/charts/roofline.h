#pragma once

#include "charts/view.h"

namespace inceptoscope {

struct RooflineDot
{
    QString label = {};
    double intensity = 0; ///< FLOP/byte
    double gflops = 0;    ///< measured
    double weight = 0;    ///< its share of the time: the larger, the larger the dot; 0..1
    int kind = 0;
    QString tip = {};
};

/// A horizontal or slanted roof: no dot can be above it.
struct Roof
{
    QString label = {}; ///< "read 12.3 GB/s"
    double gflops = 0;
    double gigabytes = 0; ///< a second; 0: the roof is horizontal, at gflops
};

/// Work done a second over work a byte, both logarithmic (Williams, Waterman, Patterson, 2009).
/// An index is that of the dot.
struct Roofline
{
    QString title = {};
    QString note = {};
    std::vector<Roof> roofs = {};
    std::vector<RooflineDot> dots = {};
    std::vector<LegendEntry> legend = {};
};

[[nodiscard]] Drawing layOut(const Roofline& chart, const ChartView& view);
/// See neededHeight() of any chart.
[[nodiscard]] double neededHeight(const Roofline& chart, const ChartTheme& theme, double width);

} // namespace inceptoscope
