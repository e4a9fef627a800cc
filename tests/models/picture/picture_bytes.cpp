#include "models/picture/picture_bytes.h"

#include <QtEndian>

namespace inceptoscope {

QByteArray bigEndian(uint32_t value)
{
    QByteArray bytes(4, '\0');
    qToBigEndian(value, bytes.data());
    return bytes;
}

QByteArray littleEndian(uint32_t value, int bytes)
{
    QByteArray all(4, '\0');
    qToLittleEndian(value, all.data());
    return all.left(bytes);
}

uint32_t crc32(const QByteArray& bytes)
{
    uint32_t crc = ~0U;
    for (const char byte : bytes) {
        crc ^= uint8_t(byte);
        for (int bit = 0; bit < 8; ++bit)
            crc = (crc & 1U) != 0 ? crc >> 1U ^ 0xEDB88320U : crc >> 1U;
    }
    return ~crc;
}

QByteArray exifData(char orientation)
{
    QByteArray tiff("MM\0*\0\0\0\x08", 8);
    tiff += QByteArray("\0\x01", 2); // one entry
    tiff += QByteArray("\x01\x12\0\x03\0\0\0\x01\0", 9) + orientation + QByteArray("\0\0", 2);
    return tiff + QByteArray("\0\0\0\0", 4); // no next directory
}

QByteArray exifSegment(char orientation)
{
    const QByteArray body = QByteArray("Exif\0\0", 6) + exifData(orientation);
    const int length = int(body.size()) + 2;
    return QByteArray("\xFF\xE1", 2) + char(length >> 8) + char(length & 0xFF) + body;
}

QByteArray pngWith(const QByteArray& png, const QByteArray& name, const QByteArray& data)
{
    constexpr int behindHeader = 33;
    const QByteArray chunk = bigEndian(uint32_t(data.size())) + name + data;
    return png.left(behindHeader) + chunk + bigEndian(crc32(name + data)) + png.mid(behindHeader);
}

QByteArray webpWith(const QByteArray& webp, const QSize& size, const QByteArray& exif)
{
    const QByteArray pixels = webp.mid(12); // the one chunk of a simple file
    QByteArray body = "WEBPVP8X" + littleEndian(10) + QByteArray("\x08\0\0\0", 4) +
                      littleEndian(uint32_t(size.width() - 1), 3) +
                      littleEndian(uint32_t(size.height() - 1), 3) + pixels;
    body += "EXIF" + littleEndian(uint32_t(exif.size())) + exif;
    if (exif.size() % 2 != 0)
        body += '\0';
    return "RIFF" + littleEndian(uint32_t(body.size())) + body;
}

QByteArray runBmp()
{
    constexpr int side = 64;
    QByteArray runs;
    for (int y = 0; y < side; ++y)
        runs += QByteArray("\x20\x01\x20\x02\0\0", 6); // 32 of colour 1, 32 of colour 2, next row
    runs += QByteArray("\0\x01", 2);
    const QByteArray palette = QByteArray("\0\0\0\0\0\0\xFF\0\xFF\0\0\0", 12); // black, red, blue
    const uint32_t start = 14 + 40 + 12;
    return "BM" + littleEndian(start + uint32_t(runs.size())) + littleEndian(0) +
           littleEndian(start) + littleEndian(40) + littleEndian(side) + littleEndian(side) +
           littleEndian(1, 2) + littleEndian(8, 2) + littleEndian(1) +
           littleEndian(uint32_t(runs.size())) + littleEndian(2835) + littleEndian(2835) +
           littleEndian(3) + littleEndian(0) + palette + runs;
}

QByteArray animatedGif()
{
    // Codes of three bits, each time after a "clear" (4), so that none grows; 5 ends.
    QByteArray codes;
    uint32_t bits = 0;
    int filled = 0;
    const auto put = [&](uint32_t code) {
        bits |= code << uint32_t(filled);
        for (filled += 3; filled >= 8; filled -= 8, bits >>= 8U)
            codes += char(bits & 0xFFU);
    };
    for (int pixel = 0; pixel < 64; ++pixel) {
        put(4);
        put(uint32_t(pixel % 8 < 4 ? 1 : 2));
    }
    put(5);
    codes += char(bits & 0xFFU);
    const QByteArray frame = QByteArray("\x21\xF9\x04\0\x0A\0\0\0", 8) + "," +
                             QByteArray("\0\0\0\0\x08\0\x08\0\0\x02", 10) + char(codes.size()) +
                             codes + '\0';
    return "GIF89a" + QByteArray("\x08\0\x08\0\x81\0\0", 7) +
           QByteArray("\0\0\0\xFF\0\0\0\0\xFF\xFF\xFF\xFF", 12) + frame + frame + ";";
}

QByteArray iconOf(const QList<int>& sides)
{
    QByteArray head = QByteArray("\0\0\x01\0", 4) + littleEndian(uint32_t(sides.size()), 2);
    QByteArray pictures;
    const auto start = uint32_t(6 + 16 * sides.size());
    for (const int side : sides) {
        const QByteArray png = encoded(twoHalves(side, side), "PNG");
        head += QByteArray(2, char(side)) + QByteArray("\0\0\x01\0\x20\0", 6) +
                littleEndian(uint32_t(png.size())) +
                littleEndian(start + uint32_t(pictures.size()));
        pictures += png;
    }
    return head + pictures;
}

QByteArray greyTiff(int bits, int sampleFormat)
{
    constexpr uint32_t side = 32;
    const uint32_t bytes = side * side * uint32_t(bits) / 8;
    const QList<QPair<uint32_t, uint32_t>> entries = {{256, side},
                                                      {257, side},
                                                      {258, uint32_t(bits)},
                                                      {259, 1},
                                                      {262, 1},
                                                      {273, 200},
                                                      {277, 1},
                                                      {278, side},
                                                      {279, bytes},
                                                      {339, uint32_t(sampleFormat)}};
    QByteArray tiff = QByteArray("II*\0\x08\0\0\0", 8) + littleEndian(uint32_t(entries.size()), 2);
    for (const auto& [tag, value] : entries)
        tiff += littleEndian(tag, 2) + littleEndian(4, 2) + littleEndian(1) + littleEndian(value);
    tiff = tiff.leftJustified(200, '\0');
    for (uint32_t i = 0; i < bytes; ++i)
        tiff += char(i % 251);
    return tiff;
}

} // namespace inceptoscope
