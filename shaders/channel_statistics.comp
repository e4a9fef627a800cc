// Minimum, maximum and mean of each channel's finite values, its share of zeros, and how many values
// are NaN or infinite; an invocation, or a workgroup, works on four channels.
#version 460
#extension GL_GOOGLE_include_directive : require
#include "common.glsl"

layout(local_size_x_id = 0) in;
layout(constant_id = 1) const bool together = false; // the whole workgroup on the same channels

TENSOR(0, source);
layout(set = 0, binding = 1, std430) writeonly buffer Result
{
    vec4 result[]; // two a channel: minimum, maximum, mean, share of zeros; NaN, infinite, 0, 0
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

// Of each invocation: minimum, maximum, sum, zeros, NaN, infinite.
shared vec4 parts[6 * gl_WorkGroupSize.x];
const float largest = 3.402823466e38;

void main()
{
    const uint lane = gl_LocalInvocationID.x;
    const uint block = together ? gl_WorkGroupID.x : gl_GlobalInvocationID.x;
    const uint first = together ? lane : 0u;
    const uint step = together ? gl_WorkGroupSize.x : 1u;
    if (block >= blocks)
        return;
    vec4 least = vec4(largest);
    vec4 most = -least;
    vec4 sum = vec4(0.0);
    vec4 zeros = vec4(0.0);
    vec4 nans = vec4(0.0);
    vec4 infinite = vec4(0.0);
    for (uint pixel = first; pixel < pixels;) {
        vec4 part = vec4(0.0); // many small sums lose less than one large one
        for (uint i = 0u; i < 64u && pixel < pixels; ++i, pixel += step) {
            const uint y = rowOf(pixel, width);
            const vec4 a = fetchTexel(
                source, int(inBase + block * inPlane + y * inRow + pixel - y * width));
            const uvec4 bits = floatBitsToUint(a) & 0x7fffffffu;
            const bvec4 odd = greaterThanEqual(bits, uvec4(0x7f800000u));
            least = min(least, mix(a, vec4(largest), odd));
            most = max(most, mix(a, vec4(-largest), odd));
            part += mix(a, vec4(0.0), odd);
            zeros += vec4(equal(bits, uvec4(0u)));
            nans += vec4(greaterThan(bits, uvec4(0x7f800000u)));
            infinite += vec4(equal(bits, uvec4(0x7f800000u)));
        }
        sum += part;
    }
    if (together) {
        parts[lane * 6u] = least;
        parts[lane * 6u + 1u] = most;
        parts[lane * 6u + 2u] = sum;
        parts[lane * 6u + 3u] = zeros;
        parts[lane * 6u + 4u] = nans;
        parts[lane * 6u + 5u] = infinite;
        barrier();
        if (lane != 0u)
            return;
        for (uint other = 1u; other < gl_WorkGroupSize.x; ++other) {
            least = min(least, parts[other * 6u]);
            most = max(most, parts[other * 6u + 1u]);
            sum += parts[other * 6u + 2u];
            zeros += parts[other * 6u + 3u];
            nans += parts[other * 6u + 4u];
            infinite += parts[other * 6u + 5u];
        }
    }
    const vec4 mean = sum / max(float(pixels) - nans - infinite, vec4(1.0));
    const vec4 share = zeros / float(pixels);
    for (uint i = 0u; i < 4u; ++i) {
        const uint at = 2u * (outBase + block * 4u + i);
        result[at] = vec4(least[i], most[i], mean[i], share[i]);
        result[at + 1u] = vec4(nans[i], infinite[i], 0.0, 0.0);
    }
}
