// Mean over the window [floor(a*H/o), ceil((a+1)*H/o)) of output a; with one output pixel the
// mean of the whole plane. One invocation a texel of the result.
#version 460
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
    uint blocks;
    uint inBase;
    uint inRow;
    uint inPlane;
    uint outBase;
    uint outRow;
    uint outPlane;
    uvec2 inSize;
    uvec2 outSize;
};

void main()
{
    const uint pixels = outSize.x * outSize.y;
    const uint plane = rowOf(gl_GlobalInvocationID.x, pixels);
    if (plane >= blocks)
        return;
    const uint pixel = gl_GlobalInvocationID.x - plane * pixels;
    const uvec2 at = uvec2(pixel % outSize.x, pixel / outSize.x);
    const uvec2 from = at * inSize / outSize;
    const uvec2 to = ((at + 1u) * inSize + outSize - 1u) / outSize;
    vec4 sum = vec4(0.0);
    for (uint v = from.y; v < to.y; ++v)
        for (uint u = from.x; u < to.x; ++u)
            sum += fetchTexel(source, int(inBase + plane * inPlane + v * inRow + u));
    const uvec2 area = to - from;
    result[outBase + plane * outPlane + at.y * outRow + at.x] = storedBits(sum / float(area.x * area.y));
}
