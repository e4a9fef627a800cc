#pragma once

#include "vulkan/device.h"

#include <map>
#include <span>
#include <string>

namespace inceptoscope {

enum class MemoryUse : uint32_t
{
    Device,   ///< read and written by shaders only
    Upload,   ///< written by the host in order, copied from
    Readback, ///< copied to, read by the host (cached where the device has it)
};

/// One big allocation; tensors are slices of it. Host-visible ones stay mapped and are
/// coherent. Throws Error(OutOfMemory).
class Buffer
{
public:
    /// `what` names it in messages: "weights", "activations".
    Buffer(const Device& device, MemoryUse use, uint64_t bytes, const std::string& what);

    [[nodiscard]] VkBuffer handle() const { return m_buffer.get(); }
    [[nodiscard]] uint64_t size() const { return m_size; }
    /// Address on the device; 0 unless MemoryUse::Device.
    [[nodiscard]] uint64_t address() const { return m_address; }
    /// The host's view; empty for MemoryUse::Device, unless the device works on the host's memory.
    [[nodiscard]] std::span<std::byte> mapped() const { return {m_mapped, m_mapped ? m_size : 0}; }

    /// A view of 4-channel texels over a slice; made once per (format, slice), lives as long
    /// as the buffer. `offset` is a multiple of the device's binding alignment.
    [[nodiscard]] VkBufferView view(VkFormat format, uint64_t offset, uint64_t bytes);

private:
    using ViewKey = std::tuple<VkFormat, uint64_t, uint64_t>;
    VkDevice m_device;
    uint64_t m_size;
    Handle<VkDeviceMemory, vkFreeMemory> m_memory;
    Handle<VkBuffer, vkDestroyBuffer> m_buffer;
    std::map<ViewKey, Handle<VkBufferView, vkDestroyBufferView>> m_views;
    uint64_t m_address = 0;
    std::byte* m_mapped = nullptr;
};

} // namespace inceptoscope
