#include "error.h"
#include "experiments/registry.h"

#include <algorithm>

namespace inceptoscope {

const std::vector<Experiment>& experiments()
{
    static const std::vector<Experiment> all = {
        familyMorph(),
        // Inception v1
        kernelSizes(),
        naiveVsReduced(),
        reductionWidth(),
        poolProjection(),
        depthOfNetwork(),
        auxiliaryHeads(),
        vanishingGradient(),
        // v2
        twoThreeByThree(),
        asymmetric(),
        widerNotDeeper(),
        bottleneck(),
        v2Table(),
        // v3
        labelSmoothing(),
        optimisers(),
        batchNormalisation(),
        auxiliaryRegularise(),
        // v4
        uniformModules(),
        stems(),
        // Inception-ResNet
        resnetCost(),
        residualShape(),
        residualScale(),
        residualAccuracy(),
        residualDeath(),
    };
    return all;
}

const Experiment& experimentNamed(std::string_view id)
{
    const auto it = std::ranges::find(experiments(), id, &Experiment::id);
    if (it != experiments().end())
        return *it;
    std::string known;
    for (const Experiment& experiment : experiments())
        known += (known.empty() ? "" : ", ") + experiment.id;
    throw Error(
        ErrorKind::Usage,
        "experiment \"" + std::string(id) + "\" doesn't exist; the experiments are: " + known);
}

SettingValues settingsIn(const Experiment& experiment, const std::string& list)
{
    std::vector<std::string> assignments;
    for (size_t from = 0; from < list.size();) {
        const size_t comma = std::min(list.find(',', from), list.size());
        if (comma > from)
            assignments.push_back(list.substr(from, comma - from));
        from = comma + 1;
    }
    return settingValues(experiment.id, experiment.settings, assignments);
}

ExperimentReport countExperiment(const Experiment& experiment, SettingValues values)
{
    ExperimentReport report = experiment.count(values);
    report.values = std::move(values);
    report.verdict = experiment.judge(report);
    return report;
}

void keepTimes(const ExperimentReport& before, ExperimentReport& report)
{
    const auto same = [](const ExperimentSide& a, const ExperimentSide& b) {
        return a.whole && b.whole && a.title == b.title && a.network->id == b.network->id &&
               a.cost.macs == b.cost.macs && a.cost.params == b.cost.params && a.output == b.output;
    };
    if (!before.measured || before.sides.size() != report.sides.size())
        return;
    report.device = before.device;
    for (size_t i = 0; i < report.sides.size(); ++i) {
        if (!same(before.sides[i], report.sides[i]))
            continue;
        report.sides[i].times = before.sides[i].times;
        report.sides[i].timeRatio = before.sides[i].timeRatio;
        report.sides[i].snapshot = before.sides[i].snapshot;
    }
}

} // namespace inceptoscope
