#pragma once

namespace inceptoscope {

/// Lets llvmpipe, Mesa's driver for processors, work on vectors of 512 bits where the processor
/// has AVX-512: it takes 256 by itself, and convolutions then last a fifth longer. Mesa's disk
/// cache doesn't tell the widths apart, so compiled shaders get a folder of their own.
/// Loads the driver (20 ms) and keeps it, since it asks once, by an environment variable that must
/// be gone before OpenGL's llvmpipe sees it: that one crashes with it. So call this before there
/// are threads or a window. Does nothing where LP_NATIVE_VECTOR_WIDTH is set, or the second time.
void preferWideVectors();

} // namespace inceptoscope
