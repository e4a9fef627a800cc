#pragma once

#include <vulkan/vulkan_core.h>

#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace inceptoscope {

/// $XDG_CACHE_HOME/inceptoscope, or ~/.cache/inceptoscope; empty where neither is known. It need
/// not exist.
[[nodiscard]] std::filesystem::path cacheFolder();

/// A file in the cache folder, without a suffix, for one device and driver: its name has vendor,
/// device, driver version and the driver's cache UUID, so that any change starts afresh. Empty
/// where there is no such folder.
[[nodiscard]] std::filesystem::path cacheFile(VkPhysicalDevice device, const std::string& what);

/// Written beside its place and renamed, so that a crash never leaves half a file; nothing where
/// it can't be written. Throws std::filesystem::filesystem_error.
void writeWhole(const std::filesystem::path& path, std::span<const char> data);

/// The pipeline cache of one device and driver version, in the cache folder. Empty when there is
/// none, or it is not for this driver or damaged.
[[nodiscard]] std::vector<char> readCacheFile(VkPhysicalDevice device);

/// Throws std::filesystem::filesystem_error.
void writeCacheFile(VkPhysicalDevice device, const std::vector<char>& data);

} // namespace inceptoscope
