#include "vulkan/vector_width.h"

#include "error.h"
#include "vulkan/cache_file.h"
#include "vulkan/device.h"
#include "vulkan/physical_device.h"
#include "vulkan/process_limits.h"

#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <optional>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

namespace inceptoscope {

namespace {

constexpr const char* widthVariable = "LP_NATIVE_VECTOR_WIDTH";

VkInstance kept = VK_NULL_HANDLE;

bool hasWideVectors()
{
#if defined(__x86_64__) && defined(__GNUC__)
    __builtin_cpu_init();
    return __builtin_cpu_supports("avx512f") != 0 && __builtin_cpu_supports("avx512bw") != 0 &&
           __builtin_cpu_supports("avx512dq") != 0 && __builtin_cpu_supports("avx512vl") != 0;
#else
    return false;
#endif
}

/// An environment variable for a while: what it was before comes back, unless it is to stay.
class Variable
{
public:
    Variable(const char* name, const std::string& value)
        : m_name(name)
    {
        if (const char* before = std::getenv(name))
            m_before = before;
        setenv(name, value.c_str(), 1);
    }
    ~Variable()
    {
        if (m_stays)
            return;
        if (m_before)
            setenv(m_name, m_before->c_str(), 1);
        else
            unsetenv(m_name);
    }
    Variable(const Variable&) = delete;
    Variable& operator=(const Variable&) = delete;

