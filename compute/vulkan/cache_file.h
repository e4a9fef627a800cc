#pragma once

#include <vulkan/vulkan_core.h>

#include <filesystem>
#include <vector>

namespace inceptoscope {

/// $XDG_CACHE_HOME/inceptoscope, or ~/.cache/inceptoscope; empty where neither is known. It need
/// not exist.
[[nodiscard]] std::filesystem::path cacheFolder();

/// The pipeline cache of one device and driver version, in the cache folder. Empty when there is
/// none, or it is not for this driver or damaged.
[[nodiscard]] std::vector<char> readCacheFile(VkPhysicalDevice device);

/// Written beside its place and renamed, so that a crash never leaves half a file. Throws
/// std::filesystem::filesystem_error.
void writeCacheFile(VkPhysicalDevice device, const std::vector<char>& data);

} // namespace inceptoscope
