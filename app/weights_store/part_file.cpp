#include "weights_store/part_file.h"

#include "error.h"
#include "files/output_file.h"
#include "files/system_reason.h"

#include <QDir>
#include <QFileInfo>

#include <nlohmann/json.hpp>

#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <sys/stat.h>
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
    return QString::fromStdString(systemReason(errno));
}

/// Opened, or -1 with errno; never what a link leads to, and never waiting for a pipe.
int openPlain(const QString& path, int flags)
{
    const QByteArray name = QFile::encodeName(path);
    const int descriptor =
        ::open(name.constData(), flags | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | O_NOCTTY, 0666);
    struct stat info = {};
    if (descriptor < 0 || (fstat(descriptor, &info) == 0 && S_ISREG(info.st_mode)))
        return descriptor;
    ::close(descriptor);
    errno = EINVAL;
    return -1;
}

} // namespace

PartFile::PartFile(QString path)
    : m_path(std::move(path))
    , m_partPath(m_path + QStringLiteral(".part"))
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
    const int descriptor = openPlain(m_partPath, O_RDWR | O_CREAT);
    if (descriptor < 0 && (errno == ELOOP || errno == EINVAL))
        fail(
            QStringLiteral("%1 is no plain file").arg(m_partPath),
            QStringLiteral("a link or a device isn't written through; remove it"));
    if (descriptor < 0)
        fail(QStringLiteral("%1 can't be written").arg(m_partPath), lastReason());
    if (!m_part.open(
            descriptor, QIODevice::ReadWrite | QIODevice::Unbuffered, QFile::AutoCloseHandle))
        fail(QStringLiteral("%1 can't be written").arg(m_partPath), m_part.errorString());
    m_lockWhenStopped.emplace(QFile::encodeName(m_lock.fileName()).toStdString());
    readValidator();
}

bool PartFile::hashNext()
{
    const QByteArray piece = m_part.read(pieceBytes);
    if (piece.isEmpty()) {
        if (m_part.error() != QFileDevice::NoError)
            fail(QStringLiteral("%1 can't be read").arg(m_partPath), m_part.errorString());
        return false;
    }
    m_hash.addData(piece);
    m_size += piece.size();
    return true;
}

void PartFile::readValidator()
{
    constexpr qint64 largest = qint64(1) << 16;
    const int descriptor = openPlain(validatorPath(), O_RDONLY);
    QFile file;
    if (descriptor < 0 || !file.open(descriptor, QIODevice::ReadOnly, QFile::AutoCloseHandle))
        return;
    const auto json = nlohmann::json::parse(file.read(largest).toStdString(), nullptr, false);
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
    QFile::remove(validatorPath()); // where it is a link, what it leads to stays as it is
    try {
        writeOutputFile(QFile::encodeName(validatorPath()).toStdString(), text);
    } catch (const Error&) { // the next time starts anew, which is no reason to fail now
    }
}

void PartFile::append(const QByteArray& bytes)
{
    for (qsizetype done = 0; done < bytes.size();) {
        const ssize_t written =
            ::write(m_part.handle(), bytes.constData() + done, size_t(bytes.size() - done));
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            fail(QStringLiteral("%1 can't be written").arg(m_partPath), lastReason());
        done += written;
    }
    m_hash.addData(bytes);
    m_size += bytes.size();
}

void PartFile::restart()
{
    if (!m_part.resize(0) || !m_part.seek(0))
        fail(QStringLiteral("%1 can't be written").arg(m_partPath), m_part.errorString());
    m_hash.reset();
    m_size = 0;
    setValidator({});
}

void PartFile::commit()
{
    if (::fsync(m_part.handle()) != 0)
        fail(QStringLiteral("%1 can't be written").arg(m_partPath), lastReason());
    m_part.close();
    // QFile::rename() would not replace a file, and removing it first would leave a gap.
    if (std::rename(
            QFile::encodeName(m_partPath).constData(), QFile::encodeName(m_path).constData()) != 0)
        fail(QStringLiteral("%1 can't be written").arg(m_path), lastReason());
    syncFolder(QFile::encodeName(QFileInfo(m_path).path()).toStdString());
    QFile::remove(validatorPath());
}

void PartFile::discard()
{
    m_part.close();
    QFile::remove(m_partPath);
    QFile::remove(validatorPath());
    m_hash.reset();
    m_size = 0;
    m_validator = {};
}

} // namespace inceptoscope
