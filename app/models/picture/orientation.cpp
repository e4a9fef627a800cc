#include "models/picture/orientation.h"

#include "models/picture/tiff_directory.h"

#include <QTransform>

namespace inceptoscope {

namespace {

/// EXIF data, with or without the words that lead them in a JPEG.
int orientationIn(FileBytes exif)
{
    if (exif.hasAt(0, {"Exif\0\0", 6}))
        exif = exif.part(6, exif.size() - 6);
    const auto value = TiffDirectory(exif).value(TiffDirectory::Orientation);
    return value && *value >= 1 && *value <= 8 ? int(*value) : 1;
}

/// ImageMagick's way before PNG had a chunk for it: a name, the length, and the bytes in hex.
int orientationInProfile(const QByteArray& text)
{
    const QByteArray hex = text.simplified();
    const qsizetype name = hex.indexOf(' ');
    const qsizetype length = hex.indexOf(' ', name + 1);
    if (!hex.startsWith("exif ") || length < 0)
        return 1;
    const QByteArray exif = QByteArray::fromHex(hex.mid(length));
    return orientationIn(FileBytes(exif));
}

/// A compressed text chunk of PNG: a keyword, a zero, the method 0, a zlib stream.
int orientationInText(FileBytes chunk)
{
    static constexpr QByteArrayView keyword("Raw profile type exif\0\0", 23);
    constexpr qint64 longest = 1 << 17; // it may grow a thousand times
    if (!chunk.hasAt(0, keyword) || chunk.size() > longest)
        return 1;
    // qUncompress() wants a guess of the length first.
    QByteArray stream("\0\x01\0\0", 4);
    stream += chunk.view().sliced(keyword.size()).toByteArray();
    return orientationInProfile(qUncompress(stream));
}

int orientationOfPng(FileBytes file)
{
    for (qint64 at = 8; file.has(quint64(at), 12);) {
        const qint64 length = file.big<uint32_t>(at);
        const FileBytes chunk = file.part(at + 8, length);
        if (file.hasAt(at + 4, "eXIf"))
            return orientationIn(chunk);
        if (file.hasAt(at + 4, "zTXt"))
            if (const int orientation = orientationInText(chunk); orientation != 1)
                return orientation;
        at += 12 + length;
    }
    return 1;
}

int orientationOfWebp(FileBytes file)
{
    for (qint64 at = 12; file.has(quint64(at), 8);) {
        const qint64 length = file.little<uint32_t>(at + 4);
        if (file.hasAt(at, "EXIF"))
            return orientationIn(file.part(at + 8, length));
        at += 8 + length + length % 2;
    }
    return 1;
}

} // namespace

int exifOrientation(FileBytes file)
{
    if (file.hasAt(0, "\x89PNG\r\n\x1A\n"))
        return orientationOfPng(file);
    if (file.hasAt(0, "RIFF") && file.hasAt(8, "WEBP"))
        return orientationOfWebp(file);
    return 1;
}

QImage turnedUpright(const QImage& image, int orientation)
{
    const bool mirror =
        orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
    const bool flip = orientation == 3 || orientation == 4 || orientation == 5 || orientation == 8;
    const QImage mirrored = mirror || flip ? image.mirrored(mirror, flip) : image;
    return orientation >= 5 ? mirrored.transformed(QTransform().rotate(90)) : mirrored;
}

} // namespace inceptoscope
