// A Vulkan driver that the loader takes for one and that doesn't start: vkCreateInstance returns
// the code in INCEPTOSCOPE_DRIVER_RESULT.
#include <vulkan/vulkan_core.h>

#include <cstdlib>
#include <cstring>

static VkResult VKAPI_CALL createInstance(
    const VkInstanceCreateInfo* /*info*/, const VkAllocationCallbacks* /*with*/,
    VkInstance* /*made*/)
{
    const char* result = std::getenv("INCEPTOSCOPE_DRIVER_RESULT");
    return VkResult(std::atoi(result == nullptr ? "-3" : result));
}

static VkResult VKAPI_CALL
extensions(const char* /*layer*/, uint32_t* count, VkExtensionProperties* /*all*/)
{
    *count = 0;
    return VK_SUCCESS;
}

extern "C" VKAPI_ATTR PFN_vkVoidFunction VKAPI_CALL
vk_icdGetInstanceProcAddr(VkInstance /*instance*/, const char* name)
{
    if (std::strcmp(name, "vkCreateInstance") == 0)
        return reinterpret_cast<PFN_vkVoidFunction>(createInstance);
    if (std::strcmp(name, "vkEnumerateInstanceExtensionProperties") == 0)
        return reinterpret_cast<PFN_vkVoidFunction>(extensions);
    return nullptr;
}

extern "C" VKAPI_ATTR VkResult VKAPI_CALL
vk_icdNegotiateLoaderICDInterfaceVersion(uint32_t* version)
{
    *version = 5;
    return VK_SUCCESS;
}
