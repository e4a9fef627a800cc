// A share of each channel's mean over the pixels of a batch, or with CENTRED of its variance: of the
// squares around the mean that is there already. Later pictures are added to what there is. One
// workgroup four channels.
#version 460
#extension GL_EXT_control_flow_attributes : require
#extension GL_GOOGLE_include_directive : require
#include "common.glsl"

layout(local_size_x_id = 0) in;
#include "group_sum.glsl"
layout(constant_id = 1) const uint CENTRED = 0;

TENSOR(0, source);
layout(set = 0, binding = 1, std430) writeonly buffer Result
{
    STORED_BITS result[]; // mean, variance
};
TENSOR(2, before);

layout(push_constant) uniform Push
{
    uint inBase;
    uint inRow;
    uint inPlane;
    uint outBase;
    uint outPlane;
    uint width;
    uint height;
    uint more;   // pictures came before
    float share; // of a value in the batch
};

void main()
{
    const uint plane = gl_WorkGroupID.x;
    const uint me = gl_LocalInvocationID.x;
    const uint mean = outBase + plane * outPlane;
    const vec4 centre = CENTRED != 0u ? fetchTexel(before, int(mean)) : vec4(0.0);
    vec4 sum = vec4(0.0);
    for (uint pixel = me; pixel < width * height; pixel += gl_WorkGroupSize.x) {
        const uint y = rowOf(pixel, width);
        const vec4 x = fetchTexel(source, int(inBase + plane * inPlane + y * inRow + pixel - y * width)) - centre;
        sum += CENTRED != 0u ? x * x : x;
    }
    vec4 all = groupSum(sum);
    if (me == 0u) {
        all *= share;
        const uint at = mean + (CENTRED != 0u ? 1u : 0u);
        if (more != 0u)
            all = fetchTexel(before, int(at)) + all;
        result[at] = storedBits(all);
    }
}
