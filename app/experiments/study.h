#pragma once

#include "engine/study_job.h"
#include "experiments/effort.h"
#include "experiments/report.h"
#include "session/feature_maps.h"

#include <QImage>

namespace inceptoscope {

/// An experiment that is counted, for the engine to measure. Its result is the ExperimentReport.
struct ExperimentStudy
{
    std::string experiment;
    ExperimentReport report;
    Effort effort = {};
    QImage picture = {};
    std::string weights = "synthetic"; ///< of the trained network
    WeightsAtHand atHand = {};         ///< of other networks
    FeatureMapStyle style = {};        ///< of the sides' maps
};

[[nodiscard]] StudyJob studyJob(ExperimentStudy study);

} // namespace inceptoscope
