#pragma once

#include <QImage>

#include <cstdint>

namespace inceptoscope {

/// How far a dream goes.
struct DreamOptions
{
    uint32_t octaves = 4; ///< sizes of the picture, the last its own
    double ratio = 1.4;   ///< of one to the next
    uint32_t steps = 10;  ///< in each octave
    double rate = 0.008;  ///< how far a step moves a pixel on average, of 1
    double shift = 32;    ///< pixels by which a step's picture is rolled at most
    uint64_t seed = 1;    ///< of these
};

/// What a dream begins with: as a network takes the picture (what is transparent lies over white),
/// its longer side not more than `most` pixels.
[[nodiscard]] QImage dreamStart(const QImage& picture, int most);

} // namespace inceptoscope
