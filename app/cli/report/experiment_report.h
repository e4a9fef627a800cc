#pragma once

#include "cli/output.h"
#include "experiments/experiment.h"

namespace inceptoscope {

/// {"id","title","chapter","claim","source","settings":[...]}: what can be tried.
[[nodiscard]] Json experimentListJson();
[[nodiscard]] std::string experimentListText();

/// {"id","claim","source","set","sides","ratios","figures","verdict","holds"}, "device" and
/// "input". Times are null where nothing was measured.
[[nodiscard]] Json experimentJson(const Experiment& experiment, const ExperimentReport& report);
[[nodiscard]] std::string
experimentText(const Experiment& experiment, const ExperimentReport& report);

} // namespace inceptoscope
