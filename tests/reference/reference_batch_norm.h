#pragma once

#include "reference/reference.h"

namespace inceptoscope {

// Batch normalisation in training mode by its definition: of whole batches, [N,C,H,W].

[[nodiscard]] std::vector<double> referenceStatistics(const ReferenceInput& x);
/// inputs as the op has them: x, statistics.
[[nodiscard]] std::vector<double> referenceNormalize(
    const BatchNormalize& op, const std::vector<ReferenceInput>& inputs, const ReferenceWeights& w);
/// statistics, running statistics.
[[nodiscard]] std::vector<double>
referenceRunning(const RunningStatistics& op, const std::vector<ReferenceInput>& inputs);
/// x, statistics, dz.
[[nodiscard]] std::vector<double>
referenceNormSums(const BatchNormSums& op, const std::vector<ReferenceInput>& inputs);
/// x, statistics, dz; the sums are made anew.
[[nodiscard]] std::vector<double> referenceNormGradient(
    const BatchNormGradient& op, const std::vector<ReferenceInput>& inputs,
    const ReferenceWeights& w);
[[nodiscard]] std::vector<double> referenceColumn(const Column& op, const ReferenceInput& in);

} // namespace inceptoscope
