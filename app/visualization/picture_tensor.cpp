#include "visualization/picture_tensor.h"

#include "engine/picture.h"

#include <algorithm>
#include <cmath>

namespace inceptoscope {

namespace {

/// Which of red, green and blue the network's channel c is.
size_t colourOf(size_t c, ChannelOrder order)
{
    return order == ChannelOrder::Rgb ? c : 2 - c;
}

} // namespace

std::vector<float> inputOf(const Planes& picture, const Preprocessing& preprocessing)
{
    std::vector<float> result;
    result.reserve(3 * picture.rgb[0].size());
    for (size_t c = 0; c < 3; ++c)
        for (const float value : picture.rgb[colourOf(c, preprocessing.order)])
            result.push_back(
                (value * preprocessing.range - preprocessing.mean[c]) * preprocessing.scale[c]);
    return result;
}

Planes byPicture(
    const std::vector<float>& byInput, uint32_t rows, uint32_t columns,
    const Preprocessing& preprocessing)
{
    const size_t pixels = size_t(rows) * columns;
    Planes result{rows, columns, {}};
    for (size_t c = 0; c < 3; ++c) {
        const float factor = preprocessing.range * preprocessing.scale[c];
        std::vector<float>& plane = result.rgb[colourOf(c, preprocessing.order)];
        plane.resize(pixels);
        for (size_t i = 0; i < pixels; ++i)
            plane[i] = byInput[c * pixels + i] * factor;
    }
    return result;
}

QImage imageOf(const Planes& picture)
{
    QImage image(int(picture.columns), int(picture.rows), QImage::Format_RGB888);
    for (uint32_t y = 0; y < picture.rows; ++y) {
        uchar* line = image.scanLine(int(y));
        for (uint32_t x = 0; x < picture.columns; ++x)
            for (size_t c = 0; c < 3; ++c) {
                const float value = picture.rgb[c][size_t(y) * picture.columns + x];
                line[3 * x + c] = uchar(std::lround(255 * std::clamp(value, 0.0F, 1.0F)));
            }
    }
    return image;
}

Planes planesOf(const QImage& image)
{
    const QImage opaque = opaqueRgba(image);
    Planes result{uint32_t(opaque.height()), uint32_t(opaque.width()), {}};
    for (std::vector<float>& plane : result.rgb)
        plane.reserve(size_t(result.rows) * result.columns);
    for (int y = 0; y < opaque.height(); ++y) {
        const uchar* line = opaque.constScanLine(y);
        for (int x = 0; x < opaque.width(); ++x)
            for (size_t c = 0; c < 3; ++c)
                result.rgb[c].push_back(float(line[4 * size_t(x) + c]) / 255);
    }
    return result;
}

} // namespace inceptoscope
