// Results that lie apart by a stride's positions, side by side in the channels, in their places:
// channel c at (y, x) is channel (c * strideH + ry) * strideW + rx at (qy, qx), where y plus the
// first row is strideH * qy + ry. One invocation a pixel of four channels.
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
    uint strideH;
    uint strideW;
    uint firstRow;
    uint firstColumn;
    uint channels;
};

void main()
{
    const uint pixel = min(gl_GlobalInvocationID.x, pixels - 1u);
    const uint plane = gl_WorkGroupID.y;
    const uint y = rowOf(pixel, width);
    const uint x = pixel - y * width;
    const uint row = y + firstRow;
    const uint column = x + firstColumn;
    const uint qy = rowOf(row, strideH);
    const uint qx = rowOf(column, strideW);
    const uint position = (row - qy * strideH) * strideW + column - qx * strideW;
    const int place = int(inBase + qy * inRow + qx);
    vec4 value = vec4(0.0);
    [[unroll]] for (uint i = 0; i < 4u; ++i) {
        const uint to = plane * 4u + i;
        const uint from = min(to, channels - 1u) * strideH * strideW + position;
        const vec4 texel = fetchTexel(source, place + int((from / 4u) * inPlane));
        value[i] = to < channels ? texel[from % 4u] : 0.0;
    }
    if (gl_GlobalInvocationID.x < pixels)
        result[outBase + plane * outPlane + y * outRow + x] = storedBits(value);
}
