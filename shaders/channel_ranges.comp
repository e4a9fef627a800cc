// What the colours of each channel span, from the channels' statistics, and which channel has the
// highest mean. One workgroup.
#version 460
#extension GL_GOOGLE_include_directive : require
#include "texels.glsl"

layout(local_size_x_id = 0) in;

FLOATS(0, statistics); // see channel_statistics.comp
layout(set = 0, binding = 1, std430) buffer Result
{
    vec4 ranges[]; // by channel: lowest, 1 / (highest - lowest); then one: 1 + strongest channel
};

layout(push_constant) uniform Push
{
    uint channels;
    uint choice; // where the strongest channel goes
    uint layer;  // all channels share one range
    uint diverging;
    float keeps; // the last choice stays unless the new one's mean is larger by this factor; 0: none
};

shared vec4 parts[gl_WorkGroupSize.x]; // minimum, maximum, highest mean, its channel

vec4 rangeOf(float lowest, float highest)
{
    if (diverging != 0u) {
        const float most = max(abs(lowest), abs(highest));
        if (most == 0.0)
            return vec4(-1.0, 0.5, 0.0, 0.0);
        lowest = -most;
        highest = most;
    }
    return vec4(lowest, highest > lowest ? 1.0 / (highest - lowest) : 0.0, 0.0, 0.0);
}

vec4 merged(vec4 a, vec4 b)
{
    const bool second = b.z > a.z || (b.z == a.z && b.w < a.w);
    return vec4(min(a.x, b.x), max(a.y, b.y), second ? b.zw : a.zw);
}

void main()
{
    const uint lane = gl_LocalInvocationID.x;
    const uint lanes = gl_WorkGroupSize.x;
    vec4 mine = vec4(fetchTexel(statistics, 0).xyz, 0.0);
    for (uint c = lane; c < channels; c += lanes)
        mine = merged(mine, vec4(fetchTexel(statistics, int(2u * c)).xyz, float(c)));
    parts[lane] = mine;
    barrier();
    vec4 all = parts[0];
    for (uint other = 1u; other < lanes; ++other)
        all = merged(all, parts[other]);
    for (uint c = lane; c < channels; c += lanes) {
        const vec4 own = fetchTexel(statistics, int(2u * c));
        ranges[c] = layer != 0u ? rangeOf(all.x, all.y) : rangeOf(own.x, own.y);
    }
    if (lane == 0u) {
        float strongest = all.w;
        const float last = ranges[choice].x - 1.0;
        if (keeps > 0.0 && last >= 0.0 && all.z <= fetchTexel(statistics, 2 * int(last)).z * keeps)
            strongest = last;
        ranges[choice] = vec4(strongest + 1.0, 0.0, 0.0, 0.0);
    }
}
