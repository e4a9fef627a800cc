// For a weight gradient as a product over pixels: what each weight reads at each pixel, four pixels a
// texel. One invocation four pixels of four input channels at one kernel position.
#version 460
#extension GL_EXT_control_flow_attributes : require
#extension GL_GOOGLE_include_directive : require
#include "common.glsl"

layout(local_size_x_id = 0) in;

TENSOR(0, source);
layout(set = 0, binding = 1, std430) writeonly buffer Result
{
    STORED_BITS result[]; // [four pixels][input channel][kernel position]
};

layout(push_constant) uniform Push
{
    uint pixels; // of the convolution's result
    uint width;
    uint inBase; // of the first window
    uint inRow;
    uint inPlane;
    uint strideRow; // texels of the input between rows of windows
    uint strideColumn;
    uint positions; // of the kernel
    uint kernelW;
    uint channels; // of the input
};

void main()
{
    const uint four = gl_GlobalInvocationID.x;
    const uint block = rowOf(gl_WorkGroupID.y, positions);
    const uint position = gl_WorkGroupID.y - block * positions;
    const uint ky = rowOf(position, kernelW);
    const uint window = inBase + block * inPlane + ky * inRow + position - ky * kernelW;
    mat4 read;
    [[unroll]] for (uint i = 0; i < 4u; ++i) {
        const uint pixel = min(four * 4u + i, pixels - 1u);
        const uint y = rowOf(pixel, width);
        const vec4 a = fetchTexel(source, int(window + y * strideRow + (pixel - y * width) * strideColumn));
        read[i] = four * 4u + i < pixels ? a : vec4(0.0);
    }
    read = transpose(read);
    if (four * 4u < pixels) {
        [[unroll]] for (uint i = 0; i < 4u; ++i)
            if (block * 4u + i < channels)
                result[(four * channels + block * 4u + i) * positions + position] = storedBits(read[i]);
    }
}
