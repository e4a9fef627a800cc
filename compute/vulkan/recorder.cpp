#include "vulkan/recorder.h"

#include <algorithm>

namespace inceptoscope {

namespace {

constexpr uint32_t setsPerPool = 256;

Handle<VkCommandPool, vkDestroyCommandPool> makeCommandPool(const Device& device)
{
    const VkCommandPoolCreateInfo info{
        .sType = VK_STRUCTURE_TYPE_COMMAND_POOL_CREATE_INFO,
        .pNext = nullptr,
        .flags = VK_COMMAND_POOL_CREATE_RESET_COMMAND_BUFFER_BIT,
        .queueFamilyIndex = device.queueFamily()};
    VkCommandPool pool = VK_NULL_HANDLE;
    check(vkCreateCommandPool(device.handle(), &info, nullptr, &pool), "creating a command pool");
    return {device.handle(), pool};
}

Handle<VkDescriptorPool, vkDestroyDescriptorPool> makeSetPool(const Device& device)
{
    const std::array sizes{
        VkDescriptorPoolSize{VK_DESCRIPTOR_TYPE_UNIFORM_TEXEL_BUFFER, setsPerPool * 4},
        VkDescriptorPoolSize{VK_DESCRIPTOR_TYPE_STORAGE_BUFFER, setsPerPool * 4}};
    const VkDescriptorPoolCreateInfo info{
        .sType = VK_STRUCTURE_TYPE_DESCRIPTOR_POOL_CREATE_INFO,
        .pNext = nullptr,
        .flags = 0,
        .maxSets = setsPerPool,
        .poolSizeCount = uint32_t(sizes.size()),
        .pPoolSizes = sizes.data()};
    VkDescriptorPool pool = VK_NULL_HANDLE;
    check(
        vkCreateDescriptorPool(device.handle(), &info, nullptr, &pool),
        "creating a descriptor pool");
    return {device.handle(), pool};
}

VkFormat texelFormat(BindingKind kind)
{
    switch (kind) {
    case BindingKind::Texels:
        return VK_FORMAT_R32G32B32A32_SFLOAT;
    case BindingKind::HalfTexels:
        return VK_FORMAT_R16G16B16A16_SFLOAT;
    case BindingKind::Pixels:
        return VK_FORMAT_R8G8B8A8_UNORM;
    case BindingKind::Words:
        return VK_FORMAT_R32_UINT;
    case BindingKind::Storage:
        break;
    }
    return VK_FORMAT_UNDEFINED;
}

} // namespace

Recorder::Recorder(const Device& device)
    : m_device(device)
    , m_pool(makeCommandPool(device))
{
    const VkCommandBufferAllocateInfo info{
        .sType = VK_STRUCTURE_TYPE_COMMAND_BUFFER_ALLOCATE_INFO,
        .pNext = nullptr,
        .commandPool = m_pool.get(),
        .level = VK_COMMAND_BUFFER_LEVEL_PRIMARY,
        .commandBufferCount = 1};
    check(vkAllocateCommandBuffers(device.handle(), &info, &m_commands), "allocating commands");
}

void Recorder::begin()
{
    m_setPools.clear();
    m_accesses.clear();
    m_dispatches = 0;
    m_barriers = 0;
    const VkCommandBufferBeginInfo info{
        .sType = VK_STRUCTURE_TYPE_COMMAND_BUFFER_BEGIN_INFO,
        .pNext = nullptr,
        .flags = 0,
        .pInheritanceInfo = nullptr};
    check(vkBeginCommandBuffer(m_commands, &info), "recording commands");
    barrier(); // what earlier submissions wrote
}

void Recorder::end()
{
    barrier();
    check(vkEndCommandBuffer(m_commands), "recording commands");
}

bool Recorder::conflicts(const BufferSlice& slice, bool written) const
{
    const VkBuffer buffer = slice.buffer->handle();
    return std::any_of(m_accesses.begin(), m_accesses.end(), [&](const Access& a) {
        return a.buffer == buffer && (a.written || written) &&
               a.begin < slice.offset + slice.bytes && slice.offset < a.end;
    });
}

void Recorder::access(const BufferSlice& slice, bool written)
{
    m_accesses.push_back(
        {slice.buffer->handle(), slice.offset, slice.offset + slice.bytes, written});
}

VkDescriptorSet Recorder::allocate(const Pipeline& pipeline)
{
    const VkDescriptorSetLayout layout = pipeline.setLayout.get();
    for (int attempt = 0;; ++attempt) {
        if (m_setPools.empty() || attempt > 0)
            m_setPools.push_back(makeSetPool(m_device));
        const VkDescriptorSetAllocateInfo info{
            .sType = VK_STRUCTURE_TYPE_DESCRIPTOR_SET_ALLOCATE_INFO,
            .pNext = nullptr,
            .descriptorPool = m_setPools.back().get(),
            .descriptorSetCount = 1,
            .pSetLayouts = &layout};
        VkDescriptorSet set = VK_NULL_HANDLE;
        const VkResult result = vkAllocateDescriptorSets(m_device.handle(), &info, &set);
        const bool full =
            result == VK_ERROR_OUT_OF_POOL_MEMORY || result == VK_ERROR_FRAGMENTED_POOL;
        if (full && attempt == 0)
            continue;
        check(result, "allocating a descriptor set");
        return set;
    }
}

void Recorder::dispatch(
    const Pipeline& pipeline, std::span<const BufferSlice> bindings,
    std::span<const std::byte> push, const Groups& groups)
{
    if (std::any_of(bindings.begin(), bindings.end(), [&](const BufferSlice& s) {
            return conflicts(s, s.written);
        }))
        barrier();
    for (const BufferSlice& slice : bindings)
        access(slice, slice.written);

    const VkDescriptorSet set = allocate(pipeline);
    std::vector<VkDescriptorBufferInfo> buffers(bindings.size());
    std::vector<VkBufferView> views(bindings.size());
    std::vector<VkWriteDescriptorSet> writes(bindings.size());
    for (uint32_t i = 0; i < bindings.size(); ++i) {
        const BufferSlice& slice = bindings[i];
        const BindingKind kind = pipeline.bindings[i];
        buffers[i] = {slice.buffer->handle(), slice.offset, slice.bytes};
        if (kind != BindingKind::Storage)
            views[i] = slice.buffer->view(texelFormat(kind), slice.offset, slice.bytes);
        writes[i] = {
            .sType = VK_STRUCTURE_TYPE_WRITE_DESCRIPTOR_SET,
            .pNext = nullptr,
            .dstSet = set,
            .dstBinding = i,
            .dstArrayElement = 0,
            .descriptorCount = 1,
            .descriptorType = kind == BindingKind::Storage
                                  ? VK_DESCRIPTOR_TYPE_STORAGE_BUFFER
                                  : VK_DESCRIPTOR_TYPE_UNIFORM_TEXEL_BUFFER,
            .pImageInfo = nullptr,
            .pBufferInfo = &buffers[i],
            .pTexelBufferView = &views[i]};
    }
    vkUpdateDescriptorSets(m_device.handle(), uint32_t(writes.size()), writes.data(), 0, nullptr);
    vkCmdBindPipeline(m_commands, VK_PIPELINE_BIND_POINT_COMPUTE, pipeline.pipeline.get());
    vkCmdBindDescriptorSets(
        m_commands, VK_PIPELINE_BIND_POINT_COMPUTE, pipeline.layout.get(), 0, 1, &set, 0, nullptr);
    if (!push.empty())
        vkCmdPushConstants(
            m_commands, pipeline.layout.get(), VK_SHADER_STAGE_COMPUTE_BIT, 0,
            uint32_t(push.size()), push.data());
    vkCmdDispatch(m_commands, groups.x, groups.y, groups.z);
    ++m_dispatches;
}

void Recorder::copy(const BufferSlice& from, const BufferSlice& to)
{
    if (conflicts(from, false) || conflicts(to, true))
        barrier();
    access(from, false);
    access(to, true);
    const VkBufferCopy region{.srcOffset = from.offset, .dstOffset = to.offset, .size = from.bytes};
    vkCmdCopyBuffer(m_commands, from.buffer->handle(), to.buffer->handle(), 1, &region);
}

void Recorder::fillZero(const BufferSlice& slice)
{
    if (conflicts(slice, true))
        barrier();
    access(slice, true);
    vkCmdFillBuffer(m_commands, slice.buffer->handle(), slice.offset, slice.bytes, 0);
}

void Recorder::barrier()
{
    constexpr VkPipelineStageFlags work =
        VK_PIPELINE_STAGE_COMPUTE_SHADER_BIT | VK_PIPELINE_STAGE_TRANSFER_BIT;
    constexpr VkAccessFlags writes = VK_ACCESS_SHADER_WRITE_BIT | VK_ACCESS_TRANSFER_WRITE_BIT;
    const VkMemoryBarrier all{
        .sType = VK_STRUCTURE_TYPE_MEMORY_BARRIER,
        .pNext = nullptr,
        .srcAccessMask = writes,
        .dstAccessMask = writes | VK_ACCESS_SHADER_READ_BIT | VK_ACCESS_TRANSFER_READ_BIT |
                         VK_ACCESS_HOST_READ_BIT};
    vkCmdPipelineBarrier(
        m_commands, work, work | VK_PIPELINE_STAGE_HOST_BIT, 0, 1, &all, 0, nullptr, 0, nullptr);
    m_accesses.clear();
    ++m_barriers;
}

void Recorder::resetQueries(VkQueryPool pool, uint32_t first, uint32_t count)
{
    vkCmdResetQueryPool(m_commands, pool, first, count);
}

void Recorder::timestamp(VkQueryPool pool, uint32_t index)
{
    vkCmdWriteTimestamp(m_commands, VK_PIPELINE_STAGE_BOTTOM_OF_PIPE_BIT, pool, index);
}

Submitter::Submitter(const Device& device)
    : m_device(device)
{
    const VkFenceCreateInfo info{
        .sType = VK_STRUCTURE_TYPE_FENCE_CREATE_INFO, .pNext = nullptr, .flags = 0};
    VkFence fence = VK_NULL_HANDLE;
    check(vkCreateFence(device.handle(), &info, nullptr, &fence), "creating a fence");
    m_fence = {device.handle(), fence};
}

void Submitter::run(std::span<const VkCommandBuffer> commands, const std::string& what)
{
    const VkSubmitInfo info{
        .sType = VK_STRUCTURE_TYPE_SUBMIT_INFO,
        .pNext = nullptr,
        .waitSemaphoreCount = 0,
        .pWaitSemaphores = nullptr,
        .pWaitDstStageMask = nullptr,
        .commandBufferCount = uint32_t(commands.size()),
        .pCommandBuffers = commands.data(),
        .signalSemaphoreCount = 0,
        .pSignalSemaphores = nullptr};
    const VkFence fence = m_fence.get();
    check(vkResetFences(m_device.handle(), 1, &fence), what);
    check(vkQueueSubmit(m_device.queue(), 1, &info, fence), what);
    // Without a limit of our own: the driver ends what hangs and says that the device is lost,
    // while to give up on a slow one would free memory that it still writes.
    check(vkWaitForFences(m_device.handle(), 1, &fence, VK_TRUE, UINT64_MAX), what);
}

} // namespace inceptoscope
