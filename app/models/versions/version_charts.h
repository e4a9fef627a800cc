#pragma once

#include "charts/chart.h"
#include "models/versions/version_row.h"

namespace inceptoscope {

/// What the chart of versions shows.
enum class VersionChart
{
    AccuracyByMacs,
    AccuracyByTime,
    Params,
    Macs,
    Memory,
    Time
};

/// Points and bars that stand for no row are left out; `indices` says which row each stands for.
struct VersionsChart
{
    Chart chart;
    std::vector<int> indices;
};

[[nodiscard]] VersionsChart
versionsChart(const std::vector<VersionRow>& rows, VersionChart kind, bool released);

} // namespace inceptoscope
