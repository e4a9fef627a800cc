// (x - mean) / sqrt(variance + eps) times a factor plus a summand, by a batch's statistics, then the
// activation. One invocation a pixel of four channels.
#version 460
#extension GL_EXT_control_flow_attributes : require
#extension GL_GOOGLE_include_directive : require
#include "common.glsl"
#include "activation.glsl"

layout(local_size_x_id = 0) in;

TENSOR(0, source);
TENSOR(1, statistics);
TENSOR(2, table);
layout(set = 0, binding = 3, std430) writeonly buffer Result
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
    uint outBase;
    uint outRow;
    uint outPlane;
    float eps;
    float lowest;
};

void main()
{
    const uint pixel = min(gl_GlobalInvocationID.x, pixels - 1u);
    const uint plane = gl_WorkGroupID.y;
    const uint y = rowOf(pixel, width);
    const uint x = pixel - y * width;
    const uint at = statisticsBase + plane * statisticsPlane;
    const vec4 value = fetchTexel(source, int(inBase + plane * inPlane + y * inRow + x)) - fetchTexel(statistics, int(at));
    const vec4 factor = fetchTexel(table, int(plane * 2u)) / sqrt(fetchTexel(statistics, int(at + 1u)) + eps);
    const vec4 normal = value * factor + fetchTexel(table, int(plane * 2u + 1u));
    if (gl_GlobalInvocationID.x < pixels)
        result[outBase + plane * outPlane + y * outRow + x] = storedBits(activated(normal, lowest));
}
