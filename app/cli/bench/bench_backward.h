#pragma once

#include "cli/command.h"
#include "cli/output.h"

#include <string>
#include <vector>

namespace inceptoscope {

/// A run forward and backward beside the forward run alone, in turns: "bench --backward".
struct BackwardBench
{
    std::string wrt; ///< "input" (from one class's logit) or "parameters" (from a loss); else off
};
void addBackwardOptions(CLI::App& bench, BackwardBench& options);
[[nodiscard]] int benchBackward(
    const BackwardBench& options, const std::vector<std::string>& networks, size_t runs,
    const std::string& device, bool json);

} // namespace inceptoscope
