#pragma once

#include "kernels/dispatch.h"

namespace inceptoscope {

/// What the preprocessing shader needs to know; filled from a network's definition.
struct PreprocessOptions
{
    uint32_t resize = 256; ///< pixels of the shorter side before the centre is cropped
    bool bgr = false;
    std::array<float, 3> gain{}; ///< value = pixel (0..1) * gain + offset
    std::array<float, 3> offset{};
};

/// The centre crop in source pixels: what the network sees of a picture.
struct CropRect
{
    double x = 0;
    double y = 0;
    double w = 0;
    double h = 0;
};
[[nodiscard]] CropRect centreCrop(
    uint32_t pictureWidth, uint32_t pictureHeight, uint32_t resize, uint32_t width,
    uint32_t height);

/// Bytes that Memory::Picture must have for a picture.
[[nodiscard]] uint64_t pictureBytes(uint32_t pictureWidth, uint32_t pictureHeight);

/// The picture is at the start of Memory::Picture: RGBA8 rows without gaps.
[[nodiscard]] Dispatch preprocess(
    const PreprocessOptions& options, uint32_t pictureWidth, uint32_t pictureHeight,
    const Placed& out);

} // namespace inceptoscope
