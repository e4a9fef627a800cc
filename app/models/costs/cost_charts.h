#pragma once

#include "charts/chart.h"
#include "models/costs/costed_network.h"

namespace inceptoscope {

/// What the cells of the icicle measure.
enum class CostArea
{
    Macs,
    Params,
    Time
};

/// A cell for each part, its index the part's; by MACs where time was asked for and isn't known.
[[nodiscard]] Icicle costIcicle(const CostedNetwork& costs, CostArea area);

/// A dot for each op that counts MACs and was measured. `partOfDot`: the part of each dot.
[[nodiscard]] Roofline costRoofline(const CostedNetwork& costs, std::vector<int>* partOfDot);

/// Share of the MACs beside share of the time, a row for each group; `partOfRow` as above.
[[nodiscard]] BarChart costBars(const CostedNetwork& costs, std::vector<int>* partOfRow);

/// "1×1 conv" and its mark, of the kinds that occur.
[[nodiscard]] std::vector<LegendEntry> kindLegend(const CostedNetwork& costs);

} // namespace inceptoscope
