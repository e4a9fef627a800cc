// Softmax over channels of a vector. Every invocation finds the maximum and the sum itself:
// a thousand values are quicker read twice than shared.
#version 460
#extension GL_GOOGLE_include_directive : require
#include "common.glsl"

layout(local_size_x_id = 0) in;

TENSOR(0, source);
layout(set = 0, binding = 1, std430) writeonly buffer Result
{
    STORED_BITS result[];
};

layout(push_constant) uniform Push
{
    uint channels;
    uint inBase;
    uint inPlane;
    uint outBase;
    uint outPlane;
};

vec4 values(uint block)
{
    const vec4 a = fetchTexel(source, int(inBase + block * inPlane));
    const uvec4 channel = block * 4u + uvec4(0, 1, 2, 3);
    return mix(vec4(uintBitsToFloat(0xff800000u)), a, lessThan(channel, uvec4(channels)));
}

void main()
{
    const uint blocks = (channels + 3u) / 4u;
    vec4 most = vec4(uintBitsToFloat(0xff800000u));
    for (uint b = 0; b < blocks; ++b)
        most = max(most, values(b));
    const float top = max(max(most.x, most.y), max(most.z, most.w));
    vec4 sum = vec4(0.0);
    for (uint b = 0; b < blocks; ++b)
        sum += exp(values(b) - top);
    // Of NaN, or of two that are infinite, no class is more probable than another.
    const float all = sum.x + sum.y + sum.z + sum.w;
    const float total = isnan(all) || isinf(top) ? uintBitsToFloat(0x7fc00000u) : all;
    const uint mine = gl_GlobalInvocationID.x;
    if (mine < blocks)
        result[outBase + mine * outPlane] = storedBits(exp(values(mine) - top) / total);
}
