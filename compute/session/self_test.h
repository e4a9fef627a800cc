#pragma once

namespace inceptoscope {

/// Whether the best device computes small convolutions right, each in several forms that have
/// nothing in common but the result, in float32 and, where it has them, halves. Compiles most of
/// the shaders that networks take, so that a driver that crashes on them does. Throws as Instance,
/// Device and Session do. For preferWideVectors().
[[nodiscard]] bool computesRight();

} // namespace inceptoscope
