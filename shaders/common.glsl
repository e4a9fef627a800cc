// Tensors are NC4HW4: planes of texels, a texel is four channels of one pixel, and a halo of
// zeros around each plane (compute/graph/tensor_layout.h). All strides are in texels.

// Row of a pixel index, exact for indices below 2^22: one float division instead of an
// integer one, which CPU drivers do lane by lane.
uint rowOf(uint pixel, uint width)
{
    return uint((float(pixel) + 0.5) / float(width));
}
