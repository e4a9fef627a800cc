#include "ascii.h"
#include "experiments/parts.h"
#include "experiments/registry.h"

#include <cmath>

namespace inceptoscope {

namespace {

/// "About": within a sixth.
constexpr double about = 1.0 / 6;

ExperimentReport countResnetCost(const SettingValues& values)
{
    const bool drawn = values.on("as_drawn");
    ExperimentReport report;
    for (const char* id :
         {"inception_v3", "inception_resnet_v1", "inception_v4",
          drawn ? "inception_resnet_v2_paper" : "inception_resnet_v2"})
        report.sides.push_back(wholeSide(familyNetwork(id).title, familyNetwork(id)));
    const auto ratio = [&](const char* name, size_t of, size_t to, uint64_t Cost::*what) {
        report.ratio(
            name, double(report.sides[of].cost.*what) / double(report.sides[to].cost.*what));
    };
    ratio("macs_resnet_v1_to_v3", 1, 0, &Cost::macs);
    ratio("macs_resnet_v2_to_v4", 3, 2, &Cost::macs);
    ratio("params_resnet_v1_to_v3", 1, 0, &Cost::params);
    ratio("params_resnet_v2_to_v4", 3, 2, &Cost::params);
    return report;
}

void timesOfPairs(const SettingValues&, ExperimentReport& report, ExperimentBench&)
{
    const auto median = [&](size_t i) { return report.sides[i].times.median; };
    if (median(0) > 0 && median(1) > 0)
        report.ratio("time_resnet_v1_to_v3", median(1) / median(0));
    if (median(2) > 0 && median(3) > 0)
        report.ratio("time_resnet_v2_to_v4", median(3) / median(2));
}

ExperimentVerdict judgeResnetCost(const ExperimentReport& report)
{
    const double first = report.ratioOf("macs_resnet_v1_to_v3");
    const double second = report.ratioOf("macs_resnet_v2_to_v4");
    const bool counted = std::abs(first - 1) < about && std::abs(second - 1) < about;
    std::string text = counted ? "holds: " : "does not hold: ";
    text += "Inception-ResNet v1 has " + ascii::fixed(first, 2) + " times v3's MACs, v2 " +
            ascii::fixed(second, 2) + " times v4's";
    for (const auto& [name, value] : report.ratios)
        if (name == "time_resnet_v1_to_v3")
            text += "; here they take " + ascii::fixed(value, 2) + " and " +
                    ascii::fixed(report.ratioOf("time_resnet_v2_to_v4"), 2) + " times the time" +
                    runsText(report);
    return {text, counted};
}

} // namespace

Experiment resnetCost()
{
    return {
        .id = "resnet-cost",
        .title = "What Inception-ResNet costs",
        .chapter = "Inception-ResNet",
        .claim = "Inception-ResNet v1 costs about what Inception v3 does, v2 about what v4 does.",
        .source = "article, Inception-ResNet; Szegedy et al. 2016 (arXiv:1602.07261), section 3.2",
        .settings = {switchSetting(
            "as_drawn", "v2 as the paper draws it, not as the code was released", false)},
        .count = countResnetCost,
        .measure = timesOfPairs,
        .judge = judgeResnetCost,
        .onPicture = true};
}

} // namespace inceptoscope
