// The sum of each channel over all pixels; of a batch's later pictures added to what there is. One
// workgroup four channels, whose invocations take the pixels in turns and put together what they
// have.
#version 460
#extension GL_EXT_control_flow_attributes : require
#extension GL_GOOGLE_include_directive : require
#include "common.glsl"

layout(local_size_x_id = 0) in;
#include "group_sum.glsl"

TENSOR(0, source);
layout(set = 0, binding = 1, std430) writeonly buffer Result
{
    STORED_BITS result[];
};
TENSOR(2, before);

layout(push_constant) uniform Push
{
    uint blocks;
    uint inBase;
    uint inRow;
    uint inPlane;
    uint outBase;
    uint outPlane;
    uint width;
    uint height;
    uint more; // pictures came before
};

void main()
{
    const uint plane = gl_WorkGroupID.x;
    const uint me = gl_LocalInvocationID.x;
    vec4 sum = vec4(0.0);
    for (uint pixel = me; pixel < width * height; pixel += gl_WorkGroupSize.x) {
        const uint y = rowOf(pixel, width);
        sum += fetchTexel(source, int(inBase + plane * inPlane + y * inRow + pixel - y * width));
    }
    vec4 all = groupSum(sum);
    if (me == 0u) {
        if (more != 0u)
            all = fetchTexel(before, int(outBase + plane * outPlane)) + all;
        result[outBase + plane * outPlane] = storedBits(all);
    }
}
