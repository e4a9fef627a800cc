// How fast tensors are copied: read as convolutions read them, written as they write.
#version 460
#extension GL_EXT_control_flow_attributes : require
#extension GL_GOOGLE_include_directive : require
#include "texels.glsl"

layout(local_size_x_id = 0) in;
layout(constant_id = 1) const uint TEXELS = 16; // an invocation
// Together these read 128 bytes, a GPU's line and llvmpipe's vector, and then the next 128.
const uint LANES = 8;

FLOATS(0, source);
layout(set = 0, binding = 1, std430) writeonly buffer Result
{
    vec4 result[];
};

void main()
{
    const uint lane = gl_GlobalInvocationID.x;
    const uint first = lane / LANES * LANES * TEXELS + lane % LANES;
    [[unroll]] for (uint t = 0; t < TEXELS; ++t)
        result[first + t * LANES] = fetchTexel(source, int(first + t * LANES));
}
