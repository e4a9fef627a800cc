// Of a softmax: y * (dy - sum(y * dy)). Every invocation makes the sum itself, as in softmax.comp.
#version 460
#extension GL_EXT_control_flow_attributes : require
#extension GL_GOOGLE_include_directive : require
#include "common.glsl"

layout(local_size_x_id = 0) in;

TENSOR(0, values);
TENSOR(1, upstream);
layout(set = 0, binding = 2, std430) writeonly buffer Result
{
    STORED_BITS result[];
};

layout(push_constant) uniform Push
{
    uint channels;
    uint valueBase;
    uint valuePlane;
    uint upstreamBase;
    uint upstreamPlane;
    uint outBase;
    uint outPlane;
};

void main()
{
    const uint blocks = (channels + 3u) / 4u;
    float sum = 0.0;
    for (uint b = 0; b < blocks; ++b)
        sum += dot(
            fetchTexel(values, int(valueBase + b * valuePlane)),
            fetchTexel(upstream, int(upstreamBase + b * upstreamPlane)));
    const uint mine = min(gl_GlobalInvocationID.x, blocks - 1u);
    const vec4 y = fetchTexel(values, int(valueBase + mine * valuePlane));
    const vec4 dy = fetchTexel(upstream, int(upstreamBase + mine * upstreamPlane));
    if (gl_GlobalInvocationID.x < blocks)
        result[outBase + mine * outPlane] = storedBits(y * (dy - sum));
}
