// The sum over classes of the target times (log of the sum of all exponentials - logit), times a
// picture's share of a batch; later pictures are added to what there is.
#version 460
#extension GL_EXT_control_flow_attributes : require
#extension GL_GOOGLE_include_directive : require
#include "common.glsl"

layout(local_size_x_id = 0) in;

TENSOR(0, logits);
TENSOR(1, target);
layout(set = 0, binding = 2, std430) writeonly buffer Result
{
    STORED_BITS result[];
};
TENSOR(3, before);

layout(push_constant) uniform Push
{
    uint channels;
    uint logitBase;
    uint logitPlane;
    uint targetBase;
    uint targetPlane;
    uint outBase;
    float share;
    uint more; // pictures came before
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
    vec4 below = vec4(0.0);
    vec4 all = vec4(0.0);
    for (uint b = 0; b < blocks; ++b) {
        const vec4 q = wanted(b);
        exponentials += exp(logit(b) - top);
        below += mix(vec4(0.0), q * (top - logit(b)), real(b));
        all += q;
    }
    float loss = share * (sumOf(all) * log(sumOf(exponentials)) + sumOf(below));
    if (more != 0u)
        loss = fetchTexel(before, int(outBase)).x + loss;
    if (gl_GlobalInvocationID.x == 0u)
        result[outBase] = storedBits(vec4(loss, 0.0, 0.0, 0.0));
}
