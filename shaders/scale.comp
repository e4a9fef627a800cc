// A tensor times a factor. One invocation a pixel of four channels.
#version 460
#extension GL_EXT_control_flow_attributes : require
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
    uint pixels;
    uint width;
    uint inBase;
    uint inRow;
    uint inPlane;
    uint outBase;
    uint outRow;
    uint outPlane;
    float factor;
};

void main()
{
    const uint pixel = min(gl_GlobalInvocationID.x, pixels - 1u);
    const uint plane = gl_WorkGroupID.y;
    const uint y = rowOf(pixel, width);
    const uint x = pixel - y * width;
    if (gl_GlobalInvocationID.x < pixels)
        result[outBase + plane * outPlane + y * outRow + x] = storedBits(factor * fetchTexel(source, int(inBase + plane * inPlane + y * inRow + x)));
}
