// Local response normalisation across channels, alpha divided by the window as in Caffe:
// y_c = x_c / (k + alpha / size * sum x_j^2)^beta. One invocation a pixel of four channels.
#version 460
#extension GL_EXT_control_flow_attributes : require
#extension GL_GOOGLE_include_directive : require
#include "common.glsl"

layout(local_size_x_id = 0) in;
layout(constant_id = 1) const uint HALF_WINDOW = 2; // at most 4: the neighbouring texels suffice

TENSOR(0, source);
layout(set = 0, binding = 1, std430) writeonly buffer Result
{
    STORED_BITS result[];
};

layout(push_constant) uniform Push
{
    uint pixels;
    uint width;
    uint blocks;
    uint inBase;
    uint inRow;
    uint inPlane;
    uint outBase;
    uint outRow;
    uint outPlane;
    float alphaOverSize;
    float beta;
    float k;
};

// 0.75 and 0.5 are what networks use; roots are exact where pow is an approximation.
vec4 power(vec4 base)
{
    if (beta == 0.75) {
        const vec4 root = sqrt(base);
        return root * sqrt(root);
    }
    return beta == 0.5 ? sqrt(base) : pow(base, vec4(beta));
}

void main()
{
    const uint pixel = min(gl_GlobalInvocationID.x, pixels - 1u);
    const uint plane = gl_WorkGroupID.y;
    const uint y = rowOf(pixel, width);
    const uint x = pixel - y * width;
    const int place = int(inBase + plane * inPlane + y * inRow + x);

    const vec4 here = fetchTexel(source, place);
    float squares[12];
    [[unroll]] for (int i = 0; i < 4; ++i)
        squares[4 + i] = here[i] * here[i];
    const vec4 left = plane > 0u ? fetchTexel(source, place - int(inPlane)) : vec4(0.0);
    const vec4 right = plane + 1u < blocks ? fetchTexel(source, place + int(inPlane)) : vec4(0.0);
    [[unroll]] for (int i = 0; i < 4; ++i) {
        squares[i] = left[i] * left[i];
        squares[8 + i] = right[i] * right[i];
    }
    vec4 sum = vec4(0.0);
    [[unroll]] for (int i = 0; i < 4; ++i)
        [[unroll]] for (int d = -int(HALF_WINDOW); d <= int(HALF_WINDOW); ++d)
            sum[i] += squares[4 + i + d];
    if (gl_GlobalInvocationID.x < pixels)
        result[outBase + plane * outPlane + y * outRow + x] = storedBits(here / power(k + alphaOverSize * sum));
}
