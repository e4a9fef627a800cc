#include "error.h"
#include "vulkan/device.h"
#include "vulkan/loader_messages.h"
#include "vulkan/process_limits.h"
#include "vulkan/vector_width.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <cstring>

namespace inceptoscope {

namespace {

constexpr const char* validationLayer = "VK_LAYER_KHRONOS_validation";

bool hasLayer(const char* name)
{
    uint32_t count = 0;
    vkEnumerateInstanceLayerProperties(&count, nullptr);
    std::vector<VkLayerProperties> layers(count);
    vkEnumerateInstanceLayerProperties(&count, layers.data());
    return std::any_of(layers.begin(), layers.end(), [&](const VkLayerProperties& l) {
        return std::strcmp(l.layerName, name) == 0;
    });
}

/// Starting or listing the drivers ended with `result`, or there is no device.
[[noreturn]] void noDriver(VkResult result)
{
    const std::string broken =
        brokenDriver(listenToLoader(), result == VK_ERROR_OUT_OF_HOST_MEMORY);
    if (!broken.empty())
        throw Error(ErrorKind::NoDevice, broken);
    check(result == VK_ERROR_OUT_OF_HOST_MEMORY ? result : VK_SUCCESS, "starting the drivers");
    throw Error(
        ErrorKind::NoDevice, "Vulkan: no driver is installed; on Debian install one with: "
                             "sudo apt install mesa-vulkan-drivers");
}

} // namespace

bool validationRequested()
{
    const char* value = std::getenv("INCEPTOSCOPE_VALIDATION");
    return value != nullptr && std::strcmp(value, "0") != 0 && *value != '\0';
}

Instance::Instance(const InstanceOptions& options)
{
    requireThreadsAndAddressSpace();
    const bool validate = options.validation || validationRequested();
    if (!validate && keptInstance() != VK_NULL_HANDLE) {
        m_instance = keptInstance();
        m_owned = false;
        return;
    }
    uint32_t version = 0;
    if (vkEnumerateInstanceVersion(&version) != VK_SUCCESS || version < VK_API_VERSION_1_2)
        throw Error(ErrorKind::NoDevice, "Vulkan: the loader is older than version 1.2; update it");

    if (validate && !hasLayer(validationLayer))
        throw Error(
            ErrorKind::NoDevice,
            "Vulkan: validation was asked for but its layer isn't installed; on Debian: "
            "sudo apt install vulkan-validationlayers");

    const VkApplicationInfo app{
        .sType = VK_STRUCTURE_TYPE_APPLICATION_INFO,
        .pNext = nullptr,
        .pApplicationName = "Inceptoscope",
        .applicationVersion = 1,
        .pEngineName = "Inceptoscope",
        .engineVersion = 1,
        .apiVersion = VK_API_VERSION_1_2};
    const VkDebugUtilsMessengerCreateInfoEXT messenger{
        .sType = VK_STRUCTURE_TYPE_DEBUG_UTILS_MESSENGER_CREATE_INFO_EXT,
        .pNext = nullptr,
        .flags = 0,
        .messageSeverity = VK_DEBUG_UTILS_MESSAGE_SEVERITY_WARNING_BIT_EXT |
                           VK_DEBUG_UTILS_MESSAGE_SEVERITY_ERROR_BIT_EXT,
        .messageType = VK_DEBUG_UTILS_MESSAGE_TYPE_VALIDATION_BIT_EXT |
                       VK_DEBUG_UTILS_MESSAGE_TYPE_GENERAL_BIT_EXT,
        .pfnUserCallback = report,
        .pUserData = this};
    const std::array features{VK_VALIDATION_FEATURE_ENABLE_SYNCHRONIZATION_VALIDATION_EXT};
    const VkValidationFeaturesEXT validation{
        .sType = VK_STRUCTURE_TYPE_VALIDATION_FEATURES_EXT,
        .pNext = &messenger,
        .enabledValidationFeatureCount = uint32_t(features.size()),
        .pEnabledValidationFeatures = features.data(),
        .disabledValidationFeatureCount = 0,
        .pDisabledValidationFeatures = nullptr};
    const char* extension = VK_EXT_DEBUG_UTILS_EXTENSION_NAME;
    const VkInstanceCreateInfo info{
        .sType = VK_STRUCTURE_TYPE_INSTANCE_CREATE_INFO,
        .pNext = validate ? &validation : nullptr,
        .flags = 0,
        .pApplicationInfo = &app,
        .enabledLayerCount = validate ? 1U : 0U,
        .ppEnabledLayerNames = &validationLayer,
        .enabledExtensionCount = validate ? 1U : 0U,
        .ppEnabledExtensionNames = &extension};
    const VkResult result = vkCreateInstance(&info, nullptr, &m_instance);
    if (result == VK_ERROR_INCOMPATIBLE_DRIVER || result == VK_ERROR_INITIALIZATION_FAILED ||
        result == VK_ERROR_OUT_OF_HOST_MEMORY)
        noDriver(result);
    check(result, "creating the instance");

    if (validate) {
        const auto create = reinterpret_cast<PFN_vkCreateDebugUtilsMessengerEXT>(
            vkGetInstanceProcAddr(m_instance, "vkCreateDebugUtilsMessengerEXT"));
        check(create(m_instance, &messenger, nullptr, &m_messenger), "creating the messenger");
    }
}

Instance::~Instance()
{
    if (m_messenger != VK_NULL_HANDLE) {
        const auto destroy = reinterpret_cast<PFN_vkDestroyDebugUtilsMessengerEXT>(
            vkGetInstanceProcAddr(m_instance, "vkDestroyDebugUtilsMessengerEXT"));
        destroy(m_instance, m_messenger, nullptr);
    }
    if (m_owned && m_instance != VK_NULL_HANDLE)
        vkDestroyInstance(m_instance, nullptr);
}

VkBool32 Instance::report(
    VkDebugUtilsMessageSeverityFlagBitsEXT /*severity*/, VkDebugUtilsMessageTypeFlagsEXT type,
    const VkDebugUtilsMessengerCallbackDataEXT* data, void* self)
{
    // The loader's own remarks about other layers on the machine are general, not ours.
    if ((type & VK_DEBUG_UTILS_MESSAGE_TYPE_VALIDATION_BIT_EXT) == 0)
        return VK_FALSE;
    auto* instance = static_cast<Instance*>(self);
    const std::lock_guard lock(instance->m_mutex);
    instance->m_messages.emplace_back(data->pMessage);
    return VK_FALSE;
}

std::vector<std::string> Instance::validationMessages() const
{
    const std::lock_guard lock(m_mutex);
    return m_messages;
}

std::vector<VkPhysicalDevice> Instance::physicalDevices() const
{
    uint32_t count = 0;
    const VkResult result = vkEnumeratePhysicalDevices(m_instance, &count, nullptr);
    if (result == VK_ERROR_INITIALIZATION_FAILED || (result == VK_SUCCESS && count == 0))
        noDriver(result);
    check(result, "listing the devices");
    std::vector<VkPhysicalDevice> devices(count);
    check(vkEnumeratePhysicalDevices(m_instance, &count, devices.data()), "listing the devices");
    devices.resize(count);
    return devices;
}

} // namespace inceptoscope
