#pragma once

#include "charts/view.h"

namespace inceptoscope {

/// A part of a whole, in the part it belongs to.
struct IcicleCell
{
    QString label = {};
    QString valueText = {}; ///< "86.7 M, 5.5 %", written where there is room
    double value = 0;       ///< not above the parent's; siblings sum to at most the parent's
    int parent = -1;        ///< index of an earlier cell; -1: the whole
    int level = 0;          ///< column, the parent's plus one; -1: the whole, which isn't drawn
    int kind = -1;          ///< whose mark it carries; -1: none
    Qt::TextElideMode elide = Qt::ElideRight; ///< where a label too long is cut
    QString tip = {};
};

/// The whole at the left, its parts to the right of it, theirs to the right of them: the height
/// of a cell is its share. An index is that of the cell.
struct Icicle
{
    QString title = {};
    QString note = {};
    std::vector<IcicleCell> cells = {};
    std::vector<double> columnWidths = {}; ///< relative, one a level
    std::vector<LegendEntry> legend = {};
};

[[nodiscard]] Drawing layOut(const Icicle& chart, const ChartView& view);
/// See neededHeight() of any chart.
[[nodiscard]] double neededHeight(const Icicle& chart, const ChartTheme& theme, double width);

} // namespace inceptoscope
