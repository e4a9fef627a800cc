// Picture to input tensor: resize (each result pixel is the mean of the source area it covers;
// bilinear where the picture is enlarged), crop, value = pixel * gain + offset, channel order.
// One invocation a pixel of the result.
#version 460
#extension GL_GOOGLE_include_directive : require
#include "common.glsl"

layout(local_size_x_id = 0) in;

PIXELS(0, picture); // RGBA8, rows without gaps
layout(set = 0, binding = 1, std430) writeonly buffer Result
{
    STORED_BITS result[];
};

layout(push_constant) uniform Push
{
    vec2 pitch;  // source pixels a result pixel
    vec2 origin; // of the crop, in source pixels
    ivec2 size;  // of the source
    uint pixels;
    uint width;
    uint outBase;
    uint outRow;
    uint bgr;
    float gain[3];
    float offset[3];
};

// Weights of source pixel i under the interval [from, to): its share of the area, or for an
// enlarged picture the bilinear weight around the interval's middle.
float weight(float from, float to, int i)
{
    if (to - from >= 1.0)
        return max(0.0, min(float(i) + 1.0, to) - max(float(i), from));
    return max(0.0, 1.0 - abs(float(i) + 0.5 - 0.5 * (from + to)));
}

void main()
{
    const uint pixel = gl_GlobalInvocationID.x;
    if (pixel >= pixels)
        return;
    const uint y = rowOf(pixel, width);
    const uint x = pixel - y * width;
    const vec2 from = origin + vec2(x, y) * pitch;
    const vec2 to = from + pitch;
    const ivec2 first = clamp(ivec2(floor(min(from, 0.5 * (from + to) - 0.5))), ivec2(0), size - 1);
    const ivec2 last = clamp(ivec2(ceil(max(to, 0.5 * (from + to) + 0.5))) - 1, ivec2(0), size - 1);

    vec3 sum = vec3(0.0);
    float total = 0.0;
    for (int v = first.y; v <= last.y; ++v) {
        const float row = weight(from.y, to.y, v);
        for (int u = first.x; u <= last.x; ++u) {
            const float w = row * weight(from.x, to.x, u);
            sum += w * fetchPixel(picture, v * size.x + u).rgb;
            total += w;
        }
    }
    sum /= total;
    const vec3 ordered = bgr != 0u ? sum.bgr : sum.rgb;
    result[outBase + y * outRow + x] = storedBits(vec4(ordered.x * gain[0] + offset[0],
        ordered.y * gain[1] + offset[1], ordered.z * gain[2] + offset[2], 0.0));
}
