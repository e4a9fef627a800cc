#include "live_source/frame_picture.h"

#include <QIODevice>
#include <QTransform>
#include <QVideoFrame>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <sys/uio.h>
#include <unistd.h>

namespace inceptoscope {

namespace {

/// From 6.5 on, Qt brings what it has no name for to what it says it is.
constexpr bool namesAreTrue = QT_VERSION >= QT_VERSION_CHECK(6, 5, 0);

/// Of one component, 8 bits or more.
struct Samples
{
    const uchar* data = nullptr;
    qsizetype stride = 0; ///< bytes from row to row
    int step = 1;         ///< bytes from sample to sample
    ChromaSampling per{1, 1};
};

struct Planar
{
    Samples luma;
    Samples blue;
    Samples red;
    int bytes = 1; ///< of a sample, little-endian
    int bits = 8;  ///< of a sample's value
    int shift = 0; ///< below the value
};

/// How a format's samples lie, by its name alone.
struct Named
{
    ChromaSampling chroma;
    int bytes = 1;
    int bits = 8;
    int shift = 0;
    bool together = false; ///< both colours in one plane
    bool redFirst = false;
};

std::optional<Named> named(QVideoFrameFormat::PixelFormat format)
{
    switch (format) {
    case QVideoFrameFormat::Format_YUV420P:
        return Named{.chroma = {2, 2}};
    case QVideoFrameFormat::Format_YV12:
        return Named{.chroma = {2, 2}, .redFirst = true};
    case QVideoFrameFormat::Format_YUV422P:
        return Named{.chroma = {2, 1}};
    case QVideoFrameFormat::Format_YUV420P10:
        return Named{.chroma = {2, 2}, .bytes = 2, .bits = 10};
    case QVideoFrameFormat::Format_NV12:
        return Named{.chroma = {2, 2}, .together = true};
    case QVideoFrameFormat::Format_NV21:
        return Named{.chroma = {2, 2}, .together = true, .redFirst = true};
    case QVideoFrameFormat::Format_P010:
        return Named{.chroma = {2, 2}, .bytes = 2, .bits = 10, .shift = 6, .together = true};
    case QVideoFrameFormat::Format_P016:
        return Named{.chroma = {2, 2}, .bytes = 2, .bits = 16, .together = true};
    default:
        return std::nullopt;
    }
}

/// Memory that Qt doesn't say is the frame's, though it should be: an error rather than a crash
/// where it isn't.
QByteArray readSafely(const uchar* from, qsizetype bytes)
{
    QByteArray copy(bytes, Qt::Uninitialized);
    const iovec here{copy.data(), size_t(bytes)};
    const iovec there{const_cast<uchar*>(from), size_t(bytes)};
    return process_vm_readv(getpid(), &here, 1, &there, 1, 0) == bytes ? copy : QByteArray();
}

/// What is true of the planes' shape: their strides are, their height is only as it is named.
ChromaSampling
samplingOf(const QVideoFrame& frame, const Named& name, const std::optional<ChromaSampling>& known)
{
    if (name.together)
        return name.chroma;
    const double share = double(frame.bytesPerLine(1)) / std::max(1, frame.bytesPerLine(0));
    const int across = share > 0.75 ? 1 : share > 0.375 ? 2 : 4;
    if (!namesAreTrue && known && known->across == across)
        return *known;
    // 4:4:0 is found in JPEG only, and what isn't as wide as named is 4:4:4 or 4:1:1.
    return across == name.chroma.across ? name.chroma : ChromaSampling{across, 1};
}

int rounded(double value)
{
    return int(std::lround(value));
}

/// Of 16 bits after the point.
struct Matrix
{
    int luma = 0, redOfRed = 0, greenOfBlue = 0, greenOfRed = 0, blueOfBlue = 0;
    int black = 0;  ///< of luma
    int centre = 0; ///< of chroma
};

Matrix matrixOf(const QVideoFrameFormat& format, int bits)
{
    // ITU-R BT.601, BT.709, BT.2020: shares of red and blue in luma.
    double red = 0.299;
    double blue = 0.114;
    const auto space = format.colorSpace();
    const bool untold = space == QVideoFrameFormat::ColorSpace_Undefined;
    if (space == QVideoFrameFormat::ColorSpace_BT709 || (untold && format.frameHeight() >= 720)) {
        red = 0.2126;
        blue = 0.0722;
    } else if (space == QVideoFrameFormat::ColorSpace_BT2020) {
        red = 0.2627;
        blue = 0.0593;
    }
    const bool full = format.colorRange() == QVideoFrameFormat::ColorRange_Full;
    const double unit = std::exp2(bits - 8);
    const double most = std::exp2(bits) - 1;
    const double lumaRange = full ? most : 219 * unit;
    const double chromaRange = full ? most : 224 * unit;
    const double green = 1 - red - blue;
    const double one = 65536 * 255;
    const double chroma = one * 2 / chromaRange;
    return {
        .luma = rounded(one / lumaRange),
        .redOfRed = rounded(chroma * (1 - red)),
        .greenOfBlue = rounded(chroma * (1 - blue) * blue / green),
        .greenOfRed = rounded(chroma * (1 - red) * red / green),
        .blueOfBlue = rounded(chroma * (1 - blue)),
        .black = full ? 0 : rounded(16 * unit),
        .centre = rounded(128 * unit)};
}

uchar byteOf(qint64 value)
{
    return uchar(std::clamp<qint64>((value + 32768) >> 16, 0, 255));
}

template <int bytes> int sample(const uchar* at)
{
    if constexpr (bytes == 1)
        return *at;
    else
        return at[0] | at[1] << 8;
}

template <int bytes> void convert(const Planar& from, const Matrix& m, QImage& to)
{
    for (int y = 0; y < to.height(); ++y) {
        const uchar* luma = from.luma.data + y * from.luma.stride;
        const uchar* blue = from.blue.data + y / from.blue.per.down * from.blue.stride;
        const uchar* red = from.red.data + y / from.red.per.down * from.red.stride;
        uchar* out = to.scanLine(y);
        for (int x = 0; x < to.width(); ++x, out += 4) {
            const int c = x / from.blue.per.across;
            const qint64 l =
                qint64((sample<bytes>(luma + x * from.luma.step) >> from.shift) - m.black) * m.luma;
            const qint64 b = (sample<bytes>(blue + c * from.blue.step) >> from.shift) - m.centre;
            const qint64 r = (sample<bytes>(red + c * from.red.step) >> from.shift) - m.centre;
            out[0] = byteOf(l + r * m.redOfRed);
            out[1] = byteOf(l - b * m.greenOfBlue - r * m.greenOfRed);
            out[2] = byteOf(l + b * m.blueOfBlue);
            out[3] = 255;
        }
    }
}

/// A plane of so many rows, or null: its own memory where that is enough, else a copy of it.
const uchar* plane(const QVideoFrame& frame, int index, int rows, QByteArray& copy)
{
    const qsizetype needed = qsizetype(frame.bytesPerLine(index)) * rows;
    if (needed <= 0)
        return nullptr;
    if (needed <= frame.mappedBytes(index))
        return frame.bits(index);
    copy = readSafely(frame.bits(index), needed);
    return copy.isEmpty() ? nullptr : reinterpret_cast<const uchar*>(copy.constData());
}

QImage planarPicture(
    const QVideoFrame& frame, const Named& name, const std::optional<ChromaSampling>& known)
{
    if (frame.planeCount() < (name.together ? 2 : 3))
        return {};
    const QSize size = frame.size();
    const ChromaSampling chroma = samplingOf(frame, name, known);
    const int rows = (size.height() + chroma.down - 1) / chroma.down;
    const int columns = (size.width() + chroma.across - 1) / chroma.across;
    const int step = name.bytes * (name.together ? 2 : 1);
    if (frame.bytesPerLine(0) < size.width() * name.bytes || frame.bytesPerLine(1) < columns * step)
        return {};
    std::array<QByteArray, 3> copies;
    std::array<const uchar*, 3> planes{};
    for (int i = 0; i < (name.together ? 2 : 3); ++i) {
        planes[size_t(i)] = plane(frame, i, i == 0 ? size.height() : rows, copies[size_t(i)]);
        if (planes[size_t(i)] == nullptr)
            return {};
    }
    Planar from{
        .luma = {planes[0], frame.bytesPerLine(0), name.bytes, {1, 1}},
        .blue = {planes[1], frame.bytesPerLine(1), step, chroma},
        .red = name.together ? Samples{planes[1] + name.bytes, frame.bytesPerLine(1), step, chroma}
                             : Samples{planes[2], frame.bytesPerLine(2), step, chroma},
        .bytes = name.bytes,
        .bits = name.bits,
        .shift = name.shift};
    if (name.redFirst)
        std::swap(from.blue, from.red);
    QImage picture(size, QImage::Format_RGBX8888);
    const Matrix matrix = matrixOf(frame.surfaceFormat(), name.bits);
    name.bytes == 1 ? convert<1>(from, matrix, picture) : convert<2>(from, matrix, picture);
    return picture;
}

bool isPacked32(QVideoFrameFormat::PixelFormat format)
{
    switch (format) {
    case QVideoFrameFormat::Format_ARGB8888:
    case QVideoFrameFormat::Format_ARGB8888_Premultiplied:
    case QVideoFrameFormat::Format_XRGB8888:
    case QVideoFrameFormat::Format_BGRA8888:
    case QVideoFrameFormat::Format_BGRA8888_Premultiplied:
    case QVideoFrameFormat::Format_BGRX8888:
    case QVideoFrameFormat::Format_ABGR8888:
    case QVideoFrameFormat::Format_XBGR8888:
    case QVideoFrameFormat::Format_RGBA8888:
    case QVideoFrameFormat::Format_RGBX8888:
        return true;
    default:
        return false;
    }
}

/// Three bytes a pixel, which Qt has no name for; from below to above where the stride is negative.
QImage packed24Picture(const QVideoFrame& frame, bool blueFirst)
{
    const QSize size = frame.size();
    const qsizetype stride = frame.bytesPerLine(0);
    const qsizetype length = std::abs(stride);
    if (length < 3 * size.width())
        return {};
    const qsizetype first = stride < 0 ? stride * (size.height() - 1) : 0;
    const QByteArray rows = readSafely(frame.bits(0) + first, length * size.height());
    if (rows.isEmpty())
        return {};
    QImage picture(size, blueFirst ? QImage::Format_BGR888 : QImage::Format_RGB888);
    for (int y = 0; y < size.height(); ++y)
        std::memcpy(
            picture.scanLine(y), rows.constData() + y * stride - first,
            size_t(3) * size_t(size.width()));
    return picture;
}

QImage mappedPicture(QVideoFrame& frame, const PixelHints& hints, bool& understood)
{
    const auto format = frame.surfaceFormat().pixelFormat();
    const std::optional<Named> name = named(format);
    const bool packed32 = isPacked32(format);
    understood = name || packed32;
    if (!understood || frame.size().isEmpty())
        return {};
    if (!frame.map(QVideoFrame::ReadOnly))
        return {};
    QImage picture;
    if (name)
        picture = planarPicture(frame, *name, hints.chroma);
    else if (std::abs(frame.bytesPerLine(0)) >= 4 * frame.width())
        understood = false; // Qt reads it well
    else
        picture = packed24Picture(frame, hints.blueFirst);
    frame.unmap();
    return picture;
}

/// Degrees, clockwise.
int turned(const QVideoFrame& frame)
{
#if QT_VERSION >= QT_VERSION_CHECK(6, 7, 0)
    return int(frame.rotation());
#else
    return int(frame.rotationAngle());
#endif
}

} // namespace

QImage pictureOf(const QVideoFrame& frame, const PixelHints& hints)
{
    QVideoFrame mapped(frame);
    bool understood = false;
    QImage picture = mappedPicture(mapped, hints, understood);
    if (!understood)
        return frame.toImage();
    if (frame.mirrored())
        picture = picture.mirrored(true, false);
    const int angle = turned(frame);
    return angle == 0 || picture.isNull() ? picture
                                          : picture.transformed(QTransform().rotate(angle));
}

std::optional<ChromaSampling> jpegSampling(QIODevice& file)
{
    const QByteArray head = file.peek(1 << 20);
    const auto at = [&](qsizetype i) {
        return i >= 0 && i < head.size() ? int(uchar(head[i])) : -1;
    };
    qsizetype marker = head.indexOf(QByteArray("\xFF\xD8\xFF", 3));
    if (marker < 0)
        return std::nullopt;
    for (marker += 2; at(marker) == 0xFF; marker += 2 + (at(marker + 2) << 8 | at(marker + 3))) {
        const int kind = at(marker + 1);
        const bool frame = kind >= 0xC0 && kind <= 0xC2;
        if (!frame && kind != 0xDA && at(marker + 3) >= 0)
            continue;
        // Length, precision, height, width, components; of each its number, sampling, table.
        if (!frame || at(marker + 9) != 3 || at(marker + 17) < 0)
            return std::nullopt;
        const int luma = at(marker + 11);
        const int chroma = at(marker + 14);
        const ChromaSampling result{
            (luma >> 4) / std::max(1, chroma >> 4), (luma & 15) / std::max(1, chroma & 15)};
        const bool sound = result.across >= 1 && result.across <= 4 && result.down >= 1 &&
                           result.down <= 2 && chroma == at(marker + 17);
        return sound ? std::optional(result) : std::nullopt;
    }
    return std::nullopt;
}

} // namespace inceptoscope
