// Maximum or average over a window; one invocation a pixel of four channels. Bounds are
// checked, so the halo's zeros are never read.
#version 460
#extension GL_GOOGLE_include_directive : require
#include "common.glsl"

layout(local_size_x_id = 0) in;
layout(constant_id = 1) const uint AVERAGE = 0;

layout(set = 0, binding = 0) uniform textureBuffer source;
layout(set = 0, binding = 1, std430) writeonly buffer Result
{
    STORED4 result[];
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
    ivec2 inSize; // columns, rows
    ivec2 kernel;
    ivec2 stride;
    ivec2 padBefore;
    ivec2 padAfter;
    uint countIncludePad;
};

void main()
{
    const uint pixel = gl_GlobalInvocationID.x;
    const uint plane = gl_WorkGroupID.y;
    if (pixel >= pixels)
        return;
    const uint y = rowOf(pixel, width);
    const uint x = pixel - y * width;

    const ivec2 begin = ivec2(x, y) * stride - padBefore;
    const ivec2 from = max(begin, ivec2(0));
    const ivec2 to = min(begin + kernel, inSize);
    vec4 sum = vec4(AVERAGE != 0 ? 0.0 : -3.402823466e38);
    for (int v = from.y; v < to.y; ++v) {
        for (int u = from.x; u < to.x; ++u) {
            const vec4 a = texelFetch(source, int(inBase + plane * inPlane + v * inRow + u));
            sum = AVERAGE != 0 ? sum + a : max(sum, a);
        }
    }
    if (AVERAGE != 0) {
        // With padding counted, the window is still cut at the padded picture's edge.
        const ivec2 padded = min(begin + kernel, inSize + padAfter) - begin;
        const ivec2 area = countIncludePad != 0 ? padded : to - from;
        sum /= float(area.x * area.y);
    }
    result[outBase + plane * outPlane + y * outRow + x] = STORED4(sum);
}
