// How many multiply-adds the device does when nothing else holds it: independent chains, in the
// form in which convolutions write them. Whether the driver fuses the two is its own affair.
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
layout(constant_id = 3) const uint CHAINS = 3;

layout(set = 0, binding = 0, std430) writeonly buffer Result
{
    float result[];
};

layout(push_constant) uniform Push
{
    float factor;
    float summand;
};

void main()
{
    const VALUE4 m = VALUE4(factor);
    const VALUE4 c = VALUE4(summand);
    // All different, or a compiler would do equal chains once.
    VALUE4 a[CHAINS];
    [[unroll]] for (uint k = 0; k < CHAINS; ++k)
        a[k] = VALUE4(vec4(gl_LocalInvocationID.x) + vec4(0.5, 0.25, 0.125, 0.0625) * float(k + 1));
    for (uint i = 0; i < LOOPS; ++i) {
        [[unroll]] for (uint s = 0; s < STEPS; ++s)
            [[unroll]] for (uint k = 0; k < CHAINS; ++k)
                a[k] = a[k] * m + c;
    }
    VALUE4 sum = a[0];
    [[unroll]] for (uint k = 1; k < CHAINS; ++k)
        sum += a[k];
    result[gl_GlobalInvocationID.x] = float(sum.x + sum.y + sum.z + sum.w);
}
