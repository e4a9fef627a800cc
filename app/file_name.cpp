#include "file_name.h"

#include "shown_text.h"

#include <QSysInfo>

#include <filesystem>

namespace inceptoscope {

namespace {

constexpr char16_t firstStray = 0xDC00; // and the byte, which is 0x80 or more

bool isStray(QChar c)
{
    return c.unicode() >= firstStray + 0x80 && c.unicode() <= firstStray + 0xFF;
}

} // namespace

QString fileText(const std::string& bytes)
{
    QString text;
    for (size_t i = 0; i < bytes.size();) {
        size_t end = i;
        for (size_t length = 1; end < bytes.size() && length > 0; end += length)
            length = characterLength(bytes, end);
        text += QString::fromUtf8(bytes.data() + i, qsizetype(end - i));
        for (i = end; i < bytes.size() && characterLength(bytes, i) == 0; ++i)
            text += QChar(char16_t(firstStray + uint8_t(bytes[i])));
    }
    return text;
}

std::string fileBytes(const QString& text)
{
    std::string bytes;
    for (qsizetype i = 0; i < text.size();) {
        qsizetype end = i;
        const auto pair = [&](qsizetype at) {
            return text[at].isHighSurrogate() && at + 1 < text.size() &&
                   text[at + 1].isLowSurrogate();
        };
        while (end < text.size() && !isStray(text[end]))
            end += pair(end) ? 2 : 1;
        bytes += QStringView(text).mid(i, end - i).toUtf8().toStdString();
        for (i = end; i < text.size() && isStray(text[i]); ++i)
            bytes += char(text[i].unicode() - firstStray);
    }
    return bytes;
}

std::string localFile(const QByteArray& url)
{
    for (const QByteArray& start : {QByteArray("file://localhost/"), QByteArray("file:///")})
        if (url.startsWith(start))
            return QByteArray::fromPercentEncoding(url.mid(start.size() - 1)).toStdString();
    const bool oneSlash = url.startsWith("file:/") && !url.startsWith("file://");
    return oneSlash ? QByteArray::fromPercentEncoding(url.mid(5)).toStdString() : std::string();
}

QString localFileText(const QUrl& url)
{
    const QString host = url.host();
    const bool here = host.isEmpty() || host.compare(u"localhost", Qt::CaseInsensitive) == 0 ||
                      host.compare(QSysInfo::machineHostName(), Qt::CaseInsensitive) == 0;
    if (!url.isLocalFile() || !here)
        return {};
    return fileText(
        QByteArray::fromPercentEncoding(url.path(QUrl::FullyEncoded).toLatin1()).toStdString());
}

QUrl fileUrl(const QString& text)
{
    QUrl url;
    url.setScheme(QStringLiteral("file"));
    const QByteArray bytes = QByteArray::fromStdString(fileBytes(text));
    url.setPath(QString::fromLatin1(bytes.toPercentEncoding("/")), QUrl::TolerantMode);
    return url;
}

QString shownFileName(const QString& text)
{
    const std::string bytes = fileBytes(text);
    const std::string name = std::filesystem::path(bytes).filename().string();
    return QString::fromStdString(shownLine(name.empty() ? bytes : name));
}

QString shownFolder(const QString& text)
{
    std::error_code error;
    const auto path = std::filesystem::absolute(fileBytes(text), error).lexically_normal();
    return QString::fromStdString(shownLine(path.parent_path().string()));
}

} // namespace inceptoscope
