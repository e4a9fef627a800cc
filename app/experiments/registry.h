#pragma once

#include "experiments/experiment.h"

/// One function an experiment, each in the file of its name. Private to experiments/.
namespace inceptoscope {

[[nodiscard]] Experiment naiveVsReduced();
[[nodiscard]] Experiment poolProjection();
[[nodiscard]] Experiment depthOfNetwork();
[[nodiscard]] Experiment twoThreeByThree();
[[nodiscard]] Experiment asymmetric();
[[nodiscard]] Experiment widerNotDeeper();
[[nodiscard]] Experiment bottleneck();
[[nodiscard]] Experiment v2Table();
[[nodiscard]] Experiment uniformModules();
[[nodiscard]] Experiment stems();
[[nodiscard]] Experiment resnetCost();
[[nodiscard]] Experiment residualShape();

} // namespace inceptoscope
