// Copies a tensor's channels to any channel of another of the same size: for the rare
// concatenation whose parts don't start on a texel. One invocation a pixel of one channel.
#version 460
#extension GL_GOOGLE_include_directive : require
#include "common.glsl"

layout(local_size_x_id = 0) in;

TENSOR(0, source);
layout(set = 0, binding = 1, std430) writeonly buffer Result
{
    STORED result[];
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
    uint firstChannel;
};

void main()
{
    const uint pixel = gl_GlobalInvocationID.x;
    const uint from = gl_WorkGroupID.y;
    if (pixel >= pixels)
        return;
    const uint y = rowOf(pixel, width);
    const uint x = pixel - y * width;
    const vec4 a = fetchTexel(source, int(inBase + (from / 4u) * inPlane + y * inRow + x));
    const uint to = firstChannel + from;
    result[(outBase + (to / 4u) * outPlane + y * outRow + x) * 4u + to % 4u] = STORED(a[from % 4u]);
}
