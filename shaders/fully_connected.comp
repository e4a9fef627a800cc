// One invocation an output unit: neighbours read neighbouring weights, the input is the same
// for all. Weights are [step][unit] texels, a step being four input channels of one pixel.
#version 460
#extension GL_GOOGLE_include_directive : require
#include "common.glsl"

layout(local_size_x_id = 0) in;

layout(set = 0, binding = 0) uniform textureBuffer source;
layout(set = 0, binding = 1) uniform textureBuffer weights;
layout(set = 0, binding = 2, std430) writeonly buffer Result
{
    STORED result[];
};

layout(push_constant) uniform Push
{
    uint units;
    uint unitStride; // texels of weights a step; biases follow the last step, four a texel
    uint blocks;
    uint width;
    uint height;
    uint inBase;
    uint inRow;
    uint inPlane;
    uint outBase;
    uint outPlane;
    float lowest;
};

void main()
{
    const uint unit = min(gl_GlobalInvocationID.x, units - 1u);
    vec4 sum = vec4(0.0);
    uint step = unit;
    for (uint plane = 0; plane < blocks; ++plane) {
        for (uint y = 0; y < height; ++y) {
            for (uint x = 0; x < width; ++x) {
                const vec4 a = texelFetch(source, int(inBase + plane * inPlane + y * inRow + x));
                sum += a * texelFetch(weights, int(step));
                step += unitStride;
            }
        }
    }
    const uint biases = blocks * height * width * unitStride;
    const float bias = texelFetch(weights, int(biases + unit / 4u))[unit % 4u];
    if (gl_GlobalInvocationID.x < units)
        result[(outBase + (unit / 4u) * outPlane) * 4u + unit % 4u]
            = STORED(max(sum.x + sum.y + sum.z + sum.w + bias, lowest));
}
