#pragma once

#include <QBuffer>
#include <QByteArray>
#include <QImage>

namespace inceptoscope {

inline QByteArray encoded(const QImage& image, const char* format)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, format, 95);
    return bytes;
}

/// Left half red, right half blue.
inline QImage twoHalves(int width, int height)
{
    QImage image(width, height, QImage::Format_RGB32);
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x)
            image.setPixel(x, y, x < width / 2 ? qRgb(255, 0, 0) : qRgb(0, 0, 255));
    return image;
}

QByteArray bigEndian(uint32_t value);
QByteArray littleEndian(uint32_t value, int bytes = 4);
uint32_t crc32(const QByteArray& bytes);

/// A TIFF of one entry: how the picture lies, 1 to 8.
QByteArray exifData(char orientation);
/// The same as the segment of a JPEG, behind its first two bytes.
QByteArray exifSegment(char orientation);
/// A PNG with a chunk before its pixels.
QByteArray pngWith(const QByteArray& png, const QByteArray& name, const QByteArray& data);
/// A WebP with EXIF data behind its pixels.
QByteArray webpWith(const QByteArray& webp, const QSize& size, const QByteArray& exif);

/// Eight bits and runs, as no writer here makes them.
QByteArray runBmp();
/// Two frames of 8 x 8 pixels.
QByteArray animatedGif();
QByteArray iconOf(const QList<int>& sides);
/// 32 x 32 grey values of `bits` bits; sampleFormat 3: floating point. Its directory stands before
/// the pixels, as most programs write it.
QByteArray greyTiff(int bits, int sampleFormat);

} // namespace inceptoscope
