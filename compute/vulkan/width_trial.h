#pragma once

#include "vulkan/api.h"

#include <functional>

namespace inceptoscope {

/// Computes something on a device of its own and says whether the result is right. It may crash.
using WidthTrial = std::function<bool()>;

/// What `trial` says in a child process, which has a minute; false where it crashes or hangs.
/// Takes what the environment is now. Only for a process that has no threads yet.
[[nodiscard]] bool worksInChild(const WidthTrial& trial);

/// Whether wide vectors are known to work with a device's driver: true or false from an earlier
/// trial on this driver version, kept in the cache folder; nothing where there was none.
enum class WidthVerdict
{
    Unknown,
    Works,
    Fails
};
[[nodiscard]] WidthVerdict readWidthVerdict(VkPhysicalDevice device);
/// Without a word where it can't be kept: then it is tried again.
void writeWidthVerdict(VkPhysicalDevice device, WidthVerdict verdict) noexcept;

} // namespace inceptoscope
