#pragma once

#include "charts/view.h"

namespace inceptoscope {

struct ScatterPoint
{
    QString label = {};
    double x = 0;
    double y = 0;
    double size = 0;  ///< the bubble's area; 0: a small dot
    double xLow = -1; ///< measured spread; negative: none
    double xHigh = -1;
    Mark mark = {};
    QString tip = {};
    bool hollow = false; ///< its value isn't of the same kind as the others': read the note
};

/// A curve, in the units of the axes.
struct ScatterLine
{
    std::vector<QPointF> points = {};
    Mark mark = {};
};

/// Bubbles over two axes. An index is that of the point.
struct Scatter
{
    QString title = {};
    QString note = {};
    Axis x = {};
    Axis y = {};
    QString sizeTitle = {}; ///< "bubble area: params"
    std::vector<ScatterPoint> points = {};
    std::vector<ScatterLine> lines = {}; ///< behind the points
    std::vector<LegendEntry> legend = {};
    bool front = false; ///< draws the Pareto front of points with less x and more y
};

/// The points that no other beats with at most as much x and at least as much y, by rising x.
[[nodiscard]] std::vector<int> paretoFront(const std::vector<ScatterPoint>& points);

[[nodiscard]] Drawing layOut(const Scatter& chart, const ChartView& view);
/// See neededHeight() of any chart.
[[nodiscard]] double neededHeight(const Scatter& chart, const ChartTheme& theme, double width);

} // namespace inceptoscope
