#pragma once

#include <QImage>

#include <optional>

class QIODevice;
class QVideoFrame;

namespace inceptoscope {

/// Pixels that share a sample of colour, across and down: 2 and 2 are 4:2:0.
struct ChromaSampling
{
    int across = 2;
    int down = 2;
    bool operator==(const ChromaSampling&) const = default;
};

/// What a file itself says of its pixels, which Qt 6.4 doesn't pass on.
struct PixelHints
{
    std::optional<ChromaSampling> chroma; ///< of motion JPEG
    bool blueFirst = false;               ///< of packed pixels of three bytes: AVI's are BGR
};

/// The frame as a picture, upright, with the colours of its range and matrix (BT.601, BT.709,
/// BT.2020). Null where its pixels can't be read.
///
/// Not by QVideoFrame::toImage(): without a GPU, Qt 6.4.2 takes every planar format for 4:2:0 and
/// full-range colours for video-range ones, and ends the program on 4:2:2.
[[nodiscard]] QImage pictureOf(const QVideoFrame& frame, const PixelHints& hints);

/// Of the first JPEG in a file (ITU-T T.81, B.2.2), looked for in its first MiB.
[[nodiscard]] std::optional<ChromaSampling> jpegSampling(QIODevice& file);

} // namespace inceptoscope
