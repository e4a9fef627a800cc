// What came back where the ReLU let something through, NaN too (as PyTorch has it); at 0 nothing. One
// invocation a pixel of four channels.
#version 460
#extension GL_EXT_control_flow_attributes : require
#extension GL_GOOGLE_include_directive : require
#include "common.glsl"

layout(local_size_x_id = 0) in;

TENSOR(0, values);
TENSOR(1, upstream);
layout(set = 0, binding = 2, std430) writeonly buffer Result
{
    STORED_BITS result[];
};

layout(push_constant) uniform Push
{
    uint pixels;
    uint width;
    uint valueBase;
    uint valueRow;
    uint valuePlane;
    uint upstreamBase;
    uint upstreamRow;
    uint upstreamPlane;
    uint outBase;
    uint outRow;
    uint outPlane;
};

void main()
{
    const uint pixel = min(gl_GlobalInvocationID.x, pixels - 1u);
    const uint plane = gl_WorkGroupID.y;
    const uint y = rowOf(pixel, width);
    const uint x = pixel - y * width;
    const vec4 value = fetchTexel(values, int(valueBase + plane * valuePlane + y * valueRow + x));
    const vec4 dy = fetchTexel(upstream, int(upstreamBase + plane * upstreamPlane + y * upstreamRow + x));
    if (gl_GlobalInvocationID.x < pixels)
        result[outBase + plane * outPlane + y * outRow + x] = storedBits(mix(dy, vec4(0.0), lessThanEqual(value, vec4(0.0))));
}
