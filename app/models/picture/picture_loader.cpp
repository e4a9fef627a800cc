#include "models/picture/picture_loader.h"

#include "file_name.h"
#include "models/picture/decoder_messages.h"
#include "models/picture/file_end.h"
#include "models/picture/file_kind.h"
#include "models/picture/orientation.h"

#include <QBuffer>
#include <QFile>
#include <QImageReader>
#include <QPainter>

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace inceptoscope {

namespace {

constexpr qint64 largestFile = qint64(1) << 30;
constexpr qint64 mostPixels = 200'000'000;

LoadedPicture failure(const QString& title, const QString& sentence)
{
    return {{}, title, title + u' ' + sentence};
}

QString cutShort()
{
    return QStringLiteral("is cut short: its end is missing. Save or download it again, or choose "
                          "another picture.");
}

QString damaged()
{
    return QStringLiteral("is damaged: it can't be decoded. Save or download it again, or choose "
                          "another picture.");
}

QString notSupported(const QString& kind)
{
    return QStringLiteral("is %1, a kind that isn't supported. Save it as PNG or JPEG first.")
        .arg(kind);
}

QString tooLarge(const QString& pixels)
{
    return QStringLiteral("has %1, more than can be opened (%2 million). Save a smaller copy of it "
                          "first.")
        .arg(pixels)
        .arg(mostPixels / 1'000'000);
}

QString needsMemory()
{
    return QStringLiteral("needs more memory than there is. Save a smaller copy of it first.");
}

QImage flatten(const QImage& image)
{
    if (!image.hasAlphaChannel())
        return image.convertToFormat(QImage::Format_RGB32);
    QImage opaque(image.size(), QImage::Format_RGB32);
    opaque.fill(Qt::white);
    QPainter painter(&opaque);
    painter.drawImage(0, 0, image);
    return opaque;
}

/// Qt's own limit, 128 MiB, is less than a page scanned at 600 dpi takes. This one lets through
/// what mostPixels does, at 16 bits a colour.
void raiseQtsLimit()
{
    constexpr qint64 bytes = mostPixels * 8;
    static const bool done = [] {
        QImageReader::setAllocationLimit(int((bytes >> 20) + 1));
        return true;
    }();
    (void)done;
}

bool isDrawing(const QByteArray& format)
{
    return format.startsWith("svg");
}

/// An icon holds the same picture in several sizes, often the smallest one first.
void chooseLargest(QImageReader& reader, const QByteArray& format)
{
    if (format != "ico" && format != "cur" && format != "icns")
        return;
    int largest = 0;
    qint64 most = -1;
    for (int i = 0; i < reader.imageCount(); ++i) {
        if (!reader.jumpToImage(i))
            continue;
        const QSize size = reader.size();
        if (const qint64 pixels = qint64(size.width()) * size.height(); pixels >= most) {
            most = pixels;
            largest = i; // of the same size the last one: it has the most colours
        }
    }
    reader.jumpToImage(largest);
}

/// What no reader knows.
QString unknownKind(FileBytes file)
{
    const UnreadableKind kind = unreadableKind(file);
    if (kind.picture)
        return notSupported(kind.name);
    if (beginsAsPicture(file))
        return cutShort();
    if (!kind.name.isEmpty())
        return QStringLiteral("is not a picture: it is %1. Choose a PNG, JPEG, WebP, TIFF, GIF or "
                              "BMP file.")
            .arg(kind.name);
    return QStringLiteral("is not a picture that can be opened. Choose a PNG, JPEG, WebP, TIFF, "
                          "GIF or BMP file.");
}

/// Why a reader that knows the format gave up.
QString whyUnread(
    FileBytes file, const QByteArray& format, const QSize& size, const DecoderMessages& messages)
{
    if (messages.mention(QStringLiteral("allocation limit")))
        return tooLarge(QStringLiteral("more pixels"));
    if (isCutShort(file, format))
        return cutShort();
    const QString kind = QStringLiteral("a %1 picture ").arg(QString::fromLatin1(format).toUpper());
    if (const QString feature = unsupportedFeature(file, format); !feature.isEmpty())
        return notSupported(kind + feature);
    for (const char* words : {"not supported", "unsupported", "can not handle", "not implemented"})
        if (messages.mention(QLatin1String(words)))
            return notSupported(kind + QStringLiteral("coded in an unusual way"));
    if (!size.isEmpty() && QImage(size, QImage::Format_RGB32).isNull())
        return needsMemory();
    return damaged();
}

/// Qt finds out about a cut itself, or what is shown doesn't reach to the end.
bool tellsCuts(const QByteArray& format)
{
    return isDrawing(format) || format == "webp" || format == "ico" || format == "cur";
}

LoadedPicture decoded(const QByteArray& bytes, const QString& title)
{
    const FileBytes file{bytes};
    const DecoderMessages messages;
    const QuietLibpng quiet;
    QBuffer buffer;
    buffer.setData(bytes);
    buffer.open(QIODevice::ReadOnly);
    const QByteArray format = formatInsteadOf(QImageReader::imageFormat(&buffer), file);
    if (format.isEmpty())
        return failure(title, unknownKind(file));
    if (format == "tiff" && !unsupportedFeature(file, format).isEmpty())
        return failure(
            title,
            notSupported(QStringLiteral("a TIFF picture ") + unsupportedFeature(file, format)));
    if (!tellsCuts(format) && isCutShort(file, format))
        return failure(title, cutShort());

    QImageReader reader(&buffer, format);
    reader.setAutoDetectImageFormat(false);
    reader.setAutoTransform(true);
    chooseLargest(reader, format);
    const QSize size = reader.size();
    if (!isDrawing(format) && qint64(size.width()) * size.height() > mostPixels)
        return failure(
            title, tooLarge(QStringLiteral("%1 × %2 pixels").arg(size.width()).arg(size.height())));
    if (std::max(size.width(), size.height()) > largestPictureSide)
        reader.setScaledSize(
            size.scaled(largestPictureSide, largestPictureSide, Qt::KeepAspectRatio)
                .expandedTo({1, 1}));
    const bool turned = reader.transformation() != QImageIOHandler::TransformationNone;
    const QImage image = reader.read();
    if (image.isNull())
        return failure(title, whyUnread(file, format, size, messages));
    return fromImage(turned ? image : turnedUpright(image, exifOrientation(file)), title);
}

/// A file that is open, or why it isn't.
struct Opened
{
    int file = -1;
    QString problem;
};

Opened openFile(const std::string& name, const QString& folder)
{
    const auto reason = [] { return QString::fromLocal8Bit(std::strerror(errno)); };
    struct stat info = {};
    if (stat(name.c_str(), &info) != 0 && (errno == ENOENT || errno == ENOTDIR))
        return {-1, QStringLiteral("was not found. Check its name and folder: ") + folder};
    // Without O_NONBLOCK a pipe that nobody writes to would hang here.
    const int file = open(name.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (file < 0)
        return {-1, QStringLiteral("can't be read (%1). Check its permissions.").arg(reason())};
    if (fstat(file, &info) == 0 && S_ISREG(info.st_mode) && info.st_size <= largestFile)
        return {file, {}};
    close(file);
    if (!S_ISREG(info.st_mode))
        return {-1, QStringLiteral("is not a file. Choose a picture such as a PNG or JPEG.")};
    return {-1, QStringLiteral("is larger than 1 GiB. Save a smaller copy of it first.")};
}

} // namespace

LoadedPicture loadPicture(const QString& path)
{
    const QString title = shownFileName(path);
    QFile file(path); // of those that are built into the program
    if (!path.startsWith(u':')) {
        const Opened opened = openFile(fileBytes(path), shownFolder(path));
        if (opened.file < 0)
            return failure(title, opened.problem);
        file.open(opened.file, QIODevice::ReadOnly, QFileDevice::AutoCloseHandle);
    } else if (!file.open(QIODevice::ReadOnly)) {
        return failure(title, QStringLiteral("is not built in."));
    }
    try {
        const QByteArray bytes = file.readAll();
        if (file.error() != QFileDevice::NoError)
            return failure(title, QStringLiteral("can't be read (%1).").arg(file.errorString()));
        return loadPicture(bytes, title);
    } catch (const std::bad_alloc&) {
        return failure(title, needsMemory());
    }
}

LoadedPicture loadPicture(const QByteArray& bytes, const QString& title)
{
    if (bytes.isEmpty())
        return failure(title, QStringLiteral("is empty. Choose another picture."));
    raiseQtsLimit();
    try {
        return decoded(bytes, title);
    } catch (const std::bad_alloc&) {
        return failure(title, needsMemory());
    }
}

LoadedPicture fromImage(const QImage& image, const QString& title)
{
    if (image.isNull())
        return failure(title, damaged());
    const bool large = std::max(image.width(), image.height()) > largestPictureSide;
    const QImage fitting = large ? image.scaled(
                                       largestPictureSide, largestPictureSide, Qt::KeepAspectRatio,
                                       Qt::SmoothTransformation)
                                 : image;
    const QImage flat = fitting.isNull() ? QImage() : flatten(fitting);
    return flat.isNull() ? failure(title, needsMemory()) : LoadedPicture{flat, title, {}};
}

} // namespace inceptoscope
