// Feature maps as a picture: channels in rows of `columns`, `gap` transparent pixels between
// neighbours, each value normalised by its channel's range and looked up in a colour map.
// One invocation a pixel of the picture.
#version 460
#extension GL_GOOGLE_include_directive : require
#include "common.glsl"

layout(local_size_x_id = 0) in;

layout(set = 0, binding = 0) uniform textureBuffer source;
layout(set = 0, binding = 1) uniform textureBuffer ranges; // by channel: lowest, 1 / (highest - lowest)
layout(set = 0, binding = 2, std430) readonly buffer Colours
{
    uint colours[256];
};
layout(set = 0, binding = 3, std430) writeonly buffer Result
{
    uint result[];
};

layout(push_constant) uniform Push
{
    uint inBase;
    uint inRow;
    uint inPlane;
    uvec2 tile;
    uvec2 picture;
    uint columns;
    uint gap;
    uint firstChannel;
    uint channels;
    uint outBase;
};

void main()
{
    const uvec2 at = gl_GlobalInvocationID.xy;
    if (at.x >= picture.x)
        return;
    const uvec2 pitch = tile + gap;
    const uvec2 cell = uvec2(rowOf(at.x, pitch.x), rowOf(at.y, pitch.y));
    const uvec2 inside = at - cell * pitch;
    const uint index = cell.y * columns + cell.x;
    uint colour = 0u;
    if (inside.x < tile.x && inside.y < tile.y && index < channels) {
        const uint channel = firstChannel + index;
        const vec4 a = texelFetch(
            source, int(inBase + (channel / 4u) * inPlane + inside.y * inRow + inside.x));
        const vec4 range = texelFetch(ranges, int(channel));
        const float value = clamp((a[channel % 4u] - range.x) * range.y, 0.0, 1.0);
        colour = colours[uint(value * 255.0 + 0.5)];
    }
    result[outBase + at.y * picture.x + at.x] = colour;
}
