#pragma once

#include "charts/header.h"

namespace inceptoscope {

/// What one side of a chart measures.
struct Axis
{
    QString title = {}; ///< "measured time"
    QString unit = {};  ///< "ms"; written behind the title in brackets
    bool log = false;
    bool fromZero = true; ///< linear only: the scale starts at zero
    bool percent = false; ///< values are shares, 0..1
};

struct Ticks
{
    std::vector<double> at = {};
    QStringList labels;
    double low = 0; ///< of the scale, at or beyond the data's
    double high = 1;
};

/// Steps of 1, 2 or 5 times a power of ten, about `most` of them at the most, and two at the least.
/// A linear scale is as long as the data, rounded up to a whole step; a logarithmic one starts and
/// ends at 1, 2 or 5.
[[nodiscard]] Ticks ticksFor(const Axis& axis, double low, double high, int most);

/// "0", "20", "1.5 G", "300 K", "0.05": at most three digits.
[[nodiscard]] QString shortNumber(double value);

/// From values to pixels.
struct AxisScale
{
    double low = 0;
    double high = 1;
    double from = 0; ///< pixel of `low`
    double to = 1;   ///< pixel of `high`
    bool log = false;

    [[nodiscard]] double operator()(double value) const;
};

/// Title of an axis with its unit: "measured time (ms)".
[[nodiscard]] QString axisTitle(const Axis& axis);

/// A rectangular plot with two axes.
struct Plot
{
    QRectF area; ///< inside the axes
    AxisScale x;
    AxisScale y;
};

/// The range of the data on both axes.
struct PlotRange
{
    double xLow = 0, xHigh = 1, yLow = 0, yHigh = 1;
};

/// Draws grid, axes, ticks and titles into `room`.
[[nodiscard]] Plot drawPlot(
    Drawing& drawing, const ChartTheme& theme, const QRectF& room, const Axis& x, const Axis& y,
    const PlotRange& range);

/// What drawPlot() takes at least: less can't be read.
[[nodiscard]] QSizeF smallestPlot(const ChartTheme& theme);

/// Height that a plot with axes and titles should have.
[[nodiscard]] double comfortablePlot(const ChartTheme& theme);

} // namespace inceptoscope
