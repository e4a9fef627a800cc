// The products of Winograd's F(4x4, 3x3) transformed back: A^T m A, 4x4 outputs a tile, with bias
// and activation. One invocation a tile of four channels; the matrix is that of Lavin & Gray 2015
// (arXiv:1509.09308), written out.
#version 460
#extension GL_EXT_buffer_reference : require
#extension GL_EXT_control_flow_attributes : require
#extension GL_GOOGLE_include_directive : require
#include "common.glsl"
#include "activation.glsl"

layout(local_size_x_id = 0) in;

layout(buffer_reference, std430, buffer_reference_align = 16) readonly buffer Matrix
{
    float at[];
};

layout(buffer_reference, std430, buffer_reference_align = 16) readonly buffer Biases
{
    vec4 at[];
};

FLOATS(0, source); // [position][texel of channels][tile]
layout(set = 0, binding = 1, std430) writeonly buffer Result
{
    STORED_BITS result[];
};

layout(push_constant) uniform Push
{
    Matrix matrix; // unused
    ivec2 along;   // unused
    ivec2 stride;  // columns, rows from tile to tile
    Biases biases;
    ivec2 size; // columns, rows of the result
    uint tiles;
    uint columns;
    uint inPlane;
    uint inPosition;
    uint outBase;
    uint outRow;
    uint outPlane;
    float lowest;
};

void main()
{
    const uint tile = min(gl_GlobalInvocationID.x, tiles - 1u);
    const uint plane = gl_WorkGroupID.y;
    const uint row = rowOf(tile, columns);
    const ivec2 corner = stride * ivec2(tile - row * columns, row);
    const int base = int(plane * inPlane + tile);

    vec4 half_[24]; // A^T m: 4 rows of 6
    [[unroll]] for (int u = 0; u < 6; ++u) {
        vec4 m[6];
        [[unroll]] for (int v = 0; v < 6; ++v)
            m[v] = fetchTexel(source, base + (v * 6 + u) * int(inPosition));
        const vec4 a = m[1] + m[2];
        const vec4 b = m[1] - m[2];
        const vec4 c = m[3] + m[4];
        const vec4 d = m[3] - m[4];
        half_[u] = m[0] + a + c;
        half_[6 + u] = b + 2.0 * d;
        half_[12 + u] = a + 4.0 * c;
        half_[18 + u] = b + 8.0 * d + m[5];
    }
    const vec4 bias = biases.at[plane];
    const uint place = outBase + plane * outPlane + uint(corner.y) * outRow + uint(corner.x);
    if (gl_GlobalInvocationID.x >= tiles)
        return;
    [[unroll]] for (int v = 0; v < 4; ++v) {
        const vec4 a = half_[v * 6 + 1] + half_[v * 6 + 2];
        const vec4 b = half_[v * 6 + 1] - half_[v * 6 + 2];
        const vec4 c = half_[v * 6 + 3] + half_[v * 6 + 4];
        const vec4 d = half_[v * 6 + 3] - half_[v * 6 + 4];
        vec4 y[4];
        y[0] = half_[v * 6] + a + c;
        y[1] = b + 2.0 * d;
        y[2] = a + 4.0 * c;
        y[3] = b + 8.0 * d + half_[v * 6 + 5];
        [[unroll]] for (int u = 0; u < 4; ++u)
            if (corner.y + v < size.y && corner.x + u < size.x)
                result[place + v * outRow + u] = storedBits(activated(y[u] + bias, lowest));
    }
}
