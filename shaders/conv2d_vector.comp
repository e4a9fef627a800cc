// A convolution whose result is one pixel, as the classifier's: a matrix times a vector. A subgroup
// makes four output channels: its invocations share the steps and add up what they have. They read
// the matrix in order and once, so that memory is the limit.
#version 460
#extension GL_EXT_buffer_reference : require
#extension GL_GOOGLE_include_directive : require
#extension GL_KHR_shader_subgroup_arithmetic : require
#include "common.glsl"
#include "activation.glsl"

layout(local_size_x_id = 0) in;

layout(buffer_reference, std430, buffer_reference_align = 16) readonly buffer Biases
{
    vec4 at[];
};
layout(buffer_reference, std430, buffer_reference_align = 16) readonly buffer Offsets
{
    uint at[];
};
TENSOR(0, source);
TENSOR(1, weights); // [output texel][step][lane]
layout(set = 0, binding = 2, std430) writeonly buffer Result
{
    STORED_BITS result[];
};

layout(push_constant) uniform Push
{
    Biases biases;
    Offsets offsets; // where each step reads
    uint steps;
    uint inBase;
    uint outBase;
    uint outPlane;
    uint outTexels;
    float lowest;
};

void main()
{
    // Counted rather than assumed: a driver may choose another size of subgroup, or fill one in part.
    const uint lanes = subgroupAdd(1u);
    const uint lane = subgroupExclusiveAdd(1u);
    const uint subgroups = gl_NumWorkGroups.x * gl_NumSubgroups;
    for (uint texel = gl_WorkGroupID.x * gl_NumSubgroups + gl_SubgroupID; texel < outTexels;
         texel += subgroups) {
        vec4 sum = vec4(0);
        for (uint first = 0; first < steps; first += lanes) {
            const uint s = first + lane;
            if (s < steps) {
                const vec4 a = fetchTexel(source, int(inBase + offsets.at[s]));
                const int row = int((texel * steps + s) * 4);
                sum += a.x * fetchTexel(weights, row);
                sum += a.y * fetchTexel(weights, row + 1);
                sum += a.z * fetchTexel(weights, row + 2);
                sum += a.w * fetchTexel(weights, row + 3);
            }
        }
        sum = subgroupAdd(sum) + biases.at[texel];
        if (subgroupElect())
            result[outBase + texel * outPlane] = storedBits(activated(sum, lowest));
    }
}
