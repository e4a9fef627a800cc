#include "weights_store/part_file.h"

#include "error.h"

#include <QDir>
#include <QFileInfo>
#include <QSaveFile>

#include <nlohmann/json.hpp>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

namespace inceptoscope {

namespace {

constexpr qint64 pieceBytes = qint64(1) << 20;

[[noreturn]] void fail(const QString& what, const QString& why)
{
    throw Error(ErrorKind::Io, QStringLiteral("%1: %2").arg(what, why).toStdString());
}

QString lastReason()
{
    return QString::fromLocal8Bit(std::strerror(errno));
}

/// A rename survives a power cut only once the folder is on the disk as well.
void syncFolder(const QString& folder)
{
    const int descriptor = ::open(QFile::encodeName(folder).constData(), O_RDONLY | O_DIRECTORY);
    if (descriptor < 0)
        return;
    (void)::fsync(descriptor); // not every file system can; the file itself is safe
    ::close(descriptor);
}

} // namespace

PartFile::PartFile(QString path)
    : m_path(std::move(path))
    , m_part(m_path + QStringLiteral(".part"))
    , m_lock(m_path + QStringLiteral(".lock"))
{
    m_lock.setStaleLockTime(0); // however long it takes; only a dead owner's lock is taken over
}

PartFile::~PartFile() = default;

void PartFile::lock()
{
    if (m_lock.tryLock())
        return;
    const QString folder = QFileInfo(m_path).path();
    if (m_lock.error() != QLockFile::LockFailedError)
        fail(
            QStringLiteral("the folder %1 can't be written").arg(folder),
            QStringLiteral("no file can be made in it"));
    qint64 process = 0;
    QString host;
    QString program;
    (void)m_lock.getLockInfo(&process, &host, &program);
    fail(
        QStringLiteral("it is being fetched already"),
        QStringLiteral("wait for process %1, or stop it").arg(process));
}

void PartFile::open()
{
    const QString folder = QFileInfo(m_path).path();
    if (!QDir().mkpath(folder))
        fail(QStringLiteral("the folder %1 can't be made").arg(folder), lastReason());
    lock();
    if (!m_part.open(QIODevice::ReadWrite))
        fail(QStringLiteral("%1 can't be written").arg(m_part.fileName()), m_part.errorString());
    readValidator();
}

bool PartFile::hashNext()
{
    const QByteArray piece = m_part.read(pieceBytes);
    if (piece.isEmpty()) {
        if (m_part.error() != QFileDevice::NoError)
            fail(QStringLiteral("%1 can't be read").arg(m_part.fileName()), m_part.errorString());
        return false;
    }
    m_hash.addData(piece);
    m_size += piece.size();
    return true;
}

void PartFile::readValidator()
{
    QFile file(validatorPath());
    if (!file.open(QIODevice::ReadOnly))
        return;
    const auto json = nlohmann::json::parse(file.readAll().toStdString(), nullptr, false);
    const auto text = [&](const char* key) {
        return json.is_object() && json.contains(key) && json[key].is_string()
                   ? QByteArray::fromStdString(json[key].get<std::string>())
                   : QByteArray();
    };
    m_validator = {QUrl(QString::fromUtf8(text("url"))), text("etag"), text("last_modified")};
}

void PartFile::setValidator(const Validator& validator)
{
    if (validator == m_validator)
        return;
    m_validator = validator;
    const nlohmann::json json = {
        {"url", validator.url.toString().toStdString()},
        {"etag", validator.etag.toStdString()},
        {"last_modified", validator.lastModified.toStdString()}};
    const std::string text =
        json.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
    QSaveFile file(validatorPath());
    // Without it the next time starts anew, which is no reason to fail now.
    if (file.open(QIODevice::WriteOnly) && file.write(QByteArray::fromStdString(text)) > 0)
        (void)file.commit();
}

void PartFile::append(const QByteArray& bytes)
{
    if (m_part.write(bytes) != bytes.size() || !m_part.flush())
        fail(QStringLiteral("%1 can't be written").arg(m_part.fileName()), m_part.errorString());
    m_hash.addData(bytes);
    m_size += bytes.size();
}

void PartFile::restart()
{
    if (!m_part.resize(0) || !m_part.seek(0))
        fail(QStringLiteral("%1 can't be written").arg(m_part.fileName()), m_part.errorString());
    m_hash.reset();
    m_size = 0;
    setValidator({});
}

void PartFile::commit()
{
    const bool safe = m_part.flush() && ::fsync(m_part.handle()) == 0;
    if (!safe)
        fail(QStringLiteral("%1 can't be written").arg(m_part.fileName()), lastReason());
    m_part.close();
    // QFile::rename() would not replace a file, and removing it first would leave a gap.
    if (std::rename(
            QFile::encodeName(m_part.fileName()).constData(),
            QFile::encodeName(m_path).constData()) != 0)
        fail(QStringLiteral("%1 can't be written").arg(m_path), lastReason());
    syncFolder(QFileInfo(m_path).path());
    QFile::remove(validatorPath());
}

void PartFile::discard()
{
    m_part.close();
    m_part.remove();
    QFile::remove(validatorPath());
    m_hash.reset();
    m_size = 0;
    m_validator = {};
}

} // namespace inceptoscope
