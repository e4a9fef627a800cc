#pragma once

#include "experiments/report.h"
#include "models/items/chart_item.h"

#include <QVariant>

namespace inceptoscope {

/// An experiment's own words, with signs as they are printed.
[[nodiscard]] QString reportText(const std::string& text);
/// A sentence's first letter, for what stands alone.
[[nodiscard]] QString capitalised(QString text);

/// {label, texts}: what the sides cost, a row a measure.
[[nodiscard]] QVariantList sideRows(const ExperimentReport& report);
/// {title, text} of the figures that are a number, a word or a short list.
[[nodiscard]] QVariantList figureRows(const ExperimentReport& report);
/// {title, columns, rows} of those that are tables.
[[nodiscard]] QVariantList figureTables(const ExperimentReport& report);
/// A curve each, over its axes.
[[nodiscard]] ChartPtr chartOf(const ExperimentPlot& plot);

} // namespace inceptoscope
