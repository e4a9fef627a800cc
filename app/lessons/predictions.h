#pragma once

#include "lessons/parts.h"

#include <QStringList>

#include <optional>

namespace inceptoscope {

/// By what the answers of a prediction are compared, and figures in a text told: counted ones
/// (macs, params, channels) by the graph, measured ones (ms, mean, zeros) by a run.
[[nodiscard]] const QStringList& lessonQuantities();
/// It takes a run to know it.
[[nodiscard]] bool isMeasured(const QString& quantity);
/// It takes the part's maps, so that its module must be on stage.
[[nodiscard]] bool isOfMaps(const QString& quantity);
/// A counted one: MACs, trainable parameters, channels of the output.
[[nodiscard]] double counted(const Graph& graph, const NetworkPart& part, const QString& quantity);

} // namespace inceptoscope
