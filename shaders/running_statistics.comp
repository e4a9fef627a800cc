// Running statistics after a step: what they were and the batch's, weighted. The variance goes in
// unbiased. One invocation four channels.
#version 460
#extension GL_EXT_control_flow_attributes : require
#extension GL_GOOGLE_include_directive : require
#include "common.glsl"

layout(local_size_x_id = 0) in;

TENSOR(0, statistics);
TENSOR(1, running);
layout(set = 0, binding = 2, std430) writeonly buffer Result
{
    STORED_BITS result[];
};

layout(push_constant) uniform Push
{
    uint blocks;
    uint inBase;
    uint inPlane;
    uint runningBase;
    uint runningPlane;
    uint outBase;
    uint outPlane;
    float momentum; // the weight of what is new
    float unbiased;
};

void main()
{
    const uint plane = min(gl_GlobalInvocationID.x, blocks - 1u);
    if (gl_GlobalInvocationID.x >= blocks)
        return;
    for (uint i = 0; i < 2u; ++i) {
        const vec4 old = fetchTexel(running, int(runningBase + plane * runningPlane + i));
        const vec4 fresh = fetchTexel(statistics, int(inBase + plane * inPlane + i)) * (i == 0u ? 1.0 : unbiased);
        result[outBase + plane * outPlane + i] = storedBits((1.0 - momentum) * old + momentum * fresh);
    }
}
