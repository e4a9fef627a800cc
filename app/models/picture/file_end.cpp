#include "models/picture/file_end.h"

#include "ascii.h"
#include "models/picture/tiff_directory.h"

#include <QXmlStreamReader>

#include <algorithm>
#include <cstring>
#include <limits>

namespace inceptoscope {

namespace {

/// PNG and MNG: length, name, data and checksum, until the last chunk, which has no data.
bool reachesChunk(FileBytes file, QByteArrayView last)
{
    for (quint64 at = 8; file.has(at, 12);) {
        const uint64_t whole = 12 + uint64_t(file.big<uint32_t>(qint64(at)));
        if (!file.has(at, whole))
            return false;
        if (file.hasAt(qint64(at) + 4, last))
            return true;
        at += whole;
    }
    return false;
}

/// The end marker, which can't occur in compressed data; segments may hold whole JPEGs.
bool jpegEnds(FileBytes file)
{
    bool scanned = false;
    const char* bytes = file.view().data();
    for (qint64 at = 2; at + 1 < file.size();) {
        const void* found = std::memchr(bytes + at, 0xFF, size_t(file.size() - at));
        if (found == nullptr)
            return false;
        at = static_cast<const char*>(found) - bytes + 1;
        const uint8_t marker = file.u8(at);
        const bool alone = marker == 0 || marker == 1 || (marker >= 0xD0 && marker <= 0xD8);
        if (marker == 0xFF) // fills
            continue;
        ++at;
        if (marker == 0xD9 && scanned)
            return true;
        if (alone || marker == 0xD9)
            continue;
        scanned = scanned || marker == 0xDA;
        at += std::max<qint64>(2, file.big<uint16_t>(at));
    }
    return false;
}

/// Behind a row of GIF's blocks, which ends with an empty one; negative where the file ends first.
qint64 behindBlocks(FileBytes file, qint64 at)
{
    while (file.has(quint64(at), 1)) {
        const uint8_t length = file.u8(at);
        at += 1 + length;
        if (length == 0)
            return at;
    }
    return -1;
}

bool gifEnds(FileBytes file)
{
    const auto palette = [&](qint64 flags) {
        const unsigned bits = file.u8(flags);
        return (bits & 0x80U) != 0 ? qint64(3) << ((bits & 7U) + 1) : 0;
    };
    bool picture = false;
    for (qint64 at = 13 + palette(10); at >= 0 && file.has(quint64(at), 1);) {
        switch (file.u8(at)) {
        case 0x21:
            at = behindBlocks(file, at + 2);
            break;
        case 0x2C:
            at = behindBlocks(file, at + 11 + palette(at + 9));
            picture = picture || at > 0;
            break;
        default: // 0x3B, the end; anything else stands behind one that was forgotten
            return picture;
        }
        if (at == file.size())
            return picture; // without the last byte, which nobody misses
    }
    return false;
}

/// `rows` rows of `bits` bits, each but the last filled up to whole numbers of `unit` bytes.
bool rowsAreThere(FileBytes file, quint64 at, quint64 rows, quint64 bits, quint64 unit)
{
    constexpr quint64 most = quint64(1) << 40; // beyond any file, and safe to multiply
    const quint64 used = (bits + 7) / 8;
    const quint64 row = (used + unit - 1) / unit * unit;
    if (rows == 0 || bits == 0)
        return true;
    return row < most && rows < most / row && file.has(at, row * (rows - 1) + used);
}

/// Pairs of count and value, or 0 and: 0 end of row, 1 end of picture, 2 a jump, else so many
/// values.
bool bmpRunsEnd(FileBytes file, qint64 at, bool halfBytes)
{
    while (file.has(quint64(at), 2)) {
        const uint8_t count = file.u8(at);
        const uint8_t value = file.u8(at + 1);
        at += 2;
        if (count > 0)
            continue;
        if (value == 1)
            return true;
        const qint64 bytes = halfBytes ? (value + 1) / 2 : value;
        at += value == 2 ? 2 : value > 2 ? bytes + bytes % 2 : 0;
    }
    return false;
}

bool bmpEnds(FileBytes file)
{
    if (!file.has(0, 26))
        return false;
    const bool old = file.little<uint32_t>(14) == 12; // OS/2 1.x
    const auto width = old ? file.little<uint16_t>(18) : uint32_t(file.little<int32_t>(18));
    const qint64 height = old ? file.little<uint16_t>(20) : file.little<int32_t>(22);
    const auto bits = file.little<uint16_t>(old ? 24 : 28);
    const auto compression = old ? 0 : file.little<uint32_t>(30);
    const quint64 pixels = file.little<uint32_t>(10);
    if (compression == 1 || compression == 2)
        return bmpRunsEnd(file, qint64(pixels), compression == 2);
    if (compression == 4 || compression == 5) // a JPEG or PNG, in so many bytes
        return file.has(pixels, file.little<uint32_t>(34));
    return rowsAreThere(
        file, pixels, quint64(height < 0 ? -height : height), quint64(width) * bits, 4);
}

bool iconEnds(FileBytes file)
{
    const qint64 count = file.little<uint16_t>(4);
    for (qint64 at = 6; at < 6 + 16 * count; at += 16)
        if (!file.has(quint64(at), 16) ||
            !file.has(file.little<uint32_t>(at + 12), file.little<uint32_t>(at + 8)))
            return false;
    return true;
}

/// PBM, PGM and PPM: words, of which '#' hides the rest of a line, then numbers or bytes.
bool portableMapEnds(FileBytes file)
{
    const QByteArrayView text = file.view();
    const char kind = text.size() > 1 ? text[1] : '6';
    qsizetype at = 2;
    const auto nextNumber = [&](bool digit) -> quint64 {
        while (at < text.size() && (text[at] == '#' || !ascii::isDigit(text[at]))) {
            if (text[at] == '#')
                while (at < text.size() && text[at] != '\n')
                    ++at;
            else
                ++at;
        }
        quint64 value = 0;
        const qsizetype start = at;
        for (; at < text.size() && ascii::isDigit(text[at]) && (!digit || at == start); ++at)
            value = std::min<quint64>(value * 10 + quint64(text[at] - '0'), 1U << 31U);
        return at == start ? std::numeric_limits<quint64>::max() : value;
    };
    const auto missing = std::numeric_limits<quint64>::max();
    const bool bitmap = kind == '1' || kind == '4';
    const quint64 width = nextNumber(false);
    const quint64 height = nextNumber(false);
    const quint64 most = bitmap ? 1 : nextNumber(false);
    if (width == missing || height == missing || most == missing)
        return false;
    const unsigned channels = kind == '3' || kind == '6' ? 3 : 1;
    if (kind >= '4')
        return rowsAreThere(
            file, quint64(at) + 1, height,
            width * channels *
                (bitmap       ? 1
                 : most > 255 ? 16
                              : 8),
            1);
    for (quint64 left = width * height * channels; left > 0; --left)
        if (nextNumber(bitmap) == missing)
            return false;
    return true;
}

/// Only those without runs, all that Qt reads.
bool tgaEnds(FileBytes file)
{
    const quint64 colours = quint64(file.little<uint16_t>(5)) * ((file.u8(7) + 7U) / 8);
    return file.has(0, 18) && rowsAreThere(
                                  file, 18U + file.u8(0) + colours, file.little<uint16_t>(14),
                                  quint64(file.little<uint16_t>(12)) * file.u8(16), 1);
}

/// XBM and XPM are pieces of C; pixels are numbers or texts.
bool bracesEnd(FileBytes file)
{
    const QByteArrayView text = file.view();
    const qsizetype open = text.indexOf('{');
    return open >= 0 && text.lastIndexOf('}') > std::max(open, text.lastIndexOf('"'));
}

bool xmlEnds(FileBytes file)
{
    QXmlStreamReader xml(QByteArray::fromRawData(file.view().data(), file.view().size()));
    while (!xml.atEnd())
        xml.readNext();
    return xml.error() != QXmlStreamReader::PrematureEndOfDocumentError;
}

} // namespace

bool isCutShort(FileBytes file, const QByteArray& format)
{
    if (format == "png")
        return !reachesChunk(file, "IEND");
    if (format == "mng")
        return !reachesChunk(file, "MEND");
    if (format == "jpeg")
        return !jpegEnds(file);
    if (format == "gif")
        return !gifEnds(file);
    if (format == "bmp")
        return !bmpEnds(file);
    if (format == "ico" || format == "cur")
        return !iconEnds(file);
    if (format == "icns")
        return !file.has(0, file.big<uint32_t>(4));
    if (format == "webp")
        return !file.has(8, file.little<uint32_t>(4));
    if (format == "tiff")
        return !TiffDirectory(file).isWhole();
    if (format == "pbm" || format == "pgm" || format == "ppm")
        return !portableMapEnds(file);
    if (format == "tga")
        return !tgaEnds(file);
    if (format == "xbm" || format == "xpm")
        return !bracesEnd(file);
    return format == "svg" && !xmlEnds(file);
}

} // namespace inceptoscope
