// A convolution as an implicit matrix product for devices whose invocations share memory: a
// workgroup makes a tile of pixels times output channels, DEPTH steps at a time come to shared
// memory, and each invocation keeps a block of PIXELS x TEXELS sums in registers. A step is one
// kernel position of four input channels; `offsets` says where each reads.
#version 460
#extension GL_EXT_buffer_reference : require
#extension GL_EXT_control_flow_attributes : require
#extension GL_GOOGLE_include_directive : require
#include "common.glsl"
#include "activation.glsl"

layout(local_size_x_id = 0) in; // ACROSS * DOWN
layout(constant_id = 1) const uint PIXELS = 4; // an invocation
layout(constant_id = 2) const uint TEXELS = 2; // of output channels, an invocation
layout(constant_id = 3) const uint ACROSS = 16; // invocations over pixels
layout(constant_id = 4) const uint DOWN = 8; // invocations over output channels

const uint DEPTH = 8;
const uint TILE_PIXELS = PIXELS * ACROSS;
const uint TILE_TEXELS = TEXELS * DOWN;
const uint INVOCATIONS = ACROSS * DOWN;

layout(buffer_reference, std430, buffer_reference_align = STORED4_BYTES) readonly buffer Weights
{
    STORED4 at[]; // [16 texels of output channels][step][lane][texel]
};
layout(buffer_reference, std430, buffer_reference_align = 16) readonly buffer Biases
{
    vec4 at[];
};
layout(buffer_reference, std430, buffer_reference_align = 16) readonly buffer Offsets
{
    uint at[];
};

layout(set = 0, binding = 0, std430) readonly buffer Source
{
    STORED4 source[];
};
layout(set = 0, binding = 1, std430) writeonly buffer Result
{
    STORED_BITS result[];
};

layout(push_constant) uniform Push
{
    Weights weights;
    Biases biases;
    Offsets offsets;
    uint steps;     // a multiple of DEPTH
    uint pixels;
    uint width;
    uint inBase;
    uint inRow;
    uint inColumn;
    uint outBase;
    uint outRow;
    uint outPlane;
    uint outTexels;
    float lowest;
};

shared vec4 inputs[DEPTH * TILE_PIXELS];
shared vec4 kernels[DEPTH * 4 * TILE_TEXELS];

void main()
{
    const uint me = gl_LocalInvocationID.x;
    const uint firstPixel = gl_WorkGroupID.x * TILE_PIXELS;
    const uint firstTexel = gl_WorkGroupID.y * TILE_TEXELS;
    const uint across = me % ACROSS;
    const uint down = me / ACROSS;

    // What it brings to shared memory is always of one pixel, and of one texel of channels.
    const uint mine = min(firstPixel + me % TILE_PIXELS, pixels - 1u);
    const uint window = inBase + (mine / width) * inRow + (mine % width) * inColumn;

    const uint column = firstTexel / 16 * steps * 4;

    vec4 sum[PIXELS][TEXELS];
    [[unroll]] for (uint t = 0; t < TEXELS; ++t) {
        const vec4 bias = biases.at[firstTexel + down + t * DOWN];
        [[unroll]] for (uint p = 0; p < PIXELS; ++p)
            sum[p][t] = bias;
    }

    for (uint first = 0; first < steps; first += DEPTH) {
        for (uint i = me; i < DEPTH * TILE_PIXELS; i += INVOCATIONS)
            inputs[i] = vec4(source[window + offsets.at[first + i / TILE_PIXELS]]);
        for (uint i = me; i < DEPTH * 4 * TILE_TEXELS; i += INVOCATIONS)
            kernels[i] = vec4(weights.at[(column + first * 4 + i / TILE_TEXELS) * 16
                + firstTexel % 16 + i % TILE_TEXELS]);
        barrier();
        for (uint s = 0; s < DEPTH; ++s) {
            vec4 a[PIXELS];
            [[unroll]] for (uint p = 0; p < PIXELS; ++p)
                a[p] = inputs[s * TILE_PIXELS + across + p * ACROSS];
            [[unroll]] for (uint t = 0; t < TEXELS; ++t) {
                const uint at = s * 4 * TILE_TEXELS + down + t * DOWN;
                const vec4 x = kernels[at];
                const vec4 y = kernels[at + TILE_TEXELS];
                const vec4 z = kernels[at + 2 * TILE_TEXELS];
                const vec4 w = kernels[at + 3 * TILE_TEXELS];
                [[unroll]] for (uint p = 0; p < PIXELS; ++p)
                    sum[p][t] += a[p].x * x + a[p].y * y + a[p].z * z + a[p].w * w;
            }
        }
        barrier();
    }

    [[unroll]] for (uint p = 0; p < PIXELS; ++p) {
        const uint pixel = firstPixel + across + p * ACROSS;
        const uint place = outBase + (pixel / width) * outRow + pixel % width;
        [[unroll]] for (uint t = 0; t < TEXELS; ++t) {
            const uint texel = firstTexel + down + t * DOWN;
            if (pixel < pixels && texel < outTexels)
                result[place + texel * outPlane] = storedBits(activated(sum[p][t], lowest));
        }
    }
}
