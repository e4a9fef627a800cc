#pragma once

#include "vulkan/device.h"

#include <map>
#include <span>
#include <tuple>
#include <vector>

namespace inceptoscope {

enum class BindingKind : uint32_t
{
    Texels,     ///< uniform texel buffer of rgba32f: fast to gather from
    HalfTexels, ///< uniform texel buffer of rgba16f
    Pixels,     ///< uniform texel buffer of rgba8 unorm
    Words,      ///< uniform texel buffer of r32 uint
    Storage,    ///< storage buffer
};

/// What a pipeline is made from; equal descriptions share one pipeline.
struct PipelineDescription
{
    const char* name = "";             ///< of the shader, for messages
    std::span<const uint32_t> spirv;   ///< static storage
    std::vector<uint32_t> constants;   ///< specialisation constants 0, 1, 2 ...
    std::vector<BindingKind> bindings; ///< set 0, bindings 0, 1, 2 ...
    uint32_t pushBytes = 0;
};

struct Pipeline
{
    Handle<VkDescriptorSetLayout, vkDestroyDescriptorSetLayout> setLayout;
    Handle<VkPipelineLayout, vkDestroyPipelineLayout> layout;
    Handle<VkPipeline, vkDestroyPipeline> pipeline;
    std::vector<BindingKind> bindings;
    bool compiled = false; ///< it ran: a driver may compile at the first use
};

/// All compute pipelines of a device, made on first use. References stay valid.
class Pipelines
{
public:
    explicit Pipelines(const Device& device)
        : m_device(device)
    {
    }
    Pipeline& get(const PipelineDescription& description);
    [[nodiscard]] size_t count() const { return m_pipelines.size(); }

private:
    using Key = std::tuple<const uint32_t*, std::vector<uint32_t>, std::vector<BindingKind>>;
    const Device& m_device;
    std::map<Key, Pipeline> m_pipelines;
};

} // namespace inceptoscope
