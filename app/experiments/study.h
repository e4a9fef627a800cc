#pragma once

#include "engine/study_job.h"
#include "experiments/report.h"
#include "session/feature_maps.h"

#include <QImage>

namespace inceptoscope {

/// An experiment that is counted, for the engine to measure. Its result is the ExperimentReport.
struct ExperimentStudy
{
    std::string experiment;
    ExperimentReport report;
    size_t runs = 5;
    QImage picture = {};
    std::string weights = "synthetic"; ///< of the trained network
    FeatureMapStyle style = {};        ///< of the sides' maps
};

[[nodiscard]] StudyJob studyJob(ExperimentStudy study);

} // namespace inceptoscope
