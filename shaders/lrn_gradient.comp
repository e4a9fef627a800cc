// Of local response normalisation: with s_j = k + alpha / size * (sum of squares around j)
// dx_i = dy_i s_i^-beta - 2 alpha beta / size x_i sum_j dy_j x_j s_j^(-beta - 1), j around i. One
// invocation a pixel of four channels, which sees the two texels on either side.
#version 460
#extension GL_EXT_control_flow_attributes : require
#extension GL_GOOGLE_include_directive : require
#include "common.glsl"

layout(local_size_x_id = 0) in;
layout(constant_id = 1) const uint HALF_WINDOW = 2; // at most 4: the neighbouring texels suffice

TENSOR(0, source);
TENSOR(1, upstream);
layout(set = 0, binding = 2, std430) writeonly buffer Result
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
    uint upstreamBase;
    uint upstreamRow;
    uint upstreamPlane;
    uint outBase;
    uint outRow;
    uint outPlane;
    float alphaOverSize;
    float beta;
    float k;
};

// As in lrn.comp: roots are exact where pow is an approximation.
float power(float base)
{
    if (beta == 0.75) {
        const float root = sqrt(base);
        return root * sqrt(root);
    }
    return beta == 0.5 ? sqrt(base) : pow(base, beta);
}

void main()
{
    const uint pixel = min(gl_GlobalInvocationID.x, pixels - 1u);
    const uint plane = gl_WorkGroupID.y;
    const uint y = rowOf(pixel, width);
    const uint x = pixel - y * width;
    const int place = int(inBase + plane * inPlane + y * inRow + x);
    const int upstreamPlace = int(upstreamBase + plane * upstreamPlane + y * upstreamRow + x);

    float values[20]; // of the channels from two texels before on
    [[unroll]] for (int t = -2; t <= 2; ++t) {
        const bool there = int(plane) + t >= 0 && int(plane) + t < int(blocks);
        const vec4 texel = fetchTexel(source, there ? place + t * int(inPlane) : place);
        [[unroll]] for (int i = 0; i < 4; ++i)
            values[(t + 2) * 4 + i] = there ? texel[i] : 0.0;
    }
    float terms[12]; // from one texel before on
    vec4 direct = vec4(0.0);
    [[unroll]] for (int t = -1; t <= 1; ++t) {
        const bool there = int(plane) + t >= 0 && int(plane) + t < int(blocks);
        const vec4 dy = fetchTexel(upstream, there ? upstreamPlace + t * int(upstreamPlane) : upstreamPlace);
        [[unroll]] for (int i = 0; i < 4; ++i) {
            const int j = (t + 2) * 4 + i;
            float squares = 0.0;
            [[unroll]] for (int d = -int(HALF_WINDOW); d <= int(HALF_WINDOW); ++d)
                squares += values[j + d] * values[j + d];
            const float s = k + alphaOverSize * squares;
            const float scaled = there ? dy[i] / power(s) : 0.0;
            terms[j - 4] = scaled * values[j] / s;
            if (t == 0)
                direct[i] = scaled;
        }
    }
    vec4 value = vec4(0.0);
    [[unroll]] for (int i = 0; i < 4; ++i) {
        float sum = 0.0;
        [[unroll]] for (int d = -int(HALF_WINDOW); d <= int(HALF_WINDOW); ++d)
            sum += terms[4 + i + d];
        value[i] = direct[i] - 2.0 * alphaOverSize * beta * values[8 + i] * sum;
    }
    if (gl_GlobalInvocationID.x < pixels)
        result[outBase + plane * outPlane + y * outRow + x] = storedBits(value);
}
