// Minimum, maximum, mean and share of zeros of each channel; an invocation, or a workgroup, works
// on four channels.
#version 460
#extension GL_GOOGLE_include_directive : require
#include "common.glsl"

layout(local_size_x_id = 0) in;
layout(constant_id = 1) const bool together = false; // the whole workgroup on the same channels

layout(set = 0, binding = 0) uniform textureBuffer source;
layout(set = 0, binding = 1, std430) writeonly buffer Result
{
    vec4 result[]; // by channel: minimum, maximum, mean, share of zeros
};

layout(push_constant) uniform Push
{
    uint blocks;
    uint inBase;
    uint inRow;
    uint inPlane;
    uint width;
    uint pixels;
    uint outBase;
};

shared vec4 parts[4 * gl_WorkGroupSize.x]; // of each invocation: minimum, maximum, sum, zeros

void main()
{
    const uint lane = gl_LocalInvocationID.x;
    const uint block = together ? gl_WorkGroupID.x : gl_GlobalInvocationID.x;
    const uint first = together ? lane : 0u;
    const uint step = together ? gl_WorkGroupSize.x : 1u;
    if (block >= blocks)
        return;
    vec4 least = vec4(3.402823466e38);
    vec4 most = -least;
    vec4 sum = vec4(0.0);
    vec4 zeros = vec4(0.0);
    for (uint pixel = first; pixel < pixels;) {
        vec4 part = vec4(0.0); // many small sums lose less than one large one
        for (uint i = 0u; i < 64u && pixel < pixels; ++i, pixel += step) {
            const uint y = rowOf(pixel, width);
            const vec4 a = texelFetch(
                source, int(inBase + block * inPlane + y * inRow + pixel - y * width));
            least = min(least, a);
            most = max(most, a);
            part += a;
            zeros += vec4(equal(a, vec4(0.0)));
        }
        sum += part;
    }
    if (together) {
        parts[lane * 4u] = least;
        parts[lane * 4u + 1u] = most;
        parts[lane * 4u + 2u] = sum;
        parts[lane * 4u + 3u] = zeros;
        barrier();
        if (lane != 0u)
            return;
        for (uint other = 1u; other < gl_WorkGroupSize.x; ++other) {
            least = min(least, parts[other * 4u]);
            most = max(most, parts[other * 4u + 1u]);
            sum += parts[other * 4u + 2u];
            zeros += parts[other * 4u + 3u];
        }
    }
    const vec4 mean = sum / float(pixels);
    const vec4 share = zeros / float(pixels);
    for (uint i = 0u; i < 4u; ++i)
        result[outBase + block * 4u + i] = vec4(least[i], most[i], mean[i], share[i]);
}
