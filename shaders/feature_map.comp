// Feature maps as a picture: channels in rows of `columns`, `gap` pixels that stay as they are
// between neighbours, each value normalised by its channel's range and looked up in a colour map;
// NaN has a colour of its own.
// One invocation a pixel of four channels: y counts blocks of channels from the first one's on.
#version 460
#extension GL_GOOGLE_include_directive : require
#include "common.glsl"

layout(local_size_x_id = 0) in;

TENSOR(0, source);
FLOATS(1, ranges); // see channel_ranges.comp
WORDS(2, colours);
layout(set = 0, binding = 3, std430) writeonly buffer Result
{
    uint result[];
};

layout(push_constant) uniform Push
{
    uint inBase;
    uint inRow;
    uint inPlane;
    uint width; // of a map
    uint height;
    uint row; // pixels of a row of the picture
    uint columns;
    uint gap;
    uint firstChannel;
    uint channels;
    uint choice; // where in `ranges` the strongest channel is; 0: draw from firstChannel on
    uint nanColour;
};

void main()
{
    const uint pixel = gl_GlobalInvocationID.x;
    if (pixel >= width * height)
        return;
    const uint first = choice == 0u ? firstChannel : uint(fetchTexel(ranges, int(choice)).x) - 1u;
    const uint block = first / 4u + gl_WorkGroupID.y;
    const uint y = rowOf(pixel, width);
    const uint x = pixel - y * width;
    const vec4 a = fetchTexel(source, int(inBase + block * inPlane + y * inRow + x));
    for (uint i = 0u; i < 4u; ++i) {
        const uint channel = block * 4u + i;
        const uint index = channel - first; // beyond all channels where it comes before the first
        if (index >= channels)
            continue;
        const vec4 range = fetchTexel(ranges, int(channel));
        const float share = isinf(a[i]) ? a[i] : (a[i] - range.x) * range.y;
        const float value = isnan(a[i]) ? 0.0 : clamp(share, 0.0, 1.0);
        const uint cell = rowOf(index, columns);
        const uint at = (cell * (height + gap) + y) * row + (index - cell * columns) * (width + gap) + x;
        const uint colour = fetchWord(colours, int(value * 255.0 + 0.5));
        result[at] = isnan(a[i]) ? nanColour : colour;
    }
}
