#pragma once

#include "vulkan/api.h"

#include <filesystem>
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

/// The file that measured forms of convolutions are kept in (session/tuner.h).
[[nodiscard]] std::filesystem::path tunedFormsFile(VkPhysicalDevice device);

/// Sentences about what stands in the cache folder where files of this device belong, and can't
/// be used; nearly always none. Deletes temporary files that a crash left there.
[[nodiscard]] std::vector<std::string> cacheObjections(VkPhysicalDevice device);

/// The pipeline cache of one device and driver version, in the cache folder. Empty when there is
/// none, or it is not for this driver or damaged.
[[nodiscard]] std::vector<char> readCacheFile(VkPhysicalDevice device);

/// Throws Error(Io).
void writeCacheFile(VkPhysicalDevice device, const std::vector<char>& data);

} // namespace inceptoscope
