#pragma once

#include "engine/run_snapshot.h"
#include "experiments/report.h"

#include <span>
#include <vector>

/// What becomes of logits. Private to experiments/.
namespace inceptoscope {

[[nodiscard]] std::vector<double> softmaxOf(std::span<const float> logits);
/// The class with the largest logit.
[[nodiscard]] size_t topClass(std::span<const float> logits);
/// Cross-entropy with the target (1 - epsilon) for `label` and epsilon / K for each class.
[[nodiscard]] double smoothedLoss(std::span<const float> logits, size_t label, double epsilon);
/// The class of the setting "label": -1 is what the network itself says. Throws Error(Usage) for
/// one that these logits don't have.
[[nodiscard]] size_t labelOf(double setting, std::span<const float> logits);
/// Its name, or its number where nobody knows one.
[[nodiscard]] std::string nameOf(size_t label, const ClassLabels* labels);

/// The same for people beside the setting "label"; no number, which the setting shows itself.
void nameLabel(ExperimentReport& report, size_t label, const ClassLabels* labels);

} // namespace inceptoscope
