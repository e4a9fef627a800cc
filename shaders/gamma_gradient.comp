// By a batch normalisation's gamma: of each channel the sum over the layer's weights, times those
// sums of products, is the sum over pixels of dz times the convolution's result; `table` makes what
// the normalisation makes of it: a factor and, for the sum of dz, a shift. One workgroup four
// channels, whose invocations take the weights in turns and put together what they have: so that
// neighbours read neighbouring texels.
#version 460
#extension GL_EXT_control_flow_attributes : require
#extension GL_GOOGLE_include_directive : require
#include "common.glsl"

layout(local_size_x_id = 0) in;
#include "group_sum.glsl"

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
    const uint plane = gl_WorkGroupID.x;
    const uint me = gl_LocalInvocationID.x;
    vec4 sum = vec4(0.0);
    for (uint i = me; i < count; i += gl_WorkGroupSize.x)
        sum += fetchTexel(products, int(productsBase + plane * productsPlane + i))
            * fetchTexel(weights, int(plane * count + i));
    const vec4 all = groupSum(sum);
    if (me == 0u) {
        const vec4 dz = fetchTexel(sums, int(sumsBase + plane * sumsPlane));
        const vec4 value = all * fetchTexel(table, int(plane * 2u)) + dz * fetchTexel(table, int(plane * 2u + 1u));
        result[outBase + plane * outPlane] = storedBits(value);
    }
}
