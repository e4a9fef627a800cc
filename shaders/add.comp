// The residual sum: max(x + scale * residual, lowest). One invocation a pixel of four channels.
#version 460
#extension GL_GOOGLE_include_directive : require
#include "common.glsl"
#include "activation.glsl"

layout(local_size_x_id = 0) in;

TENSOR(0, source);
TENSOR(1, residual);
layout(set = 0, binding = 2, std430) writeonly buffer Result
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
    uint residualBase;
    uint residualRow;
    uint residualPlane;
    uint outBase;
    uint outRow;
    uint outPlane;
    float scale;
    float lowest;
};

void main()
{
    const uint pixel = gl_GlobalInvocationID.x;
    const uint plane = gl_WorkGroupID.y;
    if (pixel >= pixels)
        return;
    const uint y = rowOf(pixel, width);
    const uint x = pixel - y * width;
    const vec4 a = fetchTexel(source, int(inBase + plane * inPlane + y * inRow + x));
    const vec4 b = fetchTexel(residual, int(residualBase + plane * residualPlane + y * residualRow + x));
    result[outBase + plane * outPlane + y * outRow + x] = storedBits(activated(a + scale * b, lowest));
}
