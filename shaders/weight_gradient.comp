// By a convolution's weights: for each the sum over pixels of what it read times what came back. One
// invocation one kernel position of four input channels times four output channels; with groups of
// one input channel (of each output channel's group). A batch's later pictures are added to what
// there is.
#version 460
#extension GL_EXT_control_flow_attributes : require
#extension GL_GOOGLE_include_directive : require
#include "common.glsl"

layout(local_size_x_id = 0) in;
layout(constant_id = 1) const uint GROUPED = 0;

TENSOR(0, source);
TENSOR(1, upstream);
layout(set = 0, binding = 2, std430) writeonly buffer Result
{
    STORED_BITS result[];
};
TENSOR(3, before);

layout(push_constant) uniform Push
{
    uint lanes; // kernel positions times texels of input channels, or times input channels of a group
    uint inBase;
    uint inRow;
    uint inPlane;
    uint upstreamBase;
    uint upstreamRow;
    uint upstreamPlane;
    uint outBase;
    uint outRow;
    uint outPlane;
    uint positions; // of the kernel
    uint kernelW;
    uint width; // of the result
    uint height;
    uint strideRow; // texels of the input between rows of windows
    uint strideColumn;
    uint channels; // of the input, in a group
    uint outPerGroup;
    uint more; // pictures came before
};

void store(uint channel, uint position, uint plane, vec4 value)
{
    if (gl_GlobalInvocationID.x >= lanes || channel >= channels)
        return;
    const uint at = outBase + plane * outPlane + channel * outRow + position;
    if (more != 0u)
        value = fetchTexel(before, int(at)) + value;
    result[at] = storedBits(value);
}

void main()
{
    const uint lane = min(gl_GlobalInvocationID.x, lanes - 1u);
    const uint plane = gl_WorkGroupID.y;
    const uint block = rowOf(lane, positions);
    const uint position = lane - block * positions;
    const uint ky = rowOf(position, kernelW);
    const uint window = inBase + ky * inRow + position - ky * kernelW;
    const uint back = upstreamBase + plane * upstreamPlane;
    if (GROUPED != 0u) {
        // Four output channels, each with the channel of its group.
        uvec4 channel = (plane * 4u + uvec4(0, 1, 2, 3)) / outPerGroup * channels + block;
        vec4 sum = vec4(0.0);
        for (uint y = 0; y < height; ++y)
            for (uint x = 0; x < width; ++x) {
                const uint at = window + y * strideRow + x * strideColumn;
                vec4 a;
                [[unroll]] for (uint i = 0; i < 4u; ++i)
                    a[i] = fetchTexel(source, int(at + (channel[i] / 4u) * inPlane))[channel[i] % 4u];
                sum += a * fetchTexel(upstream, int(back + y * upstreamRow + x));
            }
        store(block, position, plane, sum);
        return;
    }
    vec4 sums[4] = vec4[4](vec4(0.0), vec4(0.0), vec4(0.0), vec4(0.0));
    for (uint y = 0; y < height; ++y) {
        vec4 row[4] = vec4[4](vec4(0.0), vec4(0.0), vec4(0.0), vec4(0.0));
        for (uint x = 0; x < width; ++x) {
            const vec4 a = fetchTexel(source, int(window + block * inPlane + y * strideRow + x * strideColumn));
            const vec4 dz = fetchTexel(upstream, int(back + y * upstreamRow + x));
            [[unroll]] for (uint i = 0; i < 4u; ++i)
                row[i] += a[i] * dz;
        }
        [[unroll]] for (uint i = 0; i < 4u; ++i)
            sums[i] += row[i];
    }
    [[unroll]] for (uint i = 0; i < 4u; ++i)
        store(block * 4u + i, position, plane, sums[i]);
}
