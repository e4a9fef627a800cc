#include "vulkan/device.h"

#include "error.h"
#include "vulkan/cache_file.h"
#include "vulkan/physical_device.h"

#include <algorithm>
#include <fstream>

namespace inceptoscope {

namespace {

VkDevice
createDevice(VkPhysicalDevice physical, const DeviceInfo& info, uint32_t family, bool memoryBudget)
{
    const float priority = 1.0F;
    const VkDeviceQueueCreateInfo queue{
        .sType = VK_STRUCTURE_TYPE_DEVICE_QUEUE_CREATE_INFO,
        .pNext = nullptr,
        .flags = 0,
        .queueFamilyIndex = family,
        .queueCount = 1,
        .pQueuePriorities = &priority};
    VkPhysicalDeviceVulkan12Features features{};
    features.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_VULKAN_1_2_FEATURES;
    features.bufferDeviceAddress = VK_TRUE;
    features.shaderFloat16 = info.fp16 ? VK_TRUE : VK_FALSE;
    VkPhysicalDeviceFeatures basic{};
    basic.shaderInt64 = info.texelReads ? VK_TRUE : VK_FALSE;
    const char* extension = VK_EXT_MEMORY_BUDGET_EXTENSION_NAME;
    VkPhysicalDeviceVulkan11Features features11{};
    features11.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_VULKAN_1_1_FEATURES;
    features11.pNext = &features;
    features11.storageBuffer16BitAccess = info.fp16Storage ? VK_TRUE : VK_FALSE;
    const VkDeviceCreateInfo create{
        .sType = VK_STRUCTURE_TYPE_DEVICE_CREATE_INFO,
        .pNext = &features11,
        .flags = 0,
        .queueCreateInfoCount = 1,
        .pQueueCreateInfos = &queue,
        .enabledLayerCount = 0,
        .ppEnabledLayerNames = nullptr,
        .enabledExtensionCount = memoryBudget ? 1U : 0U,
        .ppEnabledExtensionNames = &extension,
        .pEnabledFeatures = &basic};
    VkDevice device = VK_NULL_HANDLE;
    check(vkCreateDevice(physical, &create, nullptr, &device), "opening the device");
    return device;
}

VkPipelineCache createCache(VkDevice device, const std::vector<char>& data)
{
    const VkPipelineCacheCreateInfo info{
        .sType = VK_STRUCTURE_TYPE_PIPELINE_CACHE_CREATE_INFO,
        .pNext = nullptr,
        .flags = 0,
        .initialDataSize = data.size(),
        .pInitialData = data.data()};
    VkPipelineCache cache = VK_NULL_HANDLE;
    check(vkCreatePipelineCache(device, &info, nullptr, &cache), "creating the pipeline cache");
    return cache;
}

/// What the computer can still give to a program (proc(5)); where that is unknown, no limit.
uint64_t freeHostBytes()
{
    std::ifstream file("/proc/meminfo");
    std::string word;
    while (file >> word) {
        uint64_t kibibytes = 0;
        if (word == "MemAvailable:" && file >> kibibytes)
            return kibibytes * 1024;
    }
    return std::numeric_limits<uint64_t>::max();
}

void limit(DeviceInfo& info, const DeviceLimits& limits)
{
    const auto cap = [](auto& has, auto most) { has = std::min(has, most); };
    cap(info.memoryBytes, limits.memoryBytes);
    cap(info.maxStorageBufferRange, limits.storageBufferRange);
    cap(info.maxTexelBufferElements, limits.texelBufferElements);
    cap(info.workgroupInvocations, limits.workgroupInvocations);
    cap(info.sharedBytes, limits.sharedBytes);
    info.fp16Storage = info.fp16Storage && limits.fp16;
    if (!limits.timestamps)
        info.timestampNanoseconds = 0;
    info.texelReads = info.texelReads && hasLargeTexelBuffers(info);
    info.wideStores = info.texelReads && info.wideStores && limits.wideStores;
}

} // namespace

Device::Device(const Instance& instance, const std::string& spec, const DeviceLimits& limits)
    : m_info(chooseDevice(instance.devices(), spec))
{
    limit(m_info, limits);
    m_hostMemory = limits.hostMemory;
    m_physical = instance.physicalDevices()[m_info.index];
    open();
}

Device::Device(VkPhysicalDevice physical, const DeviceInfo& info, bool hostMemory)
    : m_physical(physical)
    , m_info(info)
    , m_hostMemory(hostMemory)
{
    open();
}

std::unique_ptr<Device> Device::another() const
{
    return std::unique_ptr<Device>(new Device(m_physical, m_info, m_hostMemory));
}

void Device::open()
{
    m_queueFamily = *computeQueueFamily(m_physical);
    m_memoryBudget = hasExtension(m_physical, VK_EXT_MEMORY_BUDGET_EXTENSION_NAME);
    m_device = DeviceHandle(createDevice(m_physical, m_info, m_queueFamily, m_memoryBudget));
    vkGetDeviceQueue(m_device.get(), m_queueFamily, 0, &m_queue);
    const uint32_t bits = timestampBits(m_physical, m_queueFamily);
    m_timestampMask = bits >= 64 ? ~uint64_t(0) : (uint64_t(1) << bits) - 1;
    if (bits == 0)
        m_info.timestampNanoseconds = 0;
    m_pipelineCache = {m_device.get(), createCache(m_device.get(), readCacheFile(m_physical))};
}

Device::~Device()
{
    if (m_device.get() != VK_NULL_HANDLE)
        vkDeviceWaitIdle(m_device.get());
    savePipelineCache();
}

double Device::nanoseconds(uint64_t from, uint64_t to) const
{
    return double((to - from) & m_timestampMask) * m_info.timestampNanoseconds;
}

uint32_t Device::memoryType(
    uint32_t allowed, VkMemoryPropertyFlags required, VkMemoryPropertyFlags preferred) const
{
    VkPhysicalDeviceMemoryProperties memory;
    vkGetPhysicalDeviceMemoryProperties(m_physical, &memory);
    for (const VkMemoryPropertyFlags wanted : {required | preferred, required}) {
        for (uint32_t i = 0; i < memory.memoryTypeCount; ++i) {
            const bool fits = (memory.memoryTypes[i].propertyFlags & wanted) == wanted;
            if (fits && (allowed & (1U << i)) != 0)
                return i;
        }
    }
    throw Error(
        ErrorKind::Unsupported,
        "Vulkan: " + m_info.name + " has no memory of the kind that is needed");
}

bool Device::isHostMemory(uint32_t type) const
{
    constexpr VkMemoryPropertyFlags host = VK_MEMORY_PROPERTY_HOST_VISIBLE_BIT |
                                           VK_MEMORY_PROPERTY_HOST_COHERENT_BIT |
                                           VK_MEMORY_PROPERTY_HOST_CACHED_BIT;
    VkPhysicalDeviceMemoryProperties memory;
    vkGetPhysicalDeviceMemoryProperties(m_physical, &memory);
    return m_hostMemory && m_info.type == "cpu" &&
           (memory.memoryTypes[type].propertyFlags & host) == host;
}

uint64_t Device::availableBytes() const
{
    uint64_t available = m_info.memoryBytes;
    if (m_memoryBudget)
        available = std::min(available, budgetBytes());
    if (m_info.type == "cpu")
        available = std::min(available, freeHostBytes());
    return available;
}

uint64_t Device::budgetBytes() const
{
    VkPhysicalDeviceMemoryBudgetPropertiesEXT budget{};
    budget.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_MEMORY_BUDGET_PROPERTIES_EXT;
    VkPhysicalDeviceMemoryProperties2 memory{};
    memory.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_MEMORY_PROPERTIES_2;
    memory.pNext = &budget;
    vkGetPhysicalDeviceMemoryProperties2(m_physical, &memory);
    uint64_t available = 0;
    for (uint32_t i = 0; i < memory.memoryProperties.memoryHeapCount; ++i) {
        const bool local =
            (memory.memoryProperties.memoryHeaps[i].flags & VK_MEMORY_HEAP_DEVICE_LOCAL_BIT) != 0;
        const uint64_t free =
            budget.heapBudget[i] - std::min(budget.heapBudget[i], budget.heapUsage[i]);
        if (local)
            available = std::max(available, free);
    }
    return available;
}

void Device::savePipelineCache() const noexcept
{
    if (!m_pipelineCache)
        return;
    try {
        size_t size = 0;
        if (vkGetPipelineCacheData(m_device.get(), m_pipelineCache.get(), &size, nullptr) !=
            VK_SUCCESS)
            return;
        std::vector<char> data(size);
        if (vkGetPipelineCacheData(m_device.get(), m_pipelineCache.get(), &size, data.data()) !=
            VK_SUCCESS)
            return;
        data.resize(size);
        writeCacheFile(m_physical, data);
    } catch (const std::exception&) {
        // A cache that can't be written only costs time at the next start.
    }
}

} // namespace inceptoscope
