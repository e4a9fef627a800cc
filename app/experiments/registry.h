#pragma once

#include "experiments/experiment.h"

/// One function an experiment, each in the file of its name. Private to experiments/.
namespace inceptoscope {

[[nodiscard]] Experiment familyMorph();
[[nodiscard]] Experiment kernelSizes();
[[nodiscard]] Experiment naiveVsReduced();
[[nodiscard]] Experiment reductionWidth();
[[nodiscard]] Experiment poolProjection();
[[nodiscard]] Experiment depthOfNetwork();
[[nodiscard]] Experiment auxiliaryHeads();
[[nodiscard]] Experiment vanishingGradient();
[[nodiscard]] Experiment twoThreeByThree();
[[nodiscard]] Experiment asymmetric();
[[nodiscard]] Experiment widerNotDeeper();
[[nodiscard]] Experiment bottleneck();
[[nodiscard]] Experiment v2Table();
[[nodiscard]] Experiment labelSmoothing();
[[nodiscard]] Experiment optimisers();
[[nodiscard]] Experiment batchNormalisation();
[[nodiscard]] Experiment uniformModules();
[[nodiscard]] Experiment stems();
[[nodiscard]] Experiment resnetCost();
[[nodiscard]] Experiment residualShape();
[[nodiscard]] Experiment residualScale();
/// Claims that only training can try.
[[nodiscard]] Experiment auxiliaryRegularise();
[[nodiscard]] Experiment residualAccuracy();
[[nodiscard]] Experiment residualDeath();

} // namespace inceptoscope
