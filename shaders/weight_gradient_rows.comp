// For a weight gradient as a product over pixels: dz where conv2d.comp expects weights. A texel of four
// channels is in its place already; the table says where each four pixels go, and how far blocks of
// 32 channels are apart there. One invocation a pixel of four channels.
#version 460
#extension GL_EXT_control_flow_attributes : require
#extension GL_GOOGLE_include_directive : require
#include "common.glsl"

layout(local_size_x_id = 0) in;

TENSOR(0, upstream);
WORDS(1, table);
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
};

void main()
{
    const uint pixel = min(gl_GlobalInvocationID.x, pixels - 1u);
    const uint plane = gl_WorkGroupID.y;
    const uint y = rowOf(pixel, width);
    const vec4 dz = fetchTexel(upstream, int(inBase + plane * inPlane + y * inRow + pixel - y * width));
    const uint four = pixel >> 2;
    const uint first = fetchWord(table, int(four * 2u));
    const uint apart = fetchWord(table, int(four * 2u + 1u));
    if (gl_GlobalInvocationID.x < pixels)
        result[first + (plane >> 3) * apart + (pixel & 3u) * 8u + (plane & 7u)] = storedBits(dz);
}
