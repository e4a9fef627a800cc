// Maximum or average over a window; one invocation ROWS pixels of a column, of four channels: with
// stride 1 neighbours share most of their windows, and reads are what costs. The halo's zeros are
// never read: positions outside read the nearest pixel, which changes no maximum and counts
// nothing in an average. Straight-line for the kernels that KERNEL_W and KERNEL_H name, since on
// drivers that run one invocation a SIMD lane a branch costs more than a read.
#version 460
#extension GL_EXT_control_flow_attributes : require
#extension GL_GOOGLE_include_directive : require
#include "common.glsl"

layout(local_size_x_id = 0) in;
layout(constant_id = 1) const uint AVERAGE = 0;
layout(constant_id = 2) const uint KERNEL_W = 0; // 0: whatever the push constants say
layout(constant_id = 3) const uint KERNEL_H = 0;
layout(constant_id = 4) const uint ROWS = 1; // more than 1 only with stride 1

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
    ivec2 inSize; // columns, rows
    ivec2 kernel;
    ivec2 stride;
    ivec2 padBefore;
    ivec2 padAfter;
    uint countIncludePad;
    uint height; // of the result; `pixels` counts invocations
};

void main()
{
    const uint pixel = min(gl_GlobalInvocationID.x, pixels - 1u);
    const uint plane = gl_WorkGroupID.y;
    const uint y = rowOf(pixel, width);
    const uint x = pixel - y * width;
    const uint firstRow = y * ROWS;

    const ivec2 begin = ivec2(x, firstRow) * stride - padBefore;
    const ivec2 last = inSize - 1;
    const int columns = KERNEL_W != 0u ? int(KERNEL_W) : kernel.x;
    const int rows = KERNEL_H != 0u ? int(KERNEL_H) : kernel.y;
    const int base = int(inBase + plane * inPlane);
    vec4 sum[ROWS];
    [[unroll]] for (int r = 0; r < int(ROWS); ++r)
        sum[r] = vec4(AVERAGE != 0u ? 0.0 : uintBitsToFloat(0xff800000u));
    uvec4 magnitude[ROWS]; // largest bits without sign: NaN's, if it is any of the window
    [[unroll]] for (int r = 0; r < int(ROWS); ++r)
        magnitude[r] = uvec4(0u);
    [[unroll]] for (int v = 0; v < rows + int(ROWS) - 1; ++v) {
        const int row = clamp(begin.y + v, 0, last.y);
        [[unroll]] for (int u = 0; u < columns; ++u) {
            const int column = clamp(begin.x + u, 0, last.x);
            vec4 a = fetchTexel(source, base + row * int(inRow) + column);
            if (AVERAGE != 0u)
                a = row == begin.y + v && column == begin.x + u ? a : vec4(0.0);
            const uvec4 bits = floatBitsToUint(a) & 0x7fffffffu;
            [[unroll]] for (int r = 0; r < int(ROWS); ++r)
                if (v >= r && v < r + rows) {
                    sum[r] = AVERAGE != 0u ? sum[r] + a : max(sum[r], a);
                    magnitude[r] = AVERAGE != 0u ? magnitude[r] : max(magnitude[r], bits);
                }
        }
    }
    if (AVERAGE != 0u) {
        [[unroll]] for (int r = 0; r < int(ROWS); ++r) {
            const ivec2 corner = begin + ivec2(0, r);
            const ivec2 end = corner + ivec2(columns, rows);
            // With padding counted, the window is still cut at the padded picture's edge.
            const ivec2 padded = min(end, inSize + padAfter) - corner;
            const ivec2 area
                = countIncludePad != 0u ? padded : min(end, inSize) - max(corner, ivec2(0));
            sum[r] /= float(area.x * area.y);
        }
    } else {
        // max() may lose NaN.
        [[unroll]] for (int r = 0; r < int(ROWS); ++r)
            sum[r] = mix(sum[r], vec4(uintBitsToFloat(0x7fc00000u)), greaterThan(magnitude[r], uvec4(0x7f800000u)));
    }
    const uint place = outBase + plane * outPlane + firstRow * outRow + x;
    if (gl_GlobalInvocationID.x < pixels) {
        [[unroll]] for (uint r = 0; r < ROWS; ++r)
            if (firstRow + r < height)
                result[place + r * outRow] = storedBits(sum[r]);
    }
}
