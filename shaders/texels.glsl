// How shaders read tensors and tables. They are compiled for two kinds of devices:
//  - any: from storage buffers. Of a texel buffer's elements only 65,536 are promised.
//  - SIMD: from texel buffers, for drivers that run one invocation a SIMD lane: texelFetch is one
//    gather there, where a storage buffer is read lane by lane.
// Nothing is read beyond a tensor's end: storage buffers don't mind their bounds.
//
// Shaders that read or write tensors are compiled twice over: with HALF_STORAGE what lies in memory
// is four halves a texel. Arithmetic is float32 always.
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

// TENSOR(1, name); declares binding 1, fetchTexel(name, i) reads a texel of it as vec4. FLOATS is
// the same for what is never halves, WORDS for single uints, PIXELS for RGBA8.
#ifdef SIMD
#define TENSOR(number, name) layout(set = 0, binding = number) uniform textureBuffer name
#define FLOATS(number, name) TENSOR(number, name)
#define PIXELS(number, name) TENSOR(number, name)
#define WORDS(number, name) layout(set = 0, binding = number) uniform utextureBuffer name
#define fetchTexel(name, i) texelFetch(name, i)
#define fetchPixel(name, i) texelFetch(name, i)
#define fetchWord(name, i) texelFetch(name, i).x
#else
#define BUFFER(number, name, type)                                                                 \
    layout(set = 0, binding = number, std430) readonly buffer Of_##name { type at[]; } name
#define TENSOR(number, name) BUFFER(number, name, STORED4)
#define FLOATS(number, name) BUFFER(number, name, vec4)
#define PIXELS(number, name) BUFFER(number, name, uint)
#define WORDS(number, name) BUFFER(number, name, uint)
#define fetchTexel(name, i) vec4(name.at[i])
#define fetchPixel(name, i) unpackUnorm4x8(name.at[i])
#define fetchWord(name, i) name.at[i]
#endif
