#include "vulkan/vector_width.h"

#include "vulkan/cache_file.h"

#include <vulkan/vulkan_core.h>

#include <cstdlib>
#include <filesystem>
#include <system_error>
#include <utility>

namespace inceptoscope {

namespace {

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

/// Where Mesa shall keep what it compiled; empty where there is no place.
std::filesystem::path shaderFolder()
{
    if (const char* chosen = std::getenv("MESA_SHADER_CACHE_DIR"))
        return std::filesystem::path(chosen) / "512";
    const std::filesystem::path ours = cacheFolder();
    return ours.empty() ? ours : ours / "llvmpipe-512";
}

/// Whatever Vulkan drivers there are read their environment now; they stay until the end.
void loadDrivers()
{
    const VkApplicationInfo app{
        .sType = VK_STRUCTURE_TYPE_APPLICATION_INFO,
        .pNext = nullptr,
        .pApplicationName = nullptr,
        .applicationVersion = 0,
        .pEngineName = nullptr,
        .engineVersion = 0,
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
    static VkInstance kept = VK_NULL_HANDLE;
    uint32_t count = 0;
    // Where there is no driver, whoever wants one will say so.
    if (vkCreateInstance(&info, nullptr, &kept) == VK_SUCCESS)
        vkEnumeratePhysicalDevices(kept, &count, nullptr);
}

} // namespace

void preferWideVectors()
{
    static bool done = false;
    constexpr const char* width = "LP_NATIVE_VECTOR_WIDTH";
    if (std::exchange(done, true) || !hasWideVectors() || std::getenv(width) != nullptr)
        return;
    const std::filesystem::path folder = shaderFolder();
    std::error_code error;
    if (!folder.empty())
        std::filesystem::create_directories(folder, error);
    if (folder.empty() || error)
        setenv("MESA_SHADER_CACHE_DISABLE", "true", 0);
    else
        setenv("MESA_SHADER_CACHE_DIR", folder.c_str(), 1);
    setenv(width, "512", 0);
    loadDrivers();
    unsetenv(width);
}

} // namespace inceptoscope
