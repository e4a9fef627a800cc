// Tiles of N pixels in a row or a column, transformed for Winograd's F(4, N - 3): B^T d. One invocation
// a tile of four channels; the matrix comes with the weights, from addresses that are the same for
// all lanes (conv2d.comp says why).
#version 460
#extension GL_EXT_buffer_reference : require
#extension GL_EXT_control_flow_attributes : require
#extension GL_GOOGLE_include_directive : require
#include "common.glsl"

layout(local_size_x_id = 0) in;
layout(constant_id = 1) const uint N = 10; // values along a tile

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
    Matrix matrix; // B^T, N x N
    ivec2 along;   // columns, rows from value to value
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

void main()
{
    const uint tile = min(gl_GlobalInvocationID.x, tiles - 1u);
    const uint plane = gl_WorkGroupID.y;
    const uint row = rowOf(tile, columns);
    const ivec2 corner = begin + stride * ivec2(tile - row * columns, row);
    const int base = int(inBase + plane * inPlane);

    vec4 d[N];
    [[unroll]] for (uint i = 0; i < N; ++i) {
        const ivec2 at = min(corner + int(i) * along, last);
        d[i] = fetchTexel(source, base + at.y * int(inRow) + at.x);
    }
    vec4 t[N];
    [[unroll]] for (uint i = 0; i < N; ++i) {
        t[i] = vec4(0.0);
        [[unroll]] for (uint j = 0; j < N; ++j)
            t[i] += matrix.at[i * N + j] * d[j];
    }
    if (gl_GlobalInvocationID.x < tiles) {
        [[unroll]] for (uint i = 0; i < N; ++i)
            result[i * outPosition + plane * outPlane + tile] = floatBits(t[i]);
    }
}
