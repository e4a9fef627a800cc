#pragma once

#include "vulkan/api.h"
#include "vulkan/device_info.h"
#include "vulkan/handle.h"

#include <functional>
#include <limits>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace inceptoscope {

struct InstanceOptions
{
    /// Core and synchronisation validation. Also switched on by INCEPTOSCOPE_VALIDATION=1.
    bool validation = false;
};

/// INCEPTOSCOPE_VALIDATION is set, and not to 0.
[[nodiscard]] bool validationRequested();

/// The Vulkan loader and driver. Throws Error(NoDevice) that says what to install where no
/// driver is found.
class Instance
{
public:
    explicit Instance(const InstanceOptions& options = {});
    ~Instance();
    Instance(const Instance&) = delete;
    Instance& operator=(const Instance&) = delete;

    [[nodiscard]] VkInstance handle() const { return m_instance; }
    [[nodiscard]] bool validating() const { return m_messenger != VK_NULL_HANDLE; }
    /// Warnings and errors of the validation layers since the instance was made. Tests fail on any.
    [[nodiscard]] std::vector<std::string> validationMessages() const;
    /// All physical devices, usable or not; index is the position.
    [[nodiscard]] std::vector<DeviceInfo> devices() const;

private:
    friend class Device;
    [[nodiscard]] std::vector<VkPhysicalDevice> physicalDevices() const;
    static VkBool32 VKAPI_PTR report(
        VkDebugUtilsMessageSeverityFlagBitsEXT severity, VkDebugUtilsMessageTypeFlagsEXT type,
        const VkDebugUtilsMessengerCallbackDataEXT* data, void* self);

    VkInstance m_instance = VK_NULL_HANDLE;
    bool m_owned = true; ///< false: it is the kept one, see vector_width.h
    VkDebugUtilsMessengerEXT m_messenger = VK_NULL_HANDLE;
    mutable std::mutex m_mutex;
    std::vector<std::string> m_messages;
};

/// Picks a device by number, or the best usable one of those whose name is `spec`, or else holds it
/// (case ignored; an empty one fits all): discrete, integrated, virtual, cpu. Throws Error(Usage)
/// that lists the devices when `spec` matches none, Error(NoDevice) when none is usable.
[[nodiscard]] DeviceInfo
chooseDevice(const std::vector<DeviceInfo>& devices, const std::string& spec);

/// Withholds what a device has, to see what a lesser one would do. For tests.
struct DeviceLimits
{
    uint64_t memoryBytes = std::numeric_limits<uint64_t>::max();
    uint64_t storageBufferRange = std::numeric_limits<uint64_t>::max();
    uint64_t texelBufferElements = std::numeric_limits<uint64_t>::max();
    uint32_t workgroupInvocations = std::numeric_limits<uint32_t>::max();
    uint32_t sharedBytes = std::numeric_limits<uint32_t>::max();
    bool fp16 = true;
    bool timestamps = true;
    bool hostMemory = true; ///< false: even a CPU's memory counts as apart from the host's
    bool wideStores = true; ///< see DeviceInfo
};

/// A logical device with one compute queue and the pipelines cached on disk. One thread.
class Device
{
public:
    explicit Device(
        const Instance& instance, const std::string& spec = {}, const DeviceLimits& limits = {});
    ~Device(); ///< waits for the device and saves the pipeline cache
    Device(const Device&) = delete;
    Device& operator=(const Device&) = delete;

    /// Another logical device of the same kind, with a queue of its own. May be made, and used, in
    /// another thread.
    [[nodiscard]] std::unique_ptr<Device> another() const;

    [[nodiscard]] const DeviceInfo& info() const { return m_info; }
    [[nodiscard]] VkDevice handle() const { return m_device.get(); }
    [[nodiscard]] VkPhysicalDevice physical() const { return m_physical; }
    [[nodiscard]] VkQueue queue() const { return m_queue; }
    [[nodiscard]] uint32_t queueFamily() const { return m_queueFamily; }
    [[nodiscard]] VkPipelineCache pipelineCache() const { return m_pipelineCache.get(); }

    /// Nanoseconds between two timestamps of the queue; their counter may wrap.
    [[nodiscard]] double nanoseconds(uint64_t from, uint64_t to) const;

    /// A memory type with all `required` flags, preferring `preferred`.
    [[nodiscard]] uint32_t memoryType(
        uint32_t allowed, VkMemoryPropertyFlags required, VkMemoryPropertyFlags preferred) const;
    /// True for a type of memory on a device that has only the host's: nothing needs copying.
    [[nodiscard]] bool isHostMemory(uint32_t type) const;
    /// Bytes that can still be allocated in device-local memory (VK_EXT_memory_budget where
    /// present, else the heap's size; for a device that is the CPU no more than the computer has
    /// free).
    [[nodiscard]] uint64_t availableBytes() const;
    /// Writes the pipeline cache to disk, atomically. Never throws: a cache is a convenience.
    void savePipelineCache() const noexcept;

private:
    Device(VkPhysicalDevice physical, const DeviceInfo& info, bool hostMemory);
    void open();
    [[nodiscard]] uint64_t budgetBytes() const;

    VkPhysicalDevice m_physical = VK_NULL_HANDLE;
    DeviceInfo m_info;
    DeviceHandle m_device;
    Handle<VkPipelineCache, vkDestroyPipelineCache> m_pipelineCache;
    VkQueue m_queue = VK_NULL_HANDLE;
    uint32_t m_queueFamily = 0;
    uint64_t m_timestampMask = ~uint64_t(0);
    bool m_memoryBudget = false;
    bool m_hostMemory = true;
};

} // namespace inceptoscope
