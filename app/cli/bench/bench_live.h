#pragma once

#include "cli/command.h"
#include "graph/tensor_layout.h"

#include <string>
#include <vector>

namespace inceptoscope {

/// The live pipeline measured: "bench --live".
struct LiveBench
{
    bool on = false;
    size_t frames = 50;
    std::string module;    ///< on stage; empty: the first Inception module
    bool evidence = false; ///< Grad-CAM of the leading class at that module, too
};
void addLiveOptions(CLI::App& bench, LiveBench& options);
[[nodiscard]] int benchLive(
    const LiveBench& options, const std::vector<std::string>& networks, Precision precision,
    const std::string& device, bool json);

} // namespace inceptoscope
