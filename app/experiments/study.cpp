#include "experiments/study.h"

#include "experiments/run_experiment.h"

namespace inceptoscope {

StudyJob studyJob(ExperimentStudy study)
{
    return [study = std::move(study)](const MeasuringSite& site) -> StudyResult {
        auto report = std::make_shared<ExperimentReport>(study.report);
        ExperimentBench bench(
            site, {.picture = study.picture, .weights = study.weights, .atHand = study.atHand},
            study.effort);
        measureExperiment(experimentNamed(study.experiment), *report, bench, study.style);
        return report;
    };
}

} // namespace inceptoscope
