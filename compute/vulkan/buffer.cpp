#include "vulkan/buffer.h"

#include "error.h"

#include <algorithm>

namespace inceptoscope {

namespace {

VkBufferUsageFlags usage(MemoryUse use)
{
    switch (use) {
    case MemoryUse::Device:
        return VK_BUFFER_USAGE_STORAGE_BUFFER_BIT | VK_BUFFER_USAGE_UNIFORM_TEXEL_BUFFER_BIT |
               VK_BUFFER_USAGE_SHADER_DEVICE_ADDRESS_BIT | VK_BUFFER_USAGE_TRANSFER_SRC_BIT |
               VK_BUFFER_USAGE_TRANSFER_DST_BIT;
    case MemoryUse::Upload:
        return VK_BUFFER_USAGE_TRANSFER_SRC_BIT;
    case MemoryUse::Readback:
        return VK_BUFFER_USAGE_TRANSFER_DST_BIT;
    }
    return 0;
}

} // namespace

Buffer::Buffer(const Device& device, MemoryUse use, uint64_t bytes, const std::string& what)
    : m_device(device.handle())
    , m_size(std::max<uint64_t>(bytes, 16))
{
    if (m_size > device.info().maxAllocationBytes)
        throw Error(
            ErrorKind::OutOfMemory, "Vulkan: " + what + " need " + mebibytes(m_size) +
                                        " in one piece, " + device.info().name + " allows " +
                                        mebibytes(device.info().maxAllocationBytes));
    const std::string doing = "allocating " + mebibytes(m_size) + " for " + what;

    const VkBufferCreateInfo info{
        .sType = VK_STRUCTURE_TYPE_BUFFER_CREATE_INFO,
        .pNext = nullptr,
        .flags = 0,
        .size = m_size,
        .usage = usage(use),
        .sharingMode = VK_SHARING_MODE_EXCLUSIVE,
        .queueFamilyIndexCount = 0,
        .pQueueFamilyIndices = nullptr};
    VkBuffer buffer = VK_NULL_HANDLE;
    check(vkCreateBuffer(m_device, &info, nullptr, &buffer), doing);
    m_buffer = {m_device, buffer};

    VkMemoryRequirements needs;
    vkGetBufferMemoryRequirements(m_device, buffer, &needs);
    constexpr VkMemoryPropertyFlags host =
        VK_MEMORY_PROPERTY_HOST_VISIBLE_BIT | VK_MEMORY_PROPERTY_HOST_COHERENT_BIT;
    const bool onDevice = use == MemoryUse::Device;
    const uint32_t type =
        onDevice ? device.memoryType(needs.memoryTypeBits, VK_MEMORY_PROPERTY_DEVICE_LOCAL_BIT, 0)
                 : device.memoryType(
                       needs.memoryTypeBits, host,
                       use == MemoryUse::Readback ? VK_MEMORY_PROPERTY_HOST_CACHED_BIT : 0);
    const VkMemoryAllocateFlagsInfo flags{
        .sType = VK_STRUCTURE_TYPE_MEMORY_ALLOCATE_FLAGS_INFO,
        .pNext = nullptr,
        .flags = VK_MEMORY_ALLOCATE_DEVICE_ADDRESS_BIT,
        .deviceMask = 0};
    const VkMemoryAllocateInfo allocation{
        .sType = VK_STRUCTURE_TYPE_MEMORY_ALLOCATE_INFO,
        .pNext = onDevice ? &flags : nullptr,
        .allocationSize = needs.size,
        .memoryTypeIndex = type};
    VkDeviceMemory memory = VK_NULL_HANDLE;
    check(vkAllocateMemory(m_device, &allocation, nullptr, &memory), doing);
    m_memory = {m_device, memory};
    check(vkBindBufferMemory(m_device, buffer, memory, 0), doing);

    if (onDevice) {
        const VkBufferDeviceAddressInfo at{
            .sType = VK_STRUCTURE_TYPE_BUFFER_DEVICE_ADDRESS_INFO,
            .pNext = nullptr,
            .buffer = buffer};
        m_address = vkGetBufferDeviceAddress(m_device, &at);
    }
    if (!onDevice || device.isHostMemory(type)) {
        void* mapped = nullptr;
        check(vkMapMemory(m_device, memory, 0, VK_WHOLE_SIZE, 0, &mapped), doing);
        m_mapped = static_cast<std::byte*>(mapped);
    }
}

VkBufferView Buffer::view(VkFormat format, uint64_t offset, uint64_t bytes)
{
    auto& slot = m_views[ViewKey{format, offset, bytes}];
    if (!slot) {
        const VkBufferViewCreateInfo info{
            .sType = VK_STRUCTURE_TYPE_BUFFER_VIEW_CREATE_INFO,
            .pNext = nullptr,
            .flags = 0,
            .buffer = m_buffer.get(),
            .format = format,
            .offset = offset,
            .range = bytes};
        VkBufferView view = VK_NULL_HANDLE;
        check(vkCreateBufferView(m_device, &info, nullptr, &view), "creating a buffer view");
        slot = {m_device, view};
    }
    return slot.get();
}

} // namespace inceptoscope
