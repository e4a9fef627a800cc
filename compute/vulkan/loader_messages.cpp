#include "vulkan/loader_messages.h"

#include "vulkan/api.h"

#include <optional>
#include <string_view>

namespace inceptoscope {

namespace {

VkBool32 VKAPI_PTR listen(
    VkDebugUtilsMessageSeverityFlagBitsEXT severity, VkDebugUtilsMessageTypeFlagsEXT /*type*/,
    const VkDebugUtilsMessengerCallbackDataEXT* data, void* to)
{
    auto* messages = static_cast<LoaderMessages*>(to);
    constexpr std::string_view found = "Found ICD manifest file ";
    const std::string_view text = data->pMessage;
    if (severity >= VK_DEBUG_UTILS_MESSAGE_SEVERITY_WARNING_BIT_EXT)
        messages->warnings.emplace_back(text);
    else if (text.starts_with(found))
        messages->manifests.emplace_back(
            text.substr(found.size(), text.find(", version", found.size()) - found.size()));
    return VK_FALSE;
}

/// The rest of `text` from the first slash on, up to `end`.
std::string pathIn(std::string_view text, std::string_view end)
{
    const size_t from = text.find('/');
    return std::string(
        from == std::string_view::npos ? text : text.substr(from, text.find(end, from) - from));
}

/// Of what the loaders of 1.3.239 and 1.4.309 say: what concerns a driver, and what it means. A
/// manifest that an environment variable names and that doesn't exist is no driver.
std::optional<std::string> fault(std::string_view text)
{
    const auto says = [&](std::string_view part) {
        return text.find(part) != std::string_view::npos;
    };
    if (says("Failed to parse JSON file"))
        return "the manifest " + pathIn(text, ",") + " of a driver can't be read";
    if (says("Invalid JSON file /")) { // as 1.4.309 says it, with a full stop
        std::string path = pathIn(text, "\n");
        path.erase(path.find_last_not_of('.') + 1);
        return "the manifest " + path + " of a driver can't be read";
    }
    if (says("ICD JSON file")) // lacks an entry
        return "the manifest " + pathIn(text, ". Skipping") + " of a driver is incomplete";
    if (says("Attempt to retrieve") && says("from ICD"))
        return "the library " + pathIn(text.substr(text.find("from ICD")), " failed") +
               " is no Vulkan driver";
    if (says("Failed to CreateInstance in ICD") || says("from call to vkCreateInstance in ICD"))
        return "a driver doesn't start";
    // As dlopen() says it: the library, a colon, the reason.
    if ((says(".so: ") || says(".so.")) && !says("layer"))
        return "a driver can't be loaded (" + pathIn(text, "\n") + ")";
    return std::nullopt;
}

std::string list(const std::vector<std::string>& names)
{
    std::string all;
    for (const std::string& name : names)
        all += (all.empty() ? "" : ", ") + name;
    return all;
}

} // namespace

LoaderMessages listenToLoader()
{
    LoaderMessages messages;
    const VkApplicationInfo app{
        .sType = VK_STRUCTURE_TYPE_APPLICATION_INFO,
        .pNext = nullptr,
        .pApplicationName = nullptr,
        .applicationVersion = 0,
        .pEngineName = nullptr,
        .engineVersion = 0,
        .apiVersion = VK_API_VERSION_1_2};
    const VkDebugUtilsMessengerCreateInfoEXT messenger{
        .sType = VK_STRUCTURE_TYPE_DEBUG_UTILS_MESSENGER_CREATE_INFO_EXT,
        .pNext = nullptr,
        .flags = 0,
        .messageSeverity = VK_DEBUG_UTILS_MESSAGE_SEVERITY_INFO_BIT_EXT |
                           VK_DEBUG_UTILS_MESSAGE_SEVERITY_WARNING_BIT_EXT |
                           VK_DEBUG_UTILS_MESSAGE_SEVERITY_ERROR_BIT_EXT,
        .messageType = VK_DEBUG_UTILS_MESSAGE_TYPE_GENERAL_BIT_EXT,
        .pfnUserCallback = listen,
        .pUserData = &messages};
    const char* extension = VK_EXT_DEBUG_UTILS_EXTENSION_NAME; // the loader's own
    const VkInstanceCreateInfo info{
        .sType = VK_STRUCTURE_TYPE_INSTANCE_CREATE_INFO,
        .pNext = &messenger,
        .flags = 0,
        .pApplicationInfo = &app,
        .enabledLayerCount = 0,
        .ppEnabledLayerNames = nullptr,
        .enabledExtensionCount = 1,
        .ppEnabledExtensionNames = &extension};
    VkInstance instance = VK_NULL_HANDLE;
    if (vkCreateInstance(&info, nullptr, &instance) == VK_SUCCESS)
        vkDestroyInstance(instance, nullptr);
    return messages;
}

std::string brokenDriver(const LoaderMessages& messages, bool outOfMemory)
{
    constexpr const char* remedy =
        "; reinstall it (on Debian: sudo apt install --reinstall mesa-vulkan-drivers), or name the "
        "manifest of another one in VK_DRIVER_FILES";
    std::optional<std::string> found;
    for (const std::string& text : messages.warnings)
        if (!found)
            found = fault(text);
    if (!found && outOfMemory && !messages.manifests.empty())
        found = "a driver doesn't start, as if there were no memory";
    if (!found)
        return {};
    if (found->starts_with("a driver doesn't start"))
        *found += " (" + list(messages.manifests) + ")";
    return "Vulkan: " + *found + remedy;
}

} // namespace inceptoscope
