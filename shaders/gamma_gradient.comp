// By a batch normalisation's gamma: of each channel the sum over the layer's weights, times those
// sums of products, is the sum over pixels of dz times the convolution's result; `table` makes what
// the normalisation makes of it: a factor and, for the sum of dz, a shift. One invocation four
// channels.
#version 460
#extension GL_EXT_control_flow_attributes : require
#extension GL_GOOGLE_include_directive : require
#include "common.glsl"

layout(local_size_x_id = 0) in;

TENSOR(0, products);
TENSOR(1, sums);
TENSOR(2, weights);
TENSOR(3, table);
layout(set = 0, binding = 4, std430) writeonly buffer Result
{
    STORED_BITS result[];
};

layout(push_constant) uniform Push
{
    uint blocks;
    uint count; // of weights a channel
    uint productsBase;
    uint productsPlane;
    uint sumsBase;
    uint sumsPlane;
    uint outBase;
    uint outPlane;
};

void main()
{
    const uint plane = min(gl_GlobalInvocationID.x, blocks - 1u);
    vec4 sum = vec4(0.0);
    for (uint begin = 0; begin < count; begin += 16u) {
        vec4 part = vec4(0.0);
        for (uint i = begin; i < min(begin + 16u, count); ++i)
            part += fetchTexel(products, int(productsBase + plane * productsPlane + i))
                * fetchTexel(weights, int(plane * count + i));
        sum += part;
    }
    const vec4 all = fetchTexel(sums, int(sumsBase + plane * sumsPlane));
    const vec4 value = sum * fetchTexel(table, int(plane * 2u)) + all * fetchTexel(table, int(plane * 2u + 1u));
    if (gl_GlobalInvocationID.x < blocks)
        result[outBase + plane * outPlane] = storedBits(value);
}
