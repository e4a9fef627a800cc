// How fast memory is read: each workgroup reads one piece of it in order, as convolutions do.
#version 460
#extension GL_EXT_control_flow_attributes : require
#extension GL_GOOGLE_include_directive : require
#include "texels.glsl"

layout(local_size_x_id = 0) in;
layout(constant_id = 1) const uint TEXELS = 64; // an invocation
// Together these read 128 bytes, a GPU's line and llvmpipe's vector, and then the next 128.
const uint LANES = 8;

FLOATS(0, source);
layout(set = 0, binding = 1, std430) writeonly buffer Result
{
    float result[];
};

void main()
{
    const uint lane = gl_GlobalInvocationID.x;
    const int first = int(lane / LANES * LANES * TEXELS + lane % LANES);
    vec4 sum = vec4(0);
    [[unroll]] for (uint t = 0; t < TEXELS; ++t)
        sum += fetchTexel(source, first + int(t * LANES));
    result[gl_GlobalInvocationID.x] = sum.x + sum.y + sum.z + sum.w;
}
