#include "models/picture/file_kind.h"

#include "models/picture/tiff_directory.h"

#include <algorithm>
#include <array>

namespace inceptoscope {

namespace {

struct Magic
{
    int at;
    QByteArrayView bytes;
    const char* name;
    bool picture;
};

template <size_t N> constexpr QByteArrayView bytesOf(const char (&text)[N])
{
    return {text, qsizetype(N) - 1};
}

const Magic* magicOf(FileBytes file)
{
    static const std::array known = {
        Magic{4, bytesOf("ftypavi"), "an AVIF picture", true},
        Magic{4, bytesOf("ftyphei"), "a HEIC picture", true},
        Magic{4, bytesOf("ftyphev"), "a HEIC picture", true},
        Magic{4, bytesOf("ftypmif1"), "a HEIF picture", true},
        Magic{4, bytesOf("ftypmsf1"), "a HEIF picture", true},
        Magic{4, bytesOf("ftypcrx"), "a raw photo of a camera", true},
        Magic{4, bytesOf("ftyp"), "a video", false},
        Magic{4, bytesOf("moov"), "a video", false},
        Magic{8, bytesOf("AVI "), "a video", false},
        Magic{0, bytesOf("\x1A\x45\xDF\xA3"), "a video", false},
        Magic{0, bytesOf("OggS"), "a video", false},
        Magic{0, bytesOf("\0\0\0\x0CJXL "), "a JPEG XL picture", true},
        Magic{0, bytesOf("\xFF\x0A"), "a JPEG XL picture", true},
        Magic{0, bytesOf("\0\0\0\x0CjP  "), "a JPEG 2000 picture", true},
        Magic{0, bytesOf("\xFF\x4F\xFF\x51"), "a JPEG 2000 picture", true},
        Magic{0, bytesOf("II\xBC"), "a JPEG XR picture", true},
        Magic{0, bytesOf("8BPS"), "a Photoshop picture", true},
        Magic{0, bytesOf("gimp xcf"), "a GIMP picture", true},
        Magic{0, bytesOf("\x76\x2F\x31\x01"), "an OpenEXR picture", true},
        Magic{0, bytesOf("#?RADIANCE"), "a Radiance HDR picture", true},
        Magic{0, bytesOf("#?RGBE"), "a Radiance HDR picture", true},
        Magic{0, bytesOf("DDS "), "a DDS texture", true},
        Magic{0, bytesOf("qoif"), "a QOI picture", true},
        Magic{0, bytesOf("FLIF"), "a FLIF picture", true},
        Magic{0, bytesOf("BPG\xFB"), "a BPG picture", true},
        Magic{0, bytesOf("P7\n"), "a PAM picture", true},
        Magic{0, bytesOf("PF\n"), "a PFM picture", true},
        Magic{0, bytesOf("Pf\n"), "a PFM picture", true},
        Magic{0, bytesOf("SIMPLE  ="), "a FITS picture", true},
        Magic{128, bytesOf("DICM"), "a DICOM picture", true},
        Magic{0, bytesOf("\x0A\x05\x01"), "a PCX picture", true},
        Magic{0, bytesOf("\x01\xDA\0"), "an SGI picture", true},
        Magic{0, bytesOf("\x01\xDA\x01"), "an SGI picture", true},
        Magic{0, bytesOf("\x59\xA6\x6A\x95"), "a Sun raster picture", true},
        Magic{0, bytesOf("\xD7\xCD\xC6\x9A"), "a Windows metafile", true},
        Magic{40, bytesOf(" EMF"), "a Windows metafile", true},
        Magic{0, bytesOf("AT&TFORM"), "a DjVu document", true},
        Magic{0, bytesOf("%PDF"), "a PDF document", true},
        Magic{0, bytesOf("%!PS"), "a PostScript document", true},
        Magic{0, bytesOf("FUJIFILMCCD-RAW"), "a raw photo of a camera", true},
        Magic{0, bytesOf("IIRO"), "a raw photo of a camera", true},
        Magic{0, bytesOf("IIU\0"), "a raw photo of a camera", true},
        Magic{0, bytesOf("PK\x03\x04"), "a ZIP archive", false},
        Magic{0, bytesOf("\x1F\x8B"), "a gzip file", false},
        Magic{0, bytesOf("version https://git-lfs"), "a Git LFS pointer", false}};
    const auto it = std::find_if(known.begin(), known.end(), [&](const Magic& magic) {
        return file.hasAt(magic.at, magic.bytes);
    });
    return it == known.end() ? nullptr : &*it;
}

bool isWebPage(FileBytes file)
{
    const QByteArray start =
        file.view().first(std::min<qsizetype>(file.size(), 512)).toByteArray().trimmed().toLower();
    return start.startsWith("<!doctype html") || start.startsWith("<html") ||
           (start.startsWith('<') && start.contains("<html"));
}

/// A Targa has no magic: a header without a single odd value, or the later versions' last words.
bool looksLikeTarga(FileBytes file)
{
    if (file.hasAt(file.size() - 18, bytesOf("TRUEVISION-XFILE.\0")))
        return true;
    const unsigned type = file.u8(2);
    const unsigned bits = file.u8(16);
    const bool types = (type >= 1 && type <= 3) || (type >= 9 && type <= 11);
    const bool depths = bits == 8 || bits == 16 || bits == 24 || bits == 32;
    return file.has(0, 18) && file.u8(1) <= 1 && types && depths &&
           (file.u8(1) == 1) == (type % 8 == 1) && file.little<uint16_t>(12) > 0 &&
           file.little<uint16_t>(14) > 0 && (file.u8(17) & 0xC0U) == 0;
}

/// The segment that describes the pixels stands before the first scan.
QString featureOfJpeg(FileBytes file)
{
    for (qint64 at = 2; file.u8(at) == 0xFF && file.has(quint64(at), 4);) {
        const uint8_t marker = file.u8(at + 1);
        const bool frame =
            marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
        if (frame && (marker == 0xC3 || marker == 0xC7 || marker == 0xCB || marker == 0xCF))
            return QStringLiteral("in lossless coding");
        if (frame && file.u8(at + 4) != 8)
            return QStringLiteral("with %1 bits a colour").arg(file.u8(at + 4));
        if (marker == 0xF7)
            return QStringLiteral("in lossless coding");
        if (frame || marker == 0xDA)
            return {};
        at += 2 + file.big<uint16_t>(at + 2);
    }
    return {};
}

QString featureOfTiff(FileBytes file)
{
    const TiffDirectory directory(file);
    for (const uint64_t format : directory.values(TiffDirectory::SampleFormat))
        if (format != 1 && format != 4)
            return format == 3   ? QStringLiteral("with floating-point values")
                   : format == 2 ? QStringLiteral("with values below zero")
                                 : QStringLiteral("with complex values");
    if (directory.value(TiffDirectory::BitsPerSample).value_or(1) > 16)
        return QStringLiteral("with %1 bits a colour")
            .arg(*directory.value(TiffDirectory::BitsPerSample));
    if (directory.value(TiffDirectory::Photometric).value_or(0) >= 32803)
        return QStringLiteral("with a camera's raw values");
    return {};
}

} // namespace

UnreadableKind unreadableKind(FileBytes file)
{
    if (const Magic* magic = magicOf(file))
        return {QString::fromLatin1(magic->name), magic->picture};
    if (isWebPage(file))
        return {QStringLiteral("a web page"), false};
    if (looksLikeTarga(file))
        return {QStringLiteral("a Targa with runs or a palette"), true};
    const QByteArrayView start = file.view().first(std::min<qsizetype>(file.size(), 512));
    const bool text = std::all_of(start.begin(), start.end(), [](char c) {
        return uint8_t(c) >= 32 || c == '\n' || c == '\r' || c == '\t';
    });
    return {text ? QStringLiteral("a text") : QString(), false};
}

bool beginsAsPicture(FileBytes file)
{
    static const std::array known = {
        bytesOf("\x89PNG"), bytesOf("\xFF\xD8\xFF"), bytesOf("GIF8"), bytesOf("BM"),
        bytesOf("<svg")};
    return TiffDirectory::begins(file) || (file.hasAt(0, "RIFF") && file.hasAt(8, "WEBP")) ||
           std::any_of(known.begin(), known.end(), [&](QByteArrayView magic) {
               return file.hasAt(0, magic);
           });
}

QString unsupportedFeature(FileBytes file, const QByteArray& format)
{
    if (format == "tiff")
        return featureOfTiff(file);
    if (format == "jpeg")
        return featureOfJpeg(file);
    if (format == "bmp" && (file.little<uint32_t>(30) == 4 || file.little<uint32_t>(30) == 5))
        return QStringLiteral("with a JPEG or PNG inside");
    if (format == "png" && file.hasAt(12, "CgBI"))
        return QStringLiteral("made for iPhones only");
    return {};
}

QByteArray formatInsteadOf(const QByteArray& guess, FileBytes file)
{
    const bool noIcon = (guess == "ico" || guess == "cur") && file.little<uint16_t>(4) == 0;
    return noIcon && looksLikeTarga(file) ? QByteArray("tga") : guess;
}

} // namespace inceptoscope
