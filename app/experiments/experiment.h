#pragma once

#include "experiments/report.h"
#include "experiments/settings.h"

#include <functional>
#include <string_view>

namespace inceptoscope {

class ExperimentBench;

/// One claim of the article "A Simple Guide to the Versions of the Inception Network", tried: small
/// graphs, what is counted of them and measured with them, and a verdict that follows from these
/// figures. A value; each has a file of its own.
struct Experiment
{
    std::string id;      ///< "two-3x3": what scripts, addresses and files call it
    std::string title;   ///< "5x5 as two 3x3"
    std::string chapter; ///< "Inception v1": of the article
    std::string claim;   ///< one sentence
    std::string source;  ///< the article's section, the paper's section or figure
    std::vector<ExperimentSetting> settings = {};
    /// The sides with their counts, and all that follows without a device: a slider waits for it.
    std::function<ExperimentReport(const SettingValues&)> count;
    /// What a device is needed for beyond the sides' times; may be empty.
    std::function<void(const SettingValues&, ExperimentReport&, ExperimentBench&)> measure = {};
    /// From the figures that are there, measured or not.
    std::function<ExperimentVerdict(const ExperimentReport&)> judge;
    /// Why this choice of a setting can't be taken with the other values, a sentence; empty where
    /// it can. Unset: all can.
    std::function<std::string(
        const std::string& setting, size_t choice, const SettingValues&, const WeightsAtHand&)>
        closed = {};
    /// Whether its sides are timed, in turns.
    bool timed = true;
    /// Whether it looks at the open picture.
    bool onPicture = false;
};

/// All of them, in the order of the article's chapters.
[[nodiscard]] const std::vector<Experiment>& experiments();

/// Throws Error(Usage) that lists the known ids.
[[nodiscard]] const Experiment& experimentNamed(std::string_view id);

/// Its settings as addresses have them, "n=7,channels=16"; the others are standard. Throws
/// Error(Usage) as settingValues() does.
[[nodiscard]] SettingValues settingsIn(const Experiment& experiment, const std::string& list);

/// Everything that needs no device, and the verdict on it. Throws Error(Usage) where the settings
/// can't be built.
[[nodiscard]] ExperimentReport countExperiment(const Experiment& experiment, SettingValues values);

/// Whole networks of the family that were measured with other settings and are the same with these
/// keep their times, and aren't measured anew.
void keepTimes(const ExperimentReport& before, ExperimentReport& report);

} // namespace inceptoscope
