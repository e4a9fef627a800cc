// A convolution, or one chunk of it: texels of input for one pixel, times OUT4 * 4 output channels.
// A step is one kernel position of four input channels. Any kernel size, stride and padding:
// `offsets` says where each step reads, relative to the pixel's window.
//
// STEPS of them are straight-line code; with STEPS = 0 it is a short loop over as many `steps` as
// there are, for drivers that know inside a loop too what is the same for all lanes.
//
// Shaped for drivers that run one invocation a SIMD lane: weights are read from addresses that
// are the same for all lanes and outside every branch and loop (a scalar load and a broadcast),
// activations by texelFetch (a gather). gl_WorkGroupID alone doesn't count as the same for all
// lanes there, a push constant indexed by it does, hence the identity table.
#version 460
#extension GL_EXT_buffer_reference : require
#extension GL_EXT_control_flow_attributes : require
#extension GL_GOOGLE_include_directive : require
#include "common.glsl"
#include "activation.glsl"
#ifdef SIMD
#extension GL_EXT_shader_explicit_arithmetic_types_int64 : require
#endif

layout(local_size_x_id = 0) in;
layout(constant_id = 1) const uint STEPS = 24; // a multiple of SET, or 0
const uint OUT4 = 8;
// Steps that go to an output before the next: sums don't fit a processor's registers, so that each
// is fetched and put away once a set. Divides every size of chunk, and `steps`.
const uint SET = 3;

layout(buffer_reference, std430, buffer_reference_align = STORED4_BYTES) readonly buffer Weights
{
    STORED4 at[];
};
layout(buffer_reference, std430, buffer_reference_align = 16) readonly buffer Offsets
{
    uint at[];
};

TENSOR(0, source);
FLOATS(1, before); // the memory of `sums`
layout(set = 0, binding = 2, std430) writeonly buffer Result
{
    STORED_BITS result[];
};
// Between chunks the sums stay float32: with halves they have memory of their own.
#ifdef HALF_STORAGE
layout(set = 0, binding = 3, std430) writeonly buffer Sums
{
    FLOAT_BITS sums[];
};
#endif

layout(push_constant) uniform Push
{
    uint identity[8];
    Weights weights; // of this chunk: for each block OUT4 biases, then STEPS * 4 * OUT4 weights
    Offsets offsets; // of this chunk
    uint weightStride;
    uint blocks; // of output channels, for each of the batch
    uint pixels;
    uint width;
    uint inBase;
    uint inRow;
    uint inColumn;
    uint inBatch;
    uint outBase;
    uint outRow;
    uint outPlane;
    uint outBatch;
    uint outBlocks; // texels of output channels from outBase on
    uint part; // bit 0: chunks went before, bit 1: chunks follow
    float lowest; // 0 for ReLU in the last chunk, else the smallest float
    uint steps; // where STEPS is 0
};

void main()
{
    const uvec2 group = gl_WorkGroupID.yz;
    const uint block = identity[group.x & 7u] + 8u * identity[(group.x >> 3) & 7u]
        + 64u * identity[group.x >> 6];
    const uint batch = identity[group.y & 7u] + 8u * identity[group.y >> 3];
    const uint pixel = min(gl_GlobalInvocationID.x, pixels - 1u);
    const uint y = rowOf(pixel, width);
    const uint x = pixel - y * width;
    const int window = int(inBase + batch * inBatch + y * inRow + x * inColumn);
#ifdef SIMD
    Weights mine = Weights(
        uint64_t(weights) + uint64_t((batch * blocks + block) * weightStride) * STORED4_BYTES);
#define WEIGHT(i) vec4(mine.at[i])
#else
    const uint mine = (batch * blocks + block) * weightStride;
#define WEIGHT(i) vec4(weights.at[mine + (i)])
#endif
    const uint out4 = block * OUT4;
    const uint place = outBase + batch * outBatch + out4 * outPlane + y * outRow + x;

    vec4 sum[OUT4];
    [[unroll]] for (uint o = 0; o < OUT4; ++o)
        sum[o] = WEIGHT(o);

// A macro: a function would have the sums copied in and out.
#define ADD_SET(s)                                                                                 \
    vec4 a[SET];                                                                                   \
    [[unroll]] for (uint i = 0; i < SET; ++i)                                                      \
        a[i] = fetchTexel(source, window + int(offsets.at[(s) + i]));                              \
    [[unroll]] for (uint o = 0; o < OUT4; ++o) {                                                   \
        [[unroll]] for (uint i = 0; i < SET; ++i) {                                                \
            const uint w = OUT4 + ((s) + i) * 4 * OUT4 + o;                                        \
            sum[o] += a[i].x * WEIGHT(w);                                                          \
            sum[o] += a[i].y * WEIGHT(w + OUT4);                                                   \
            sum[o] += a[i].z * WEIGHT(w + 2 * OUT4);                                               \
            sum[o] += a[i].w * WEIGHT(w + 3 * OUT4);                                               \
        }                                                                                          \
    }
    if (STEPS == 0) {
        // llvmpipe goes round once more with no lane active, and still reads weights: there are as
        // many bytes behind the last ones. A loop that is left at its end takes a fifth longer.
        [[dont_unroll]] for (uint s = 0; s < steps; s += SET) {
            ADD_SET(s)
        }
    } else {
        [[unroll]] for (uint s = 0; s < STEPS; s += SET) {
            ADD_SET(s)
        }
    }

    if ((part & 1u) != 0u) {
        [[unroll]] for (uint o = 0; o < OUT4; ++o)
#ifndef SIMD // texel buffers have zeros beyond their end
            if (out4 + o < outBlocks)
#endif
                sum[o] += fetchTexel(before, int(place + o * outPlane));
    }
#ifdef HALF_STORAGE
    if ((part & 2u) != 0u) {
        if (gl_GlobalInvocationID.x < pixels) {
            [[unroll]] for (uint o = 0; o < OUT4; ++o)
                if (out4 + o < outBlocks)
                    sums[place + o * outPlane] = floatBits(sum[o]);
        }
        return;
    }
#endif
    if (gl_GlobalInvocationID.x < pixels) {
        [[unroll]] for (uint o = 0; o < OUT4; ++o)
            if (out4 + o < outBlocks)
                result[place + o * outPlane] = storedBits(activated(sum[o], lowest));
    }
}
