#pragma once

#include "vulkan/device_info.h"

#include <string>

namespace inceptoscope {

/// What /etc/os-release says (os-release(5)); empty where there is none.
[[nodiscard]] std::string osRelease();

/// Where the system's own archive has a newer driver that was measured to be faster (README.md of
/// kernels): how much, and the command that installs it, one sentence. Empty elsewhere.
[[nodiscard]] std::string newerDriver(const DeviceInfo& device, const std::string& osRelease);

} // namespace inceptoscope
