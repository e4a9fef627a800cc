#pragma once

#include "vulkan/api.h"
#include "vulkan/width_trial.h"

namespace inceptoscope {

/// What else in the process may use llvmpipe.
enum class Beside
{
    Nothing, ///< a command, a test
    Window   ///< Qt Quick, that is OpenGL or Vulkan, which crash in llvmpipe at 512 bits
};

/// Lets llvmpipe, Mesa's driver for processors, work on vectors of 512 bits where the processor
/// has AVX-512: it takes 256 by itself, and convolutions then last a fifth longer. Mesa's disk
/// cache doesn't tell the widths apart, so compiled shaders get a folder of their own.
/// A user's own LP_NATIVE_VECTOR_WIDTH stays, with a folder of its own too.
/// A driver of unknown version is tried in a child process, where `trial` may crash, and the answer
/// kept for its version; without a trial it stays at its own width.
/// Takes 20 ms, a second or two where there is something to try, and sets environment variables, so
/// call it before there are threads or a window. The driver reads LP_NATIVE_VECTOR_WIDTH once
/// (Mesa 22.3) or whenever an instance lists its devices and whenever the first device of an
/// instance is opened (since 23.1). So the variable stays set for a command; beside a window,
/// instance and device are made here and kept for `Instance`, and then the variable is gone before
/// OpenGL sees it. Does nothing where that is no use: the window itself is drawn with Vulkan or
/// validated, or there is a window and Mesa is newer than 25.0: 26.1 reads the width anew with
/// every device, so that code of two widths would meet.
void preferWideVectors(Beside beside = Beside::Nothing, const WidthTrial& trial = {});

/// The instance that preferWideVectors() made and keeps until the end; null where there is none.
[[nodiscard]] VkInstance keptInstance();

} // namespace inceptoscope
