// Tiles of 6x6 pixels, 4 apart, transformed for Winograd's F(4x4, 3x3): B^T d B with the matrix of
// Lavin & Gray 2015 (arXiv:1509.09308), written out. One invocation a tile of four channels.
#version 460
#extension GL_EXT_buffer_reference : require
#extension GL_EXT_control_flow_attributes : require
#extension GL_GOOGLE_include_directive : require
#include "common.glsl"

layout(local_size_x_id = 0) in;

layout(buffer_reference, std430, buffer_reference_align = 16) readonly buffer Matrix
{
    float at[];
};

FLOATS(0, source);
layout(set = 0, binding = 1, std430) writeonly buffer Result
{
    FLOAT_BITS result[]; // [position][texel of channels][tile]
};

layout(push_constant) uniform Push
{
    Matrix matrix; // unused
    ivec2 along;   // unused
    ivec2 stride;  // columns, rows from tile to tile
    ivec2 begin;   // column, row of the first tile
    ivec2 last;    // that may be read: a tile at the edge repeats them, for outputs nobody sees
    uint tiles;
    uint columns;
    uint inBase;
    uint inRow;
    uint inPlane;
    uint outPlane;
    uint outPosition;
};

void transform(inout vec4 d0, inout vec4 d1, inout vec4 d2, inout vec4 d3, inout vec4 d4, inout vec4 d5)
{
    const vec4 a = d4 - 4.0 * d2;
    const vec4 b = d3 - 4.0 * d1;
    const vec4 c = d4 - d2;
    const vec4 e = 2.0 * (d3 - d1);
    const vec4 t0 = 4.0 * d0 - 5.0 * d2 + d4;
    const vec4 t5 = 4.0 * d1 - 5.0 * d3 + d5;
    d0 = t0;
    d1 = a + b;
    d2 = a - b;
    d3 = c + e;
    d4 = c - e;
    d5 = t5;
}

void main()
{
    const uint tile = min(gl_GlobalInvocationID.x, tiles - 1u);
    const uint plane = gl_WorkGroupID.y;
    const uint row = rowOf(tile, columns);
    const ivec2 corner = begin + stride * ivec2(tile - row * columns, row);
    const int base = int(inBase + plane * inPlane);

    vec4 d[36];
    [[unroll]] for (int v = 0; v < 6; ++v) {
        const int line = base + min(corner.y + v, last.y) * int(inRow);
        [[unroll]] for (int u = 0; u < 6; ++u)
            d[v * 6 + u] = fetchTexel(source, line + min(corner.x + u, last.x));
    }
    [[unroll]] for (int u = 0; u < 6; ++u)
        transform(d[u], d[6 + u], d[12 + u], d[18 + u], d[24 + u], d[30 + u]);
    [[unroll]] for (int v = 0; v < 6; ++v)
        transform(d[v * 6], d[v * 6 + 1], d[v * 6 + 2], d[v * 6 + 3], d[v * 6 + 4], d[v * 6 + 5]);

    if (gl_GlobalInvocationID.x < tiles) {
        [[unroll]] for (int i = 0; i < 36; ++i)
            result[i * outPosition + plane * outPlane + tile] = floatBits(d[i]);
    }
}
