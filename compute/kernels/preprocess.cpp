#include "kernels/preprocess.h"

#include <algorithm>
#include <cmath>

namespace inceptoscope {

CropRect centreCrop(
    uint32_t pictureWidth, uint32_t pictureHeight, uint32_t resize, uint32_t width, uint32_t height)
{
    // The shorter side becomes `resize`, or the picture as large as the crop needs.
    const double scale = std::max(
        {double(resize) / std::min(pictureWidth, pictureHeight), double(width) / pictureWidth,
         double(height) / pictureHeight});
    const double resizedWidth = std::max(1.0, std::round(pictureWidth * scale));
    const double resizedHeight = std::max(1.0, std::round(pictureHeight * scale));
    const double pitchX = pictureWidth / resizedWidth;
    const double pitchY = pictureHeight / resizedHeight;
    return {
        std::floor((resizedWidth - width) / 2) * pitchX,
        std::floor((resizedHeight - height) / 2) * pitchY, width * pitchX, height * pitchY};
}

uint64_t pictureBytes(uint32_t pictureWidth, uint32_t pictureHeight)
{
    return bindableBytes(uint64_t(pictureWidth) * pictureHeight * 4);
}

Dispatch preprocess(
    const PreprocessOptions& options, uint32_t pictureWidth, uint32_t pictureHeight,
    const Placed& out)
{
    struct Push
    {
        std::array<float, 2> pitch, origin;
        std::array<int32_t, 2> size;
        uint32_t pixels, width, outBase, outRow, bgr;
        std::array<float, 3> gain, offset;
    };
    const Shape& to = out.layout.shape;
    const CropRect crop = centreCrop(pictureWidth, pictureHeight, options.resize, to.w, to.h);
    const Geometry geometry(out.layout);
    const Push push{
        .pitch = {float(crop.w / to.w), float(crop.h / to.h)},
        .origin = {float(crop.x), float(crop.y)},
        .size = {int32_t(pictureWidth), int32_t(pictureHeight)},
        .pixels = uint32_t(to.pixels()),
        .width = to.w,
        .outBase = geometry.base,
        .outRow = geometry.row,
        .bgr = options.bgr ? 1U : 0U,
        .gain = options.gain,
        .offset = options.offset,
    };
    return {
        .shader = &shaders::preprocess,
        .precision = out.layout.precision,
        .constants = {groupWidth},
        .bindings =
            {Binding{Memory::Picture, Access::Pixels, 0, pictureBytes(pictureWidth, pictureHeight)},
             out.written()},
        .push = PushBytes(push),
        .groups = {groupsFor(to.pixels()), 1, 1}};
}

} // namespace inceptoscope
