// Tensors are NC4HW4: planes of texels, a texel is four channels of one pixel, and a halo of
// zeros around each plane (compute/graph/tensor_layout.h). All strides are in texels.
//
// Shaders that write tensors are compiled twice: with HALF_STORAGE what lies in memory is four
// halves a texel. Reading through texel buffers is the same for both; sums are float32 always.
#ifdef HALF_STORAGE
#extension GL_EXT_shader_16bit_storage : require
#define STORED float16_t
#define STORED4 f16vec4
#define STORED4_BYTES 8
#else
#define STORED float
#define STORED4 vec4
#define STORED4_BYTES 16
#endif

// Row of a pixel index, exact for indices below 2^22: one float division instead of an
// integer one, which CPU drivers do lane by lane.
uint rowOf(uint pixel, uint width)
{
    return uint((float(pixel) + 0.5) / float(width));
}
