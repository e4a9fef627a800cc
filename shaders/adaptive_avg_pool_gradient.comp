// Of adaptive average pooling: each pixel gets what came back to the windows that hold it, each
// divided by its area. One invocation a pixel of four channels.
#version 460
#extension GL_EXT_control_flow_attributes : require
#extension GL_GOOGLE_include_directive : require
#include "common.glsl"

layout(local_size_x_id = 0) in;

TENSOR(0, upstream);
layout(set = 0, binding = 1, std430) writeonly buffer Result
{
    STORED_BITS result[];
};

layout(push_constant) uniform Push
{
    uint pixels;
    uint width;
    uint upstreamBase;
    uint upstreamRow;
    uint upstreamPlane;
    uint outBase;
    uint outRow;
    uint outPlane;
    uvec2 size; // columns, rows of the input
    uvec2 pooled;
};

void main()
{
    const uint pixel = min(gl_GlobalInvocationID.x, pixels - 1u);
    const uint plane = gl_WorkGroupID.y;
    const uint y = rowOf(pixel, width);
    const uint x = pixel - y * width;
    const uvec2 at = uvec2(x, y);
    const uvec2 first = at * pooled / size;
    const uvec2 end = ((at + 1u) * pooled + size - 1u) / size;
    vec4 sum = vec4(0.0);
    for (uint v = first.y; v < end.y; ++v)
        for (uint u = first.x; u < end.x; ++u) {
            const uvec2 window = uvec2(u, v);
            const uvec2 area = ((window + 1u) * size + pooled - 1u) / pooled - window * size / pooled;
            sum += fetchTexel(upstream, int(upstreamBase + plane * upstreamPlane + v * upstreamRow + u))
                / float(area.x * area.y);
        }
    if (gl_GlobalInvocationID.x < pixels)
        result[outBase + plane * outPlane + y * outRow + x] = storedBits(sum);
}
