// Of a vector's direction: (dy - y * sum(y * dy)) / |x|, y being x / |x|. Below the length that
// l2_normalize.comp divides by at least, the derivative of that quotient.
#version 460
#extension GL_EXT_control_flow_attributes : require
#extension GL_GOOGLE_include_directive : require
#include "common.glsl"

layout(local_size_x_id = 0) in;

TENSOR(0, values);
TENSOR(1, upstream);
layout(set = 0, binding = 2, std430) writeonly buffer Result
{
    STORED_BITS result[];
};

layout(push_constant) uniform Push
{
    uint channels;
    uint valueBase;
    uint valuePlane;
    uint upstreamBase;
    uint upstreamPlane;
    uint outBase;
    uint outPlane;
};

const float shortest = 1e-12;

void main()
{
    const uint blocks = (channels + 3u) / 4u;
    float squares = 0.0;
    float sum = 0.0;
    for (uint b = 0; b < blocks; ++b) {
        const vec4 x = fetchTexel(values, int(valueBase + b * valuePlane));
        squares += dot(x, x);
        sum += dot(x, fetchTexel(upstream, int(upstreamBase + b * upstreamPlane)));
    }
    const float length = sqrt(squares);
    const uint mine = min(gl_GlobalInvocationID.x, blocks - 1u);
    const vec4 x = fetchTexel(values, int(valueBase + mine * valuePlane));
    const vec4 dy = fetchTexel(upstream, int(upstreamBase + mine * upstreamPlane));
    const vec4 value = length > shortest || isnan(length) ? (dy - x / length * (sum / length)) / length
                                                          : dy / shortest;
    if (gl_GlobalInvocationID.x < blocks)
        result[outBase + mine * outPlane] = storedBits(value);
}
