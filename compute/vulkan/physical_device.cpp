#include "vulkan/physical_device.h"
#include "ascii.h"
#include "error.h"
#include "vulkan/device.h"

#include <algorithm>
#include <cstring>

namespace inceptoscope {

namespace {

std::string typeName(VkPhysicalDeviceType type)
{
    switch (type) {
    case VK_PHYSICAL_DEVICE_TYPE_DISCRETE_GPU:
        return "discrete";
    case VK_PHYSICAL_DEVICE_TYPE_INTEGRATED_GPU:
        return "integrated";
    case VK_PHYSICAL_DEVICE_TYPE_VIRTUAL_GPU:
        return "virtual";
    case VK_PHYSICAL_DEVICE_TYPE_CPU:
        return "cpu";
    default:
        return "other";
    }
}

std::string version(uint32_t v)
{
    return std::to_string(VK_API_VERSION_MAJOR(v)) + "." + std::to_string(VK_API_VERSION_MINOR(v)) +
           "." + std::to_string(VK_API_VERSION_PATCH(v));
}

int rank(const DeviceInfo& info)
{
    static constexpr const char* order[] = {"discrete", "integrated", "virtual", "other", "cpu"};
    return int(std::find(std::begin(order), std::end(order), info.type) - std::begin(order));
}

void fillLimits(DeviceInfo& info, VkPhysicalDevice device, const VkPhysicalDeviceProperties& p)
{
    info.maxStorageBufferRange = p.limits.maxStorageBufferRange;
    info.maxTexelBufferElements = p.limits.maxTexelBufferElements;
    info.workgroupInvocations = p.limits.maxComputeWorkGroupInvocations;
    info.sharedBytes = p.limits.maxComputeSharedMemorySize;
    info.bindingAlignment = uint32_t(std::max(
        {VkDeviceSize(16), p.limits.minStorageBufferOffsetAlignment,
         p.limits.minTexelBufferOffsetAlignment}));
    VkPhysicalDeviceMemoryProperties memory;
    vkGetPhysicalDeviceMemoryProperties(device, &memory);
    for (uint32_t i = 0; i < memory.memoryHeapCount; ++i)
        if ((memory.memoryHeaps[i].flags & VK_MEMORY_HEAP_DEVICE_LOCAL_BIT) != 0)
            info.memoryBytes = std::max(info.memoryBytes, memory.memoryHeaps[i].size);
}

std::string whyUnusable(
    VkPhysicalDevice device, const VkPhysicalDeviceProperties& p,
    const VkPhysicalDeviceVulkan12Features& features12)
{
    if (p.apiVersion < VK_API_VERSION_1_2)
        return "it speaks Vulkan " + version(p.apiVersion) + ", 1.2 is needed";
    if (!computeQueueFamily(device))
        return "it has no compute queue";
    if (features12.bufferDeviceAddress == VK_FALSE)
        return "it lacks the feature bufferDeviceAddress";
    if (p.limits.maxPushConstantsSize < 128)
        return "it has fewer than 128 bytes of push constants";
    if (p.limits.maxPerStageDescriptorStorageBuffers < mostBindings)
        return "it binds fewer than " + std::to_string(mostBindings) +
               " storage buffers to a shader";
    return {};
}

} // namespace

bool hasExtension(VkPhysicalDevice device, const char* name)
{
    uint32_t count = 0;
    vkEnumerateDeviceExtensionProperties(device, nullptr, &count, nullptr);
    std::vector<VkExtensionProperties> all(count);
    vkEnumerateDeviceExtensionProperties(device, nullptr, &count, all.data());
    return std::any_of(all.begin(), all.end(), [&](const VkExtensionProperties& e) {
        return std::strcmp(e.extensionName, name) == 0;
    });
}

static std::vector<VkQueueFamilyProperties> queueFamilies(VkPhysicalDevice device)
{
    uint32_t count = 0;
    vkGetPhysicalDeviceQueueFamilyProperties(device, &count, nullptr);
    std::vector<VkQueueFamilyProperties> families(count);
    vkGetPhysicalDeviceQueueFamilyProperties(device, &count, families.data());
    return families;
}

uint32_t timestampBits(VkPhysicalDevice device, uint32_t family)
{
    return queueFamilies(device)[family].timestampValidBits;
}

std::optional<uint32_t> computeQueueFamily(VkPhysicalDevice device)
{
    const std::vector<VkQueueFamilyProperties> families = queueFamilies(device);
    for (uint32_t i = 0; i < families.size(); ++i)
        if ((families[i].queueFlags & VK_QUEUE_COMPUTE_BIT) != 0)
            return i;
    return std::nullopt;
}

std::optional<MesaVersion> mesaVersion(const std::string& driverInfo)
{
    MesaVersion version;
    if (std::sscanf(driverInfo.c_str(), "Mesa %u.%u", &version.series, &version.release) != 2)
        return std::nullopt;
    return version;
}

bool hasLargeTexelBuffers(const DeviceInfo& info)
{
    return info.maxTexelBufferElements >= (1U << 26U);
}

/// On vectors of 512 bits Mesa 26.1's compiler overruns its stack at every shader that stores words
/// of 64 bits; 22.3 and 25.0 are well with them. What came between or will come isn't known.
static bool crashesOnWideStores(const std::string& name, const std::string& driverInfo)
{
    const std::optional<MesaVersion> mesa = mesaVersion(driverInfo);
    return name.find("512 bits") != std::string::npos && (!mesa || *mesa > MesaVersion{25, 0});
}

DeviceInfo describeDevice(VkPhysicalDevice device, uint32_t index)
{
    VkPhysicalDeviceSubgroupProperties subgroup{};
    subgroup.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_SUBGROUP_PROPERTIES;
    VkPhysicalDeviceMaintenance3Properties maintenance{};
    maintenance.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_MAINTENANCE_3_PROPERTIES;
    maintenance.pNext = &subgroup;
    VkPhysicalDeviceDriverProperties driver{};
    driver.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_DRIVER_PROPERTIES;
    driver.pNext = &maintenance;
    VkPhysicalDeviceProperties2 properties{};
    properties.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_PROPERTIES_2;
    properties.pNext = &driver;
    vkGetPhysicalDeviceProperties2(device, &properties);
    const VkPhysicalDeviceProperties& p = properties.properties;

    VkPhysicalDeviceVulkan12Features features12{};
    features12.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_VULKAN_1_2_FEATURES;
    VkPhysicalDeviceVulkan11Features features11{};
    features11.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_VULKAN_1_1_FEATURES;
    features11.pNext = &features12;
    VkPhysicalDeviceFeatures2 features{};
    features.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_FEATURES_2;
    features.pNext = &features11;
    if (p.apiVersion >= VK_API_VERSION_1_2)
        vkGetPhysicalDeviceFeatures2(device, &features);

    DeviceInfo info;
    info.index = index;
    info.name = p.deviceName;
    info.type = typeName(p.deviceType);
    info.driver = std::string(driver.driverName) + ", " + driver.driverInfo;
    info.apiVersion = version(p.apiVersion);
    info.maxAllocationBytes = maintenance.maxMemoryAllocationSize;
    info.subgroupSize = subgroup.subgroupSize;
    info.subgroupArithmetic =
        (subgroup.supportedStages & VK_SHADER_STAGE_COMPUTE_BIT) != 0 &&
        (subgroup.supportedOperations & VK_SUBGROUP_FEATURE_ARITHMETIC_BIT) != 0;
    info.timestampNanoseconds =
        p.limits.timestampComputeAndGraphics != VK_FALSE ? double(p.limits.timestampPeriod) : 0.0;
    info.fp16 = features12.shaderFloat16 != VK_FALSE;
    info.fp16Storage = info.fp16 && features11.storageBuffer16BitAccess != VK_FALSE;
    info.cooperativeMatrix = hasExtension(device, "VK_KHR_cooperative_matrix") ||
                             hasExtension(device, "VK_NV_cooperative_matrix");
    fillLimits(info, device, p);
    info.texelReads = info.driver.starts_with("llvmpipe") &&
                      features.features.shaderInt64 != VK_FALSE && hasLargeTexelBuffers(info);
    info.wideStores = info.texelReads && !crashesOnWideStores(info.name, driver.driverInfo);
    info.reason = whyUnusable(device, p, features12);
    info.usable = info.reason.empty();
    return info;
}

std::vector<DeviceInfo> Instance::devices() const
{
    std::vector<DeviceInfo> result;
    for (const VkPhysicalDevice device : physicalDevices())
        result.push_back(describeDevice(device, uint32_t(result.size())));
    return result;
}

static std::string listing(const std::vector<DeviceInfo>& devices)
{
    std::string all;
    for (const DeviceInfo& d : devices)
        all += (all.empty() ? "" : ", ") + std::to_string(d.index) + " = " + d.name;
    return all;
}

/// Those that `spec` means, the best first: usable ones, then by rank, then in the loader's order.
/// A number is an index, unless there is none such: then a part of a name, as all else; the whole
/// name goes before parts.
static std::vector<DeviceInfo> matching(const std::vector<DeviceInfo>& devices, std::string spec)
{
    spec = ascii::lower(spec);
    const auto those = [&](const auto& fits) {
        std::vector<DeviceInfo> found;
        std::copy_if(devices.begin(), devices.end(), std::back_inserter(found), fits);
        std::stable_sort(found.begin(), found.end(), [](const DeviceInfo& a, const DeviceInfo& b) {
            return std::pair(!a.usable, rank(a)) < std::pair(!b.usable, rank(b));
        });
        return found;
    };
    auto found = those([&](const DeviceInfo& d) { return std::to_string(d.index) == spec; });
    if (found.empty())
        found = those([&](const DeviceInfo& d) { return ascii::lower(d.name) == spec; });
    if (found.empty())
        found = those(
            [&](const DeviceInfo& d) { return ascii::lower(d.name).find(spec) != spec.npos; });
    return found;
}

DeviceInfo chooseDevice(const std::vector<DeviceInfo>& devices, const std::string& spec)
{
    const std::vector<DeviceInfo> found = matching(devices, spec);
    if (found.empty() && !spec.empty())
        throw Error(
            ErrorKind::Usage,
            "device \"" + spec + "\" doesn't exist; the devices are: " + listing(devices));
    if (!found.empty() && found.front().usable)
        return found.front();
    if (!spec.empty())
        throw Error(
            ErrorKind::NoDevice,
            "Vulkan: the device " + found.front().name + " can't be used: " + found.front().reason);
    std::string why;
    for (const DeviceInfo& d : devices)
        why += (why.empty() ? "" : "; ") + d.name + ": " + d.reason;
    throw Error(ErrorKind::NoDevice, "Vulkan: no device can be used (" + why + ")");
}

} // namespace inceptoscope
