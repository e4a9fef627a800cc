#pragma once

#include "kernels/dispatch.h"
#include "vulkan/buffer.h"
#include "vulkan/pipeline.h"
#include "vulkan/recorder.h"

#include <array>
#include <optional>

namespace inceptoscope {

/// Bytes that one binding can see on the device.
[[nodiscard]] uint64_t bindableBytes(Access access, const DeviceInfo& device);

/// The buffers behind the kinds of Memory, and how a Dispatch becomes commands on them.
class DeviceMemory
{
public:
    explicit DeviceMemory(const Device& device)
        : m_device(device)
        , m_pipelines(device)
    {
    }

    /// Makes the buffer at least this large; its contents are lost when it grows. Only while
    /// the device is idle, and commands recorded on a buffer that grows must be recorded anew.
    Buffer& require(Memory memory, uint64_t bytes);
    [[nodiscard]] Buffer& at(Memory memory) { return *m_buffers[size_t(memory)]; }

    /// A host-visible buffer, grown likewise.
    Buffer& upload(uint64_t bytes) { return grow(m_upload, MemoryUse::Upload, bytes, "uploads"); }
    /// Gives the uploading buffer back; the next upload() makes it anew.
    void releaseUpload() { m_upload.reset(); }
    Buffer& readback(uint64_t bytes)
    {
        return grow(m_readback, MemoryUse::Readback, bytes, "results");
    }

    /// Throws Error(Unsupported) where a slice is larger than the device can bind.
    void record(Recorder& recorder, const Dispatch& dispatch);

private:
    Buffer& grow(std::optional<Buffer>& buffer, MemoryUse use, uint64_t bytes, const char* what);
    [[nodiscard]] BufferSlice slice(const Dispatch& dispatch, const Binding& binding);

    const Device& m_device;
    Pipelines m_pipelines;
    std::array<std::optional<Buffer>, 7> m_buffers;
    std::optional<Buffer> m_upload;
    std::optional<Buffer> m_readback;
};

} // namespace inceptoscope
