#include "vulkan/handle.h"

#include "error.h"

namespace inceptoscope {

std::string mebibytes(uint64_t bytes)
{
    return std::to_string((bytes + (1U << 20) - 1) >> 20) + " MiB";
}

std::string mebibytesDown(uint64_t bytes)
{
    return std::to_string(bytes >> 20) + " MiB";
}

void check(VkResult result, const std::string& what)
{
    switch (result) {
    case VK_SUCCESS:
    case VK_INCOMPLETE:
        return;
    case VK_ERROR_OUT_OF_HOST_MEMORY:
    case VK_ERROR_OUT_OF_DEVICE_MEMORY:
    case VK_ERROR_OUT_OF_POOL_MEMORY:
    case VK_ERROR_TOO_MANY_OBJECTS:
        throw Error(
            ErrorKind::OutOfMemory,
            "Vulkan: out of memory while " + what +
                "; close other programs or choose another device with --device");
    case VK_ERROR_DEVICE_LOST:
        throw Error(
            ErrorKind::DeviceLost, "Vulkan: the device stopped answering while " + what +
                                       "; run again, and update its driver if it happens twice");
    default:
        throw Error(
            ErrorKind::Unsupported, "Vulkan: " + what + " failed with code " +
                                        std::to_string(result) +
                                        "; try another device with --device");
    }
}

} // namespace inceptoscope
