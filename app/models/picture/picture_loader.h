#pragma once

#include <QByteArray>
#include <QImage>
#include <QString>

namespace inceptoscope {

/// A decoded picture, or one sentence that says what is wrong and what to do.
struct LoadedPicture
{
    QImage image; ///< upright, opaque, Format_RGB32; null on failure
    QString title;
    QString error;
};

/// Longest side that is kept; larger pictures are scaled down while they decode.
constexpr int largestPictureSide = 4096;

/// Reads a picture file: turns it upright as its EXIF data say, puts transparent pictures on
/// white, brings grey and 16 bit to 8 bit RGB. Safe on any thread; may take seconds.
[[nodiscard]] LoadedPicture loadPicture(const QString& path);
/// The same for a file's bytes; `title` names it in messages.
[[nodiscard]] LoadedPicture loadPicture(const QByteArray& bytes, const QString& title);
/// The same for a picture that is decoded already (clipboard).
[[nodiscard]] LoadedPicture fromImage(const QImage& image, const QString& title);

} // namespace inceptoscope
