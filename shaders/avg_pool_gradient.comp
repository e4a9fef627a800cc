// Of an average pool: each pixel gets what came back to the windows that hold it, each divided by its
// own area. One invocation a pixel of four channels; WINDOWS is how many windows of a row or column
// can hold it.
#version 460
#extension GL_EXT_control_flow_attributes : require
#extension GL_GOOGLE_include_directive : require
#include "common.glsl"

layout(local_size_x_id = 0) in;
layout(constant_id = 1) const uint WINDOWS_W = 1;
layout(constant_id = 2) const uint WINDOWS_H = 1;
layout(constant_id = 3) const uint COUNT_PADDING = 1;

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
    uvec2 pooled; // columns, rows
    uvec2 kernel;
    uvec2 stride;
    uvec2 padBefore;
    uvec2 padAfter;
    uvec2 size; // of the input
};

void main()
{
    const uint pixel = min(gl_GlobalInvocationID.x, pixels - 1u);
    const uint plane = gl_WorkGroupID.y;
    const uint y = rowOf(pixel, width);
    const uint x = pixel - y * width;
    const uvec2 corner = uvec2(x, y) + padBefore;
    const uvec2 last = uvec2(rowOf(corner.x, stride.x), rowOf(corner.y, stride.y));
    vec4 sum = vec4(0.0);
    [[unroll]] for (uint v = 0; v < WINDOWS_H; ++v) {
        [[unroll]] for (uint u = 0; u < WINDOWS_W; ++u) {
            const uvec2 nearest = min(max(last, uvec2(u, v)) - uvec2(u, v), pooled - 1u);
            const uvec2 at = corner - nearest * stride; // huge where the window begins behind it
            const bool holds = all(greaterThanEqual(last, uvec2(u, v)))
                && nearest == last - uvec2(u, v) && all(lessThan(at, kernel));
            const vec4 dy = fetchTexel(upstream, int(upstreamBase + plane * upstreamPlane + nearest.y * upstreamRow + nearest.x));
            // The window in the padded input; with padding counted it is still cut at its edge.
            const uvec2 from = nearest * stride;
            const uvec2 end = min(from + kernel, size + padBefore + (COUNT_PADDING != 0u ? padAfter : uvec2(0)));
            const uvec2 area = end - (COUNT_PADDING != 0u ? from : max(from, padBefore));
            sum += holds ? dy / float(area.x * area.y) : vec4(0.0);
        }
    }
    if (gl_GlobalInvocationID.x < pixels)
        result[outBase + plane * outPlane + y * outRow + x] = storedBits(sum);
}
