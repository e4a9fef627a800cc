// Tensors are NC4HW4: planes of texels, a texel is four channels of one pixel, and a halo of
// zeros around each plane (compute/graph/tensor_layout.h). All strides are in texels.
#include "texels.glsl"

// Four values as they are written. With WIDE_STORES in words of 64 bits, since drivers that run one
// invocation a SIMD lane store lane by lane and word by word; not every device knows these.
#ifdef WIDE_STORES
#extension GL_EXT_shader_explicit_arithmetic_types_int64 : require
#define FLOAT_BITS u64vec2
u64vec2 floatBits(vec4 v)
{
    const uvec4 bits = floatBitsToUint(v);
    return u64vec2(packUint2x32(bits.xy), packUint2x32(bits.zw));
}
#ifdef HALF_STORAGE
#define STORED_BITS uint64_t
uint64_t storedBits(vec4 v)
{
    const f16vec4 halves = f16vec4(v);
    return packUint2x32(uvec2(packFloat2x16(halves.xy), packFloat2x16(halves.zw)));
}
#else
#define STORED_BITS u64vec2
u64vec2 storedBits(vec4 v)
{
    return floatBits(v);
}
#endif
#else
#define FLOAT_BITS vec4
#define floatBits(v) (v)
#ifdef HALF_STORAGE
#define STORED_BITS uvec2
uvec2 storedBits(vec4 v)
{
    const f16vec4 halves = f16vec4(v);
    return uvec2(packFloat2x16(halves.xy), packFloat2x16(halves.zw));
}
#else
#define STORED_BITS vec4
#define storedBits(v) (v)
#endif
#endif

// Row of a pixel index, exact for indices below 2^22: one float division instead of an
// integer one, which CPU drivers do lane by lane.
uint rowOf(uint pixel, uint width)
{
    return uint((float(pixel) + 0.5) / float(width));
}
