#pragma once

#include "vulkan/buffer.h"
#include "vulkan/pipeline.h"

#include <array>
#include <span>
#include <vector>

namespace inceptoscope {

/// A part of a buffer as a shader sees it.
struct BufferSlice
{
    Buffer* buffer = nullptr;
    uint64_t offset = 0; ///< bytes
    uint64_t bytes = 0;
    bool written = false; ///< the shader writes (and may read) it
};

struct Groups
{
    uint32_t x = 1;
    uint32_t y = 1;
    uint32_t z = 1;
};

/// Memory that a shader reaches through addresses in its push constants is not listed: it
/// must not change while commands run (weights).
///
/// Records one reusable command buffer. The only place that records Vulkan commands. Barriers
/// are put only where data flows: before an access that conflicts with one since the last
/// barrier. Descriptor sets live in a pool of the recorder's own.
class Recorder
{
public:
    explicit Recorder(const Device& device);

    /// Starts (over); frees the sets of an earlier recording.
    void begin();
    void end();

    /// `bindings` in the order of the pipeline's.
    void dispatch(
        const Pipeline& pipeline, std::span<const BufferSlice> bindings,
        std::span<const std::byte> push, const Groups& groups);
    void copy(const BufferSlice& from, const BufferSlice& to);
    void fillZero(const BufferSlice& slice);
    /// Everything before happens before everything after, the host's reads included.
    void barrier();
    void resetQueries(VkQueryPool pool, uint32_t first, uint32_t count);
    void timestamp(VkQueryPool pool, uint32_t index);

    [[nodiscard]] VkCommandBuffer commands() const { return m_commands; }
    [[nodiscard]] uint32_t dispatches() const { return m_dispatches; }
    [[nodiscard]] uint32_t barriers() const { return m_barriers; }

private:
    struct Access
    {
        VkBuffer buffer;
        uint64_t begin;
        uint64_t end;
        bool written;
    };
    void access(const BufferSlice& slice, bool written);
    [[nodiscard]] bool conflicts(const BufferSlice& slice, bool written) const;
    VkDescriptorSet allocate(const Pipeline& pipeline);

    const Device& m_device;
    Handle<VkCommandPool, vkDestroyCommandPool> m_pool;
    std::vector<Handle<VkDescriptorPool, vkDestroyDescriptorPool>> m_setPools;
    VkCommandBuffer m_commands = VK_NULL_HANDLE;
    std::vector<Access> m_accesses;
    uint32_t m_dispatches = 0;
    uint32_t m_barriers = 0;
};

/// Submits command buffers in order and waits for the last. Throws Error(DeviceLost).
class Submitter
{
public:
    explicit Submitter(const Device& device);
    void run(std::span<const VkCommandBuffer> commands, const std::string& what);

private:
    const Device& m_device;
    Handle<VkFence, vkDestroyFence> m_fence;
};

} // namespace inceptoscope
