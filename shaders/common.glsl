// Tensors are NC4HW4: planes of texels, a texel is four channels of one pixel, and a halo of
// zeros around each plane (compute/graph/tensor_layout.h). All strides are in texels.
//
// Shaders that write tensors are compiled twice: with HALF_STORAGE what lies in memory is four
// halves a texel. Reading through texel buffers is the same for both; sums are float32 always.
#extension GL_EXT_shader_explicit_arithmetic_types_int64 : require
#ifdef HALF_STORAGE
#extension GL_EXT_shader_16bit_storage : require
#extension GL_EXT_shader_explicit_arithmetic_types_float16 : require
#define STORED float16_t
#define STORED4 f16vec4
#define STORED4_BYTES 8
#else
#define STORED float
#define STORED4 vec4
#define STORED4_BYTES 16
#endif

// Four values as they are written: in words of 64 bits, since drivers that run one invocation a
// SIMD lane store lane by lane and word by word.
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

// Row of a pixel index, exact for indices below 2^22: one float division instead of an
// integer one, which CPU drivers do lane by lane.
uint rowOf(uint pixel, uint width)
{
    return uint((float(pixel) + 0.5) / float(width));
}
