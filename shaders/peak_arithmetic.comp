// How many multiply-adds the device does when nothing else holds it, in the form in which
// convolutions write them. Whether the driver fuses the two is its own affair. Twelve values, each
// made from two others: compilers run chains that don't meet one after the other, and then wait
// for each single sum (llvmpipe's: 36 GFLOP/s where this makes 96). Twelve fit sixteen registers.
#version 460
#extension GL_EXT_control_flow_attributes : require
#ifdef HALF_STORAGE
#extension GL_EXT_shader_explicit_arithmetic_types_float16 : require
#define VALUE4 f16vec4
#else
#define VALUE4 vec4
#endif

layout(local_size_x_id = 0) in;
layout(constant_id = 1) const uint LOOPS = 64;
layout(constant_id = 2) const uint STEPS = 32;

layout(set = 0, binding = 0, std430) writeonly buffer Result
{
    float result[];
};

layout(push_constant) uniform Push
{
    float spread;
    float summand;
};

void main()
{
    const VALUE4 c = VALUE4(summand);
    // x * x + 3/16 comes to 1/4 from anywhere below 3/4: no overflow, no subnormal number.
    VALUE4 a0 = VALUE4(vec4(gl_LocalInvocationID.x) * spread + vec4(0.5, 0.4, 0.3, 0.2));
    VALUE4 a1 = a0 * c;
    VALUE4 a2 = a0 - c;
    for (uint i = 0; i < LOOPS; ++i) {
        [[unroll]] for (uint s = 0; s < STEPS; ++s) {
            a0 = a0 * a1.yzwx + c;
            a1 = a1 * a2.yzwx + c;
            a2 = a2 * a0.yzwx + c;
        }
    }
    const VALUE4 sum = a0 + a1 + a2;
    result[gl_GlobalInvocationID.x] = float(sum.x + sum.y + sum.z + sum.w);
}
