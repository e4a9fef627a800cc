#include "session/memory.h"

#include "error.h"

namespace inceptoscope {

namespace {

constexpr std::array names{"activations", "weights",      "the picture", "statistics",
                           "colours",     "feature maps", "sums"};

BindingKind kindOf(Access access, const DeviceInfo& device)
{
    if (!device.texelReads)
        return BindingKind::Storage;
    switch (access) {
    case Access::Texels:
        return BindingKind::Texels;
    case Access::HalfTexels:
        return BindingKind::HalfTexels;
    case Access::Pixels:
        return BindingKind::Pixels;
    case Access::Words:
        return BindingKind::Words;
    case Access::Read:
    case Access::Write:
        return BindingKind::Storage;
    }
    return BindingKind::Storage;
}

} // namespace

ShaderTarget shaderTarget(const DeviceInfo& device)
{
    if (!device.texelReads)
        return ShaderTarget::Any;
    return device.wideStores ? ShaderTarget::SimdWide : ShaderTarget::Simd;
}

uint64_t bindableBytes(Access access, const DeviceInfo& device)
{
    if (!device.texelReads)
        return device.maxStorageBufferRange;
    switch (access) {
    case Access::Texels:
        return device.maxTexelBufferElements * texelBytes(Precision::Fp32);
    case Access::HalfTexels:
        return device.maxTexelBufferElements * texelBytes(Precision::Fp16);
    case Access::Pixels:
    case Access::Words:
        return device.maxTexelBufferElements * 4;
    case Access::Read:
    case Access::Write:
        return device.maxStorageBufferRange;
    }
    return 0;
}

Buffer&
DeviceMemory::grow(std::optional<Buffer>& buffer, MemoryUse use, uint64_t bytes, const char* what)
{
    if (!buffer || buffer->size() < bytes) {
        buffer.reset(); // free first: both at once might not fit
        buffer.emplace(m_device, use, bytes, what);
    }
    return *buffer;
}

Buffer& DeviceMemory::require(Memory memory, uint64_t bytes)
{
    const auto i = size_t(memory);
    return grow(m_buffers[i], MemoryUse::Device, bytes, names[i]);
}

uint64_t DeviceMemory::bytes() const
{
    const auto size = [](const std::optional<Buffer>& buffer) {
        return buffer ? buffer->size() : 0;
    };
    uint64_t sum = size(m_upload) + size(m_readback);
    for (const std::optional<Buffer>& buffer : m_buffers)
        sum += size(buffer);
    return sum;
}

/// 128 invocations and 16 KiB are promised; what asks for more must ask the device first.
static void requireGroup(const Dispatch& dispatch, const DeviceInfo& info)
{
    if (dispatch.constants.at(0) > info.workgroupInvocations ||
        dispatch.sharedBytes > info.sharedBytes)
        throw Error(
            ErrorKind::Unsupported,
            std::string(dispatch.shader->name) + ": workgroups of " +
                std::to_string(dispatch.constants[0]) + " invocations with " +
                std::to_string(dispatch.sharedBytes) + " bytes in common; " + info.name + " has " +
                std::to_string(info.workgroupInvocations) + " and " +
                std::to_string(info.sharedBytes));
}

BufferSlice DeviceMemory::slice(const Dispatch& dispatch, const Binding& binding)
{
    const DeviceInfo& info = m_device.info();
    const uint64_t limit = bindableBytes(binding.access, info);
    if (binding.bytes > limit)
        throw Error(
            ErrorKind::Unsupported, std::string(dispatch.shader->name) + ": " +
                                        names[size_t(binding.memory)] + " of " +
                                        std::to_string(binding.bytes) + " bytes; " + info.name +
                                        " can bind " + std::to_string(limit));
    return {
        .buffer = &at(binding.memory),
        .offset = binding.offset,
        .bytes = binding.bytes,
        .written = binding.access == Access::Write};
}

Pipeline& DeviceMemory::pipeline(const Dispatch& dispatch)
{
    const bool halves = dispatch.precision == Precision::Fp16;
    const auto target = size_t(shaderTarget(m_device.info()));
    PipelineDescription description{
        .name = dispatch.shader->name,
        .spirv = (halves ? dispatch.shader->halves : dispatch.shader->floats)[target],
        .constants = dispatch.constants,
        .bindings = {},
        .pushBytes = dispatch.push.size()};
    for (const Binding& binding : dispatch.bindings)
        description.bindings.push_back(kindOf(binding.access, m_device.info()));
    return m_pipelines.get(description);
}

void DeviceMemory::record(Recorder& recorder, const Dispatch& dispatch)
{
    requireGroup(dispatch, m_device.info());
    std::vector<BufferSlice> slices;
    slices.reserve(dispatch.bindings.size());
    for (const Binding& binding : dispatch.bindings)
        slices.push_back(slice(dispatch, binding));
    recorder.dispatch(
        pipeline(dispatch), slices, {dispatch.push.data(), dispatch.push.size()},
        {dispatch.groups[0], dispatch.groups[1], dispatch.groups[2]});
}

} // namespace inceptoscope
