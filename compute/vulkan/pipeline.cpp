#include "vulkan/pipeline.h"

namespace inceptoscope {

namespace {

VkDescriptorType descriptorType(BindingKind kind)
{
    return kind == BindingKind::Storage ? VK_DESCRIPTOR_TYPE_STORAGE_BUFFER
                                        : VK_DESCRIPTOR_TYPE_UNIFORM_TEXEL_BUFFER;
}

VkDescriptorSetLayout makeSetLayout(VkDevice device, const std::vector<BindingKind>& kinds)
{
    if (kinds.size() > mostBindings)
        throw Error(
            ErrorKind::Unsupported, "a shader binds " + std::to_string(kinds.size()) +
                                        " buffers; devices are asked for " +
                                        std::to_string(mostBindings));
    std::vector<VkDescriptorSetLayoutBinding> bindings;
    bindings.reserve(kinds.size());
    for (const BindingKind kind : kinds)
        bindings.push_back(
            {.binding = uint32_t(bindings.size()),
             .descriptorType = descriptorType(kind),
             .descriptorCount = 1,
             .stageFlags = VK_SHADER_STAGE_COMPUTE_BIT,
             .pImmutableSamplers = nullptr});
    const VkDescriptorSetLayoutCreateInfo info{
        .sType = VK_STRUCTURE_TYPE_DESCRIPTOR_SET_LAYOUT_CREATE_INFO,
        .pNext = nullptr,
        .flags = 0,
        .bindingCount = uint32_t(bindings.size()),
        .pBindings = bindings.data()};
    VkDescriptorSetLayout layout = VK_NULL_HANDLE;
    check(vkCreateDescriptorSetLayout(device, &info, nullptr, &layout), "creating a set layout");
    return layout;
}

VkPipelineLayout makeLayout(VkDevice device, VkDescriptorSetLayout set, uint32_t pushBytes)
{
    const VkPushConstantRange push{
        .stageFlags = VK_SHADER_STAGE_COMPUTE_BIT, .offset = 0, .size = pushBytes};
    const VkPipelineLayoutCreateInfo info{
        .sType = VK_STRUCTURE_TYPE_PIPELINE_LAYOUT_CREATE_INFO,
        .pNext = nullptr,
        .flags = 0,
        .setLayoutCount = 1,
        .pSetLayouts = &set,
        .pushConstantRangeCount = pushBytes == 0 ? 0U : 1U,
        .pPushConstantRanges = &push};
    VkPipelineLayout layout = VK_NULL_HANDLE;
    check(vkCreatePipelineLayout(device, &info, nullptr, &layout), "creating a pipeline layout");
    return layout;
}

VkPipeline
makePipeline(const Device& device, const PipelineDescription& description, VkPipelineLayout layout)
{
    const std::string doing = std::string("compiling the shader ") + description.name;
    const VkShaderModuleCreateInfo moduleInfo{
        .sType = VK_STRUCTURE_TYPE_SHADER_MODULE_CREATE_INFO,
        .pNext = nullptr,
        .flags = 0,
        .codeSize = description.spirv.size_bytes(),
        .pCode = description.spirv.data()};
    VkShaderModule module = VK_NULL_HANDLE;
    check(vkCreateShaderModule(device.handle(), &moduleInfo, nullptr, &module), doing);
    const Handle<VkShaderModule, vkDestroyShaderModule> owner(device.handle(), module);

    std::vector<VkSpecializationMapEntry> entries;
    entries.reserve(description.constants.size());
    for (uint32_t i = 0; i < description.constants.size(); ++i)
        entries.push_back({.constantID = i, .offset = i * 4, .size = 4});
    const VkSpecializationInfo constants{
        .mapEntryCount = uint32_t(entries.size()),
        .pMapEntries = entries.data(),
        .dataSize = description.constants.size() * 4,
        .pData = description.constants.data()};
    const VkComputePipelineCreateInfo info{
        .sType = VK_STRUCTURE_TYPE_COMPUTE_PIPELINE_CREATE_INFO,
        .pNext = nullptr,
        .flags = 0,
        .stage =
            {.sType = VK_STRUCTURE_TYPE_PIPELINE_SHADER_STAGE_CREATE_INFO,
             .pNext = nullptr,
             .flags = 0,
             .stage = VK_SHADER_STAGE_COMPUTE_BIT,
             .module = module,
             .pName = "main",
             .pSpecializationInfo = &constants},
        .layout = layout,
        .basePipelineHandle = VK_NULL_HANDLE,
        .basePipelineIndex = -1};
    VkPipeline pipeline = VK_NULL_HANDLE;
    check(
        vkCreateComputePipelines(
            device.handle(), device.pipelineCache(), 1, &info, nullptr, &pipeline),
        doing);
    return pipeline;
}

} // namespace

Pipeline& Pipelines::get(const PipelineDescription& description)
{
    const Key key{description.spirv.data(), description.constants, description.bindings};
    const auto it = m_pipelines.find(key);
    if (it != m_pipelines.end())
        return it->second;

    Pipeline made;
    made.bindings = description.bindings;
    made.setLayout = {m_device.handle(), makeSetLayout(m_device.handle(), description.bindings)};
    made.layout = {
        m_device.handle(),
        makeLayout(m_device.handle(), made.setLayout.get(), description.pushBytes)};
    made.pipeline = {m_device.handle(), makePipeline(m_device, description, made.layout.get())};
    return m_pipelines.emplace(key, std::move(made)).first->second;
}

} // namespace inceptoscope
