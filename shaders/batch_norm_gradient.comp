// By the input of a batch normalisation with the batch's statistics, which depend on it, too:
// factor / sqrt(variance + eps) * (dz - (sum of dz + normalised input * sum of products) * share).
// One invocation a pixel of four channels.
#version 460
#extension GL_EXT_control_flow_attributes : require
#extension GL_GOOGLE_include_directive : require
#include "common.glsl"

layout(local_size_x_id = 0) in;

TENSOR(0, source);
TENSOR(1, statistics);
TENSOR(2, upstream);
TENSOR(3, sums);
TENSOR(4, table);
layout(set = 0, binding = 5, std430) writeonly buffer Result
{
    STORED_BITS result[];
};

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
    uint sumsBase;
    uint sumsPlane;
    uint outBase;
    uint outRow;
    uint outPlane;
    float eps;
    float share; // of a value in the batch
};

void main()
{
    const uint pixel = min(gl_GlobalInvocationID.x, pixels - 1u);
    const uint plane = gl_WorkGroupID.y;
    const uint y = rowOf(pixel, width);
    const uint x = pixel - y * width;
    const uint at = statisticsBase + plane * statisticsPlane;
    const uint sum = sumsBase + plane * sumsPlane;
    const vec4 steepness = 1.0 / sqrt(fetchTexel(statistics, int(at + 1u)) + eps);
    const vec4 normal = (fetchTexel(source, int(inBase + plane * inPlane + y * inRow + x)) - fetchTexel(statistics, int(at))) * steepness;
    const vec4 dz = fetchTexel(upstream, int(upstreamBase + plane * upstreamPlane + y * upstreamRow + x));
    const vec4 taken = (fetchTexel(sums, int(sum)) + normal * fetchTexel(sums, int(sum + 1u))) * share;
    const vec4 value = fetchTexel(table, int(plane * 2u)) * steepness * (dz - taken);
    if (gl_GlobalInvocationID.x < pixels)
        result[outBase + plane * outPlane + y * outRow + x] = storedBits(value);
}
