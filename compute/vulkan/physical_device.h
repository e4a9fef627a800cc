#pragma once

#include "vulkan/api.h"
#include "vulkan/device_info.h"

#include <compare>
#include <optional>
#include <string>

namespace inceptoscope {

/// The first queue family that computes.
[[nodiscard]] std::optional<uint32_t> computeQueueFamily(VkPhysicalDevice device);

/// Bits of the queue's timestamps that count; 0: it has none.
[[nodiscard]] uint32_t timestampBits(VkPhysicalDevice device, uint32_t family);

[[nodiscard]] bool hasExtension(VkPhysicalDevice device, const char* name);

/// "25.0" of "Mesa 25.0.7-2 (LLVM 19.1.7)", as a driver's own information has it.
struct MesaVersion
{
    unsigned series = 0;
    unsigned release = 0;

    // clang-tidy 14 takes the operator for a null pointer.
    [[nodiscard]] auto operator<=>(const MesaVersion&) const = default; // NOLINT
};
/// Nothing where the text is another driver's.
[[nodiscard]] std::optional<MesaVersion> mesaVersion(const std::string& driverInfo);

/// Whether one can see the largest tensor of any network; 65,536 elements are all that is promised.
[[nodiscard]] bool hasLargeTexelBuffers(const DeviceInfo& info);

[[nodiscard]] DeviceInfo describeDevice(VkPhysicalDevice device, uint32_t index);

} // namespace inceptoscope
