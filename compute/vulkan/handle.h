#pragma once

#include "vulkan/api.h"

#include <cstdint>
#include <string>
#include <utility>

namespace inceptoscope {

/// Throws Error (OutOfMemory, DeviceLost or Unsupported) unless `result` is a success.
/// `what` is what was being done: "allocating 45 MiB of device memory".
void check(VkResult result, const std::string& what);

/// "45 MiB", rounded up: what something needs.
[[nodiscard]] std::string mebibytes(uint64_t bytes);
/// "45 MiB", rounded down: what there is.
[[nodiscard]] std::string mebibytesDown(uint64_t bytes);

/// Owns a VkDevice.
class DeviceHandle
{
public:
    DeviceHandle() = default;
    explicit DeviceHandle(VkDevice device)
        : m_device(device)
    {
    }
    ~DeviceHandle()
    {
        if (m_device != VK_NULL_HANDLE)
            vkDestroyDevice(m_device, nullptr);
    }
    DeviceHandle(DeviceHandle&& other) noexcept
        : m_device(std::exchange(other.m_device, VK_NULL_HANDLE))
    {
    }
    DeviceHandle& operator=(DeviceHandle&& other) noexcept
    {
        std::swap(m_device, other.m_device);
        return *this;
    }
    [[nodiscard]] VkDevice get() const { return m_device; }

private:
    VkDevice m_device = VK_NULL_HANDLE;
};

/// Owns an object that belongs to a VkDevice. Declare it after the device: declaration order
/// is destruction order.
template <class T, void(VKAPI_PTR* Destroy)(VkDevice, T, const VkAllocationCallbacks*)> class Handle
{
public:
    Handle() = default;
    Handle(VkDevice device, T object)
        : m_device(device)
        , m_object(object)
    {
    }
    ~Handle() { reset(); }
    Handle(Handle&& other) noexcept
        : m_device(other.m_device)
        , m_object(std::exchange(other.m_object, VK_NULL_HANDLE))
    {
    }
    Handle& operator=(Handle&& other) noexcept
    {
        std::swap(m_device, other.m_device);
        std::swap(m_object, other.m_object);
        return *this;
    }
    [[nodiscard]] T get() const { return m_object; }
    explicit operator bool() const { return m_object != VK_NULL_HANDLE; }
    void reset()
    {
        if (m_object != VK_NULL_HANDLE)
            Destroy(m_device, std::exchange(m_object, VK_NULL_HANDLE), nullptr);
    }

private:
    VkDevice m_device = VK_NULL_HANDLE;
    T m_object = VK_NULL_HANDLE;
};

} // namespace inceptoscope
