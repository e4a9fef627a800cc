// A convolution whose result is one pixel, as the classifier's: a matrix times a vector. One
// invocation four output channels; the matrix is read once, so that memory is the limit.
#version 460
#extension GL_EXT_buffer_reference : require
#extension GL_GOOGLE_include_directive : require
#include "common.glsl"

layout(local_size_x_id = 0) in;

layout(buffer_reference, std430, buffer_reference_align = 16) readonly buffer Biases
{
    vec4 at[];
};
layout(set = 0, binding = 0) uniform textureBuffer source;
layout(set = 0, binding = 1) uniform textureBuffer weights; // [16 texels of output channels][step][lane][texel]
layout(set = 0, binding = 2, std430) writeonly buffer Result
{
    STORED_BITS result[];
};

layout(push_constant) uniform Push
{
    Biases biases;
    uvec2 kernel; // columns, rows
    uint planes;  // of the input
    uint steps; // of the weights
    uint inBase;
    uint inRow;
    uint inPlane;
    uint outBase;
    uint outPlane;
    uint outTexels;
    float lowest;
};

void main()
{
    const uint texel = gl_GlobalInvocationID.x;
    if (texel >= outTexels)
        return;
    vec4 sum = biases.at[texel];
    int row = int(texel / 16 * steps * 64 + texel % 16);
    for (uint plane = 0; plane < planes; ++plane)
        for (uint v = 0; v < kernel.y; ++v)
            for (uint u = 0; u < kernel.x; ++u) {
                const vec4 a = texelFetch(source, int(inBase + plane * inPlane + v * inRow + u));
                sum += a.x * texelFetch(weights, row);
                sum += a.y * texelFetch(weights, row + 16);
                sum += a.z * texelFetch(weights, row + 32);
                sum += a.w * texelFetch(weights, row + 48);
                row += 64;
            }
    result[outBase + texel * outPlane] = storedBits(max(sum, vec4(lowest)));
}
