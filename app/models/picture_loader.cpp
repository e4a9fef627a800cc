#include "models/picture_loader.h"

#include <QBuffer>
#include <QFile>
#include <QFileInfo>
#include <QImageReader>
#include <QPainter>

namespace inceptoscope {

namespace {

constexpr qint64 largestFile = qint64(1) << 30;
constexpr qint64 mostPixels = 200'000'000;

LoadedPicture failure(const QString& title, const QString& sentence)
{
    return {{}, title, sentence};
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

/// libjpeg fills what is missing with grey and calls it a success. Inside the compressed data
/// an end marker can't occur, so a whole file has one after its last scan starts.
bool isCutJpeg(const QByteArray& bytes)
{
    if (!bytes.startsWith("\xFF\xD8"))
        return false;
    return bytes.lastIndexOf("\xFF\xD9") < bytes.lastIndexOf("\xFF\xDA");
}

QString damaged(const QString& title)
{
    return title +
           QStringLiteral(
               " is damaged or incomplete. Save or download it again, or choose another picture.");
}

} // namespace

LoadedPicture loadPicture(const QString& path)
{
    const QFileInfo info(path);
    const QString title = info.fileName().isEmpty() ? path : info.fileName();
    if (!info.exists())
        return failure(
            title, title + QStringLiteral(" was not found. Check its name and folder: ") +
                       info.absolutePath());
    if (!info.isFile())
        return failure(
            title,
            title + QStringLiteral(" is not a file. Choose a picture such as a PNG or JPEG."));
    if (info.size() > largestFile)
        return failure(
            title,
            title + QStringLiteral(" is larger than 1 GiB. Save a smaller copy of it first."));
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return failure(
            title, title + QStringLiteral(" can't be read (%1). Check its permissions.")
                               .arg(file.errorString()));
    return loadPicture(file.readAll(), title);
}

LoadedPicture loadPicture(const QByteArray& bytes, const QString& title)
{
    if (bytes.isEmpty())
        return failure(title, title + QStringLiteral(" is empty. Choose another picture."));
    QBuffer buffer;
    buffer.setData(bytes);
    buffer.open(QIODevice::ReadOnly);
    QImageReader reader(&buffer);
    reader.setAutoTransform(true);
    reader.setDecideFormatFromContent(true);
    if (!reader.canRead())
        return failure(
            title,
            title + QStringLiteral(
                        " is not a picture that can be opened. Choose a PNG, JPEG, WebP, TIFF, "
                        "GIF or BMP file."));
    const QSize size = reader.size();
    if (qint64(size.width()) * size.height() > mostPixels)
        return failure(
            title, title + QStringLiteral(" has %1 × %2 pixels, more than can be opened (200 "
                                          "million). Save a smaller copy of it first.")
                               .arg(size.width())
                               .arg(size.height()));
    if (std::max(size.width(), size.height()) > largestPictureSide)
        reader.setScaledSize(
            size.scaled(largestPictureSide, largestPictureSide, Qt::KeepAspectRatio)
                .expandedTo({1, 1}));
    const QImage image = reader.read();
    if (image.isNull() || isCutJpeg(bytes))
        return failure(title, damaged(title));
    return fromImage(image, title);
}

LoadedPicture fromImage(const QImage& image, const QString& title)
{
    if (image.isNull())
        return failure(title, damaged(title));
    const bool large = std::max(image.width(), image.height()) > largestPictureSide;
    const QImage fitting = large ? image.scaled(
                                       largestPictureSide, largestPictureSide, Qt::KeepAspectRatio,
                                       Qt::SmoothTransformation)
                                 : image;
    return {flatten(fitting), title, {}};
}

} // namespace inceptoscope
