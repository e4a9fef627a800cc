// A vector divided by its length. Every invocation sums the squares itself, as in softmax.comp.
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

const float shortest = 1e-12;

vec4 values(uint block)
{
    const vec4 a = fetchTexel(source, int(inBase + block * inPlane));
    const uvec4 channel = block * 4u + uvec4(0, 1, 2, 3);
    return mix(vec4(0.0), a, lessThan(channel, uvec4(channels)));
}

void main()
{
    const uint blocks = (channels + 3u) / 4u;
    float squares = 0.0;
    for (uint b = 0; b < blocks; ++b) {
        const vec4 x = values(b);
        squares += dot(x, x);
    }
    const float length = sqrt(squares);
    const float factor = 1.0 / (isnan(length) ? length : max(length, shortest));
    const uint mine = gl_GlobalInvocationID.x;
    if (mine < blocks)
        result[outBase + mine * outPlane] = storedBits(values(mine) * factor);
}
