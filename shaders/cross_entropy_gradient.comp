// By the logits: what came back, times a picture's share of a batch, times
// (softmax * sum of the target - target).
#version 460
#extension GL_EXT_control_flow_attributes : require
#extension GL_GOOGLE_include_directive : require
#include "common.glsl"

layout(local_size_x_id = 0) in;

TENSOR(0, logits);
TENSOR(1, target);
TENSOR(2, upstream);
layout(set = 0, binding = 3, std430) writeonly buffer Result
{
    STORED_BITS result[];
};

layout(push_constant) uniform Push
{
    uint channels;
    uint logitBase;
    uint logitPlane;
    uint targetBase;
    uint targetPlane;
    uint upstreamBase;
    uint outBase;
    uint outPlane;
    float share;
};

#define lowest uintBitsToFloat(0xff800000u)

bvec4 real(uint block)
{
    return lessThan(block * 4u + uvec4(0, 1, 2, 3), uvec4(channels));
}
vec4 logit(uint block)
{
    return mix(vec4(lowest), fetchTexel(logits, int(logitBase + block * logitPlane)), real(block));
}
vec4 wanted(uint block)
{
    return mix(vec4(0.0), fetchTexel(target, int(targetBase + block * targetPlane)), real(block));
}
float sumOf(vec4 v)
{
    return v.x + v.y + v.z + v.w;
}

void main()
{
    const uint blocks = (channels + 3u) / 4u;
    vec4 most = vec4(lowest);
    for (uint b = 0; b < blocks; ++b)
        most = max(most, logit(b));
    const float top = max(max(most.x, most.y), max(most.z, most.w));
    vec4 exponentials = vec4(0.0);
    vec4 all = vec4(0.0);
    for (uint b = 0; b < blocks; ++b) {
        exponentials += exp(logit(b) - top);
        all += wanted(b);
    }
    const float dloss = share * fetchTexel(upstream, int(upstreamBase)).x;
    const uint mine = min(gl_GlobalInvocationID.x, blocks - 1u);
    const vec4 probability = exp(logit(mine) - top) / sumOf(exponentials);
    if (gl_GlobalInvocationID.x < blocks)
        result[outBase + mine * outPlane] = storedBits(dloss * (probability * sumOf(all) - wanted(mine)));
}
