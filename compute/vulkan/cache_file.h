#pragma once

#include <vulkan/vulkan_core.h>

#include <vector>

namespace inceptoscope {

/// The pipeline cache of one device and driver version, under $XDG_CACHE_HOME/inceptoscope
/// (or ~/.cache/inceptoscope). Empty when there is none, or it is not for this driver or damaged.
[[nodiscard]] std::vector<char> readCacheFile(VkPhysicalDevice device);

/// Written beside its place and renamed, so that a crash never leaves half a file. Throws
/// std::filesystem::filesystem_error.
void writeCacheFile(VkPhysicalDevice device, const std::vector<char>& data);

} // namespace inceptoscope
