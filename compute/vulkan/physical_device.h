#pragma once

#include "vulkan/device_info.h"

#include <vulkan/vulkan_core.h>

#include <optional>

namespace inceptoscope {

/// The first queue family that computes.
[[nodiscard]] std::optional<uint32_t> computeQueueFamily(VkPhysicalDevice device);

/// Bits of the queue's timestamps that count; 0: it has none.
[[nodiscard]] uint32_t timestampBits(VkPhysicalDevice device, uint32_t family);

[[nodiscard]] bool hasExtension(VkPhysicalDevice device, const char* name);

[[nodiscard]] DeviceInfo describeDevice(VkPhysicalDevice device, uint32_t index);

} // namespace inceptoscope
