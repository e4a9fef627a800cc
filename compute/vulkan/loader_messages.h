#pragma once

#include <string>
#include <vector>

namespace inceptoscope {

/// What the Vulkan loader says while it looks for drivers.
struct LoaderMessages
{
    std::vector<std::string> manifests; ///< of the drivers that it found
    std::vector<std::string> warnings;  ///< and errors
};

/// Has the loader start the drivers once more and listens. Slow: for when they didn't start.
[[nodiscard]] LoaderMessages listenToLoader();

/// What is wrong with a driver that the loader found and couldn't use, one sentence; empty where
/// it found none. `outOfMemory`: that is what starting them ended with, which is also what the
/// loader makes of a broken manifest or driver.
[[nodiscard]] std::string brokenDriver(const LoaderMessages& messages, bool outOfMemory);

} // namespace inceptoscope
