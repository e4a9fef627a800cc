// Where in its window each maximum is: row times columns plus column, as a float. The first of equal
// ones; the padding never is it. One invocation a pixel of four channels.
#version 460
#extension GL_EXT_control_flow_attributes : require
#extension GL_GOOGLE_include_directive : require
#include "common.glsl"

layout(local_size_x_id = 0) in;
layout(constant_id = 1) const uint KERNEL_W = 0; // 0: whatever the push constants say
layout(constant_id = 2) const uint KERNEL_H = 0;

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
    ivec2 size; // columns, rows of the input
    ivec2 kernel;
    ivec2 stride;
    ivec2 padBefore;
};

void main()
{
    const uint pixel = min(gl_GlobalInvocationID.x, pixels - 1u);
    const uint plane = gl_WorkGroupID.y;
    const uint y = rowOf(pixel, width);
    const uint x = pixel - y * width;
    const ivec2 begin = ivec2(x, y) * stride - padBefore;
    const int base = int(inBase + plane * inPlane);
    vec4 most = vec4(uintBitsToFloat(0xff800000u));
    vec4 index = vec4(-1.0);
    const int columns = KERNEL_W != 0u ? int(KERNEL_W) : kernel.x;
    const int rows = KERNEL_H != 0u ? int(KERNEL_H) : kernel.y;
    [[unroll]] for (int v = 0; v < rows; ++v) {
        const int row = begin.y + v;
        [[unroll]] for (int u = 0; u < columns; ++u) {
            const int column = begin.x + u;
            const ivec2 nearest = clamp(ivec2(column, row), ivec2(0), size - 1);
            const vec4 a = fetchTexel(source, base + nearest.y * int(inRow) + nearest.x);
            const bool inside = nearest == ivec2(column, row);
            // What is -inf or NaN is greater than nothing at all.
            const bvec4 greater = bvec4(
                inside && (a.x > most.x || isnan(a.x) || index.x < 0.0),
                inside && (a.y > most.y || isnan(a.y) || index.y < 0.0),
                inside && (a.z > most.z || isnan(a.z) || index.z < 0.0),
                inside && (a.w > most.w || isnan(a.w) || index.w < 0.0));
            most = mix(most, a, greater);
            index = mix(index, vec4(float(v * columns + u)), greater);
        }
    }
    if (gl_GlobalInvocationID.x < pixels)
        result[outBase + plane * outPlane + y * outRow + x] = storedBits(index);
}