    void stay() { m_stays = true; }

private:
    const char* m_name;
    std::optional<std::string> m_before;
    bool m_stays = false;
};

/// Where Mesa shall keep what it compiled for vectors of so many bits; empty where there is no
/// place.
std::filesystem::path shaderFolder(const std::string& bits)
{
    std::filesystem::path folder;
    if (const char* chosen = std::getenv("MESA_SHADER_CACHE_DIR"))
        folder = std::filesystem::path(chosen) / bits;
    else if (const std::filesystem::path ours = cacheFolder(); !ours.empty())
        folder = ours / ("llvmpipe-" + bits);
    std::error_code error;
    if (!folder.empty())
        std::filesystem::create_directories(folder, error);
    return error ? std::filesystem::path() : folder;
}

Variable chooseShaderFolder(const std::string& bits)
{
    const std::filesystem::path folder = shaderFolder(bits);
    if (folder.empty())
        return {"MESA_SHADER_CACHE_DISABLE", "true"};
    return {"MESA_SHADER_CACHE_DIR", folder.string()};
}

VkInstance makeInstance()
{
    const VkApplicationInfo app{
        .sType = VK_STRUCTURE_TYPE_APPLICATION_INFO,
        .pNext = nullptr,
        .pApplicationName = "Inceptoscope",
        .applicationVersion = 1,
        .pEngineName = "Inceptoscope",
        .engineVersion = 1,
        .apiVersion = VK_API_VERSION_1_2};
    const VkInstanceCreateInfo info{
        .sType = VK_STRUCTURE_TYPE_INSTANCE_CREATE_INFO,
        .pNext = nullptr,
        .flags = 0,
        .pApplicationInfo = &app,
        .enabledLayerCount = 0,
        .ppEnabledLayerNames = nullptr,
        .enabledExtensionCount = 0,
        .ppEnabledExtensionNames = nullptr};
    VkInstance instance = VK_NULL_HANDLE;
    // Where there is no driver, whoever wants one will say so.
    return vkCreateInstance(&info, nullptr, &instance) == VK_SUCCESS ? instance : VK_NULL_HANDLE;
}

struct Llvmpipe
{
    VkPhysicalDevice device = VK_NULL_HANDLE;
    WidthVerdict verdict = WidthVerdict::Unknown; ///< of wide vectors
};

/// Mesa 22.3, 25.0 and 26.1 were tried (kernels/README.md); others are, on the machine, once.
WidthVerdict verdictOf(VkPhysicalDevice device, const MesaVersion& mesa)
{
    for (const MesaVersion& tried : {MesaVersion{22, 3}, MesaVersion{25, 0}, MesaVersion{26, 1}})
        if (mesa == tried)
            return WidthVerdict::Works;
    return readWidthVerdict(device);
}

/// Since some release after 25.0 the width is read anew whenever a device is opened: beside a
/// window the variable is gone by then, and code of two widths would meet.
bool keepsItsWidth(const MesaVersion& mesa)
{
    return mesa <= MesaVersion{25, 0};
}

Llvmpipe llvmpipeOf(VkInstance instance, Beside beside)
{
    uint32_t count = 0;
    vkEnumeratePhysicalDevices(instance, &count, nullptr);
    std::vector<VkPhysicalDevice> devices(count);
    vkEnumeratePhysicalDevices(instance, &count, devices.data());
    devices.resize(count);
    for (const VkPhysicalDevice device : devices) {
        VkPhysicalDeviceDriverProperties driver{};
        driver.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_DRIVER_PROPERTIES;
        VkPhysicalDeviceProperties2 properties{};
        properties.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_PROPERTIES_2;
        properties.pNext = &driver;
        vkGetPhysicalDeviceProperties2(device, &properties);
        const std::optional<MesaVersion> mesa = mesaVersion(driver.driverInfo);
        if (driver.driverID == VK_DRIVER_ID_MESA_LLVMPIPE && mesa &&
            (beside == Beside::Nothing || keepsItsWidth(*mesa)))
            return {device, verdictOf(device, *mesa)};
    }
    return {};
}

/// The driver reads its environment a last time when an instance's first device is opened.
void openOnce(VkPhysicalDevice physical)
{
    const std::optional<uint32_t> family = computeQueueFamily(physical);
    if (!family)
        return;
    const float priority = 1.0F;
    const VkDeviceQueueCreateInfo queue{
        .sType = VK_STRUCTURE_TYPE_DEVICE_QUEUE_CREATE_INFO,
        .pNext = nullptr,
        .flags = 0,
        .queueFamilyIndex = *family,
        .queueCount = 1,
        .pQueuePriorities = &priority};
    const VkDeviceCreateInfo info{
        .sType = VK_STRUCTURE_TYPE_DEVICE_CREATE_INFO,
        .pNext = nullptr,
        .flags = 0,
        .queueCreateInfoCount = 1,
        .pQueueCreateInfos = &queue,
        .enabledLayerCount = 0,
        .ppEnabledLayerNames = nullptr,
        .enabledExtensionCount = 0,
        .ppEnabledExtensionNames = nullptr,
        .pEnabledFeatures = nullptr};
    VkDevice device = VK_NULL_HANDLE;
    if (vkCreateDevice(physical, &info, nullptr, &device) == VK_SUCCESS)
        vkDestroyDevice(device, nullptr);
}

/// Would a window make instances besides the one that is kept?
bool sharesVulkan()
{
    const char* drawing = std::getenv("QSG_RHI_BACKEND");
    return (drawing != nullptr && std::strcmp(drawing, "vulkan") == 0) || validationRequested();
}

/// An instance whose llvmpipe works on wide vectors; null where there is none. Where the driver
/// isn't known it is tried, in a process made while this one has no driver and none of its threads.
VkInstance wideInstance(Beside beside, const WidthTrial& trial)
{
    VkInstance instance = makeInstance();
    Llvmpipe found = instance == VK_NULL_HANDLE ? Llvmpipe() : llvmpipeOf(instance, beside);
    if (found.device != VK_NULL_HANDLE && found.verdict == WidthVerdict::Unknown && trial) {
        vkDestroyInstance(instance, nullptr);
        const bool works = worksInChild(trial);
        instance = makeInstance();
        found = instance == VK_NULL_HANDLE ? Llvmpipe() : llvmpipeOf(instance, beside);
        found.verdict = works ? WidthVerdict::Works : WidthVerdict::Fails;
        if (found.device != VK_NULL_HANDLE)
            writeWidthVerdict(found.device, found.verdict);
    }
    if (found.device != VK_NULL_HANDLE && found.verdict == WidthVerdict::Works)
        return instance;
    if (instance != VK_NULL_HANDLE)
        vkDestroyInstance(instance, nullptr);
    return VK_NULL_HANDLE;
}

} // namespace

void preferWideVectors(Beside beside, const WidthTrial& trial)
{
    static bool done = false;
    if (std::exchange(done, true))
        return;
    if (const char* wanted = std::getenv(widthVariable)) {
        chooseShaderFolder(wanted).stay();
        return;
    }
    if (!hasWideVectors() || (beside == Beside::Window && sharesVulkan()))
        return;
    try {
        requireThreadsAndAddressSpace(); // some drivers crash without
    } catch (const Error&) {
        return; // whoever wants a device will say so
    }
    Variable folder = chooseShaderFolder("512");
    Variable width(widthVariable, "512");
    kept = wideInstance(beside, trial);
    if (kept == VK_NULL_HANDLE)
        return;
    folder.stay();
    if (beside == Beside::Window)
        openOnce(llvmpipeOf(kept, beside).device);
    else
        width.stay();
}

VkInstance keptInstance()
{
    return kept;
}

} // namespace inceptoscope
