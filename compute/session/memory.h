#pragma once

#include "kernels/dispatch.h"
#include "vulkan/buffer.h"
#include "vulkan/pipeline.h"
#include "vulkan/recorder.h"

#include <array>
#include <optional>

namespace inceptoscope {

/// What shaders are compiled for where they run on the device.
[[nodiscard]] ShaderTarget shaderTarget(const DeviceInfo& device);

/// Bytes that one binding can see on the device.
[[nodiscard]] uint64_t bindableBytes(Access access, const DeviceInfo& device);

/// The buffers behind the kinds of Memory, and how a Dispatch becomes commands on them.
class DeviceMemory
{
public:
    /// With pipelines of its own, or those that are `common` to several sessions and outlive them.
    explicit DeviceMemory(const Device& device, Pipelines* common = nullptr)
        : m_device(device)
        , m_pipelines(common != nullptr ? *common : m_ownPipelines.emplace(device))
    {
    }
    /// Pictures, statistics and maps of its own; activations, weights, sums and pipelines are
    /// those of `network`, which must outlive it.
    explicit DeviceMemory(DeviceMemory& network)
        : m_device(network.m_device)
        , m_pipelines(network.m_pipelines)
        , m_network(&network)
    {
    }
    DeviceMemory(const DeviceMemory&) = delete;
    DeviceMemory& operator=(const DeviceMemory&) = delete;

    /// Makes the buffer at least this large; its contents are lost when it grows. Only while
    /// the device is idle, and commands recorded on a buffer that grows must be recorded anew.
    Buffer& require(Memory memory, uint64_t bytes);
    [[nodiscard]] Buffer& at(Memory memory)
    {
        return shared(memory) ? m_network->at(memory) : *m_buffers[size_t(memory)];
    }

    /// A host-visible buffer, grown likewise.
    Buffer& upload(uint64_t bytes) { return grow(m_upload, MemoryUse::Upload, bytes, "uploads"); }
    /// Gives the uploading buffer back; the next upload() makes it anew.
    void releaseUpload() { m_upload.reset(); }
    Buffer& readback(uint64_t bytes)
    {
        return grow(m_readback, MemoryUse::Readback, bytes, "results");
    }

    /// All buffers of its own.
    [[nodiscard]] uint64_t bytes() const;

    /// Throws Error(Unsupported) where a slice is larger than the device can bind.
    void record(Recorder& recorder, const Dispatch& dispatch);
    /// What the dispatch is recorded with; made on first use.
    [[nodiscard]] Pipeline& pipeline(const Dispatch& dispatch);

private:
    Buffer& grow(std::optional<Buffer>& buffer, MemoryUse use, uint64_t bytes, const char* what);
    [[nodiscard]] bool shared(Memory memory) const
    {
        return m_network != nullptr &&
               (memory == Memory::Arena || memory == Memory::Weights || memory == Memory::Sums);
    }
    [[nodiscard]] BufferSlice slice(const Dispatch& dispatch, const Binding& binding);

    const Device& m_device;
    std::optional<Pipelines> m_ownPipelines;
    Pipelines& m_pipelines;
    DeviceMemory* m_network = nullptr;
    std::array<std::optional<Buffer>, 7> m_buffers;
    std::optional<Buffer> m_upload;
    std::optional<Buffer> m_readback;
};

} // namespace inceptoscope
