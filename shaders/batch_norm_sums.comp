// Of what came back the sum over pixels, and that of it times the normalised input: what beta and
// gamma get, and what the input's gradient takes off. Later pictures of a batch are added to what
// there is. One workgroup four channels.
#version 460
#extension GL_EXT_control_flow_attributes : require
#extension GL_GOOGLE_include_directive : require
#include "common.glsl"

layout(local_size_x_id = 0) in;

TENSOR(0, source);
TENSOR(1, statistics);
TENSOR(2, upstream);
layout(set = 0, binding = 3, std430) writeonly buffer Result
{
    STORED_BITS result[];
};
TENSOR(4, before);

layout(push_constant) uniform Push
{
    uint pixels;
    uint width;
    uint inBase;
    uint inRow;
    uint inPlane;
    uint statisticsBase;
    uint statisticsPlane;
    uint upstreamBase;
    uint upstreamRow;
    uint upstreamPlane;
    uint outBase;
    uint outPlane;
    float eps;
    uint more; // pictures came before
};

shared vec4 parts[2 * gl_WorkGroupSize.x];

void main()
{
    const uint plane = gl_WorkGroupID.x;
    const uint me = gl_LocalInvocationID.x;
    const uint at = statisticsBase + plane * statisticsPlane;
    const vec4 mean = fetchTexel(statistics, int(at));
    vec4 sum = vec4(0.0);
    vec4 products = vec4(0.0);
    for (uint pixel = me; pixel < pixels; pixel += gl_WorkGroupSize.x) {
        const uint y = rowOf(pixel, width);
        const uint x = pixel - y * width;
        const vec4 dz = fetchTexel(upstream, int(upstreamBase + plane * upstreamPlane + y * upstreamRow + x));
        sum += dz;
        products += dz * (fetchTexel(source, int(inBase + plane * inPlane + y * inRow + x)) - mean);
    }
    parts[2u * me] = sum;
    parts[2u * me + 1u] = products;
    barrier();
    if (me == 0u) {
        vec4 all[2] = vec4[2](vec4(0.0), vec4(0.0));
        for (uint i = 0; i < gl_WorkGroupSize.x; ++i) {
            all[0] += parts[2u * i];
            all[1] += parts[2u * i + 1u];
        }
        all[1] /= sqrt(fetchTexel(statistics, int(at + 1u)) + eps);
        for (uint i = 0; i < 2u; ++i) {
            const uint to = outBase + plane * outPlane + i;
            if (more != 0u)
                all[i] = fetchTexel(before, int(to)) + all[i];
            result[to] = storedBits(all[i]);
        }
    }
}
