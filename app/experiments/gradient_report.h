#pragma once

#include "experiments/gradient_norms.h"

namespace inceptoscope {

/// What one kind of weights gives, without heads and, where there are any, with them.
struct GradientPasses
{
    GradientNorms without;
    std::optional<GradientNorms> with;
};

/// `share`: of the whole work, for the progress.
[[nodiscard]] GradientPasses runPasses(
    const Network& network, const TensorSource& weights, bool heads, const SettingValues& values,
    ExperimentBench& bench, double share);

/// Figures of the first and the last Inception module, and what the heads change behind them.
void addEnds(
    ExperimentReport& report, const Network& network, const std::vector<ModuleId>& modules,
    const GradientPasses& passes);

/// Table and plot over all modules.
void addModules(
    ExperimentReport& report, const Network& network, const std::vector<ModuleId>& modules,
    const GradientPasses& passes);

/// The other initialisations beside it: what the first module gets of each. After addModules().
void addComparison(
    ExperimentReport& report, const Network& network, const std::vector<ModuleId>& modules,
    const SettingValues& values, ExperimentBench& bench, double share);

} // namespace inceptoscope
