// Some of a tensor's channels, where they don't start on a texel. One invocation a pixel of four
// channels; those behind the last are zero.
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
    uint first;
    uint channels;
};

void main()
{
    const uint pixel = min(gl_GlobalInvocationID.x, pixels - 1u);
    const uint plane = gl_WorkGroupID.y;
    const uint y = rowOf(pixel, width);
    const uint x = pixel - y * width;
    const int place = int(inBase + y * inRow + x);
    vec4 value = vec4(0.0);
    [[unroll]] for (uint i = 0; i < 4u; ++i) {
        const uint to = plane * 4u + i;
        const uint from = first + min(to, channels - 1u);
        const vec4 texel = fetchTexel(source, place + int((from / 4u) * inPlane));
        value[i] = to < channels ? texel[from % 4u] : 0.0;
    }
    if (gl_GlobalInvocationID.x < pixels)
        result[outBase + plane * outPlane + y * outRow + x] = storedBits(value);
}
