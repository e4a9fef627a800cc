#pragma once

#include "experiments/bench.h"
#include "session/feature_maps.h"

namespace inceptoscope {

/// How the maps of the sides are drawn; none where nobody looks.
using MapStyle = std::optional<FeatureMapStyle>;

/// Measures on top of what countExperiment() counted: the sides in turns, then what the experiment
/// itself measures; judges again. Throws Error(Cancelled), and whatever is wrong with a file or the
/// device.
void measureExperiment(
    const Experiment& experiment, ExperimentReport& report, ExperimentBench& bench,
    const MapStyle& style = {});

} // namespace inceptoscope
