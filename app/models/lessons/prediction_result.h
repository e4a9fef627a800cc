#pragma once

#include "engine/run_snapshot.h"
#include "lessons/lesson.h"

#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace inceptoscope {

/// What a quantity is called where it is told: "86.7 M MACs", "0.41", "38.2 % zeros"; a dash where
/// it is NaN.
[[nodiscard]] QString tellQuantity(const QString& quantity, double value);

/// Parts by what they consist of: "1×1 conv → 3×3 conv", "Inception 3a"; those that would be called
/// the same have their name as well.
[[nodiscard]] QStringList partTitles(const Graph& graph, const QStringList& parts);

/// A quantity of a part, counted or as the run measured it; nullopt while the run hasn't got it.
[[nodiscard]] std::optional<double> quantityOf(
    const Graph& graph, const RunSnapshot* run, const QString& part, const QString& quantity);

/// What the network answered to a prediction.
struct PredictionResult
{
    std::vector<double> values; ///< of each answer, in their order
    size_t best = 0;            ///< the first of those that lead

    /// Several can lead together.
    [[nodiscard]] bool leads(size_t answer) const { return values[answer] == values[best]; }
};

/// nullopt while the run hasn't all of it; one that is NaN never leads.
[[nodiscard]] std::optional<PredictionResult>
answer(const LessonPrediction& prediction, const Graph& graph, const RunSnapshot* run);

} // namespace inceptoscope
