// The products of Winograd's F(4, N - 3) along a row or a column transformed back: A^T m, 4 outputs
// a tile, with bias and activation. One invocation a tile of four channels.
#version 460
#extension GL_EXT_buffer_reference : require
#extension GL_EXT_control_flow_attributes : require
#extension GL_GOOGLE_include_directive : require
#include "common.glsl"
#include "activation.glsl"

layout(local_size_x_id = 0) in;
layout(constant_id = 1) const uint N = 10; // values along a tile

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
    Matrix matrix; // A^T, 4 x N
    ivec2 along;   // columns, rows from value to value
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

    const vec4 bias = biases.at[plane];
    vec4 y[4] = vec4[4](bias, bias, bias, bias);
    [[unroll]] for (uint i = 0; i < N; ++i) {
        const vec4 m = fetchTexel(source, base + int(i * inPosition));
        [[unroll]] for (uint r = 0; r < 4; ++r)
            y[r] += matrix.at[r * N + i] * m;
    }
    if (gl_GlobalInvocationID.x >= tiles)
        return;
    [[unroll]] for (int r = 0; r < 4; ++r) {
        const ivec2 at = corner + r * along;
        if (at.y < size.y && at.x < size.x)
            result[outBase + plane * outPlane + uint(at.y) * outRow + uint(at.x)]
                = storedBits(activated(y[r], lowest));
    }
}
