#pragma once

#include "charts/drawing.h"

namespace inceptoscope {

struct LegendEntry
{
    QString label = {};
    Mark mark = {};
};

/// What stands above a chart: a bold title, a note below it, the legend's marks with their labels
/// in rows.
struct Header
{
    QString title = {};
    QString note = {}; ///< up to three lines of it
    std::vector<LegendEntry> legend = {};
};

/// Of all of it, the room below it included.
[[nodiscard]] double headerHeight(const Header& header, const ChartTheme& theme, double width);

/// Draws it at the top of `room` and returns what remains. The chart below comes first: what would
/// leave it less height than `need` isn't drawn; the note goes first, then the legend, then the
/// title.
[[nodiscard]] QRectF drawHeader(
    Drawing& drawing, const ChartTheme& theme, const QRectF& room, Header header, double need);

} // namespace inceptoscope
