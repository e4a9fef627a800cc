#pragma once

#include "files/temporaries.h"

#include <QByteArray>
#include <QCryptographicHash>
#include <QFile>
#include <QLockFile>
#include <QUrl>

#include <optional>

namespace inceptoscope {

/// What tells whether a server still has the bytes that a part was made of.
struct Validator
{
    QUrl url;
    QByteArray etag;         ///< strong ones only; empty: none
    QByteArray lastModified; ///< as the server wrote it; empty: none
    bool operator==(const Validator&) const = default;
};

/// A file on its way: PATH.part, with what to continue it by in PATH.part.json, locked against
/// other programs and other downloads by PATH.lock. Under PATH itself there is either nothing (or
/// what was there before) or all of it. Whatever throws, throws Error(Io) with the reason.
class PartFile
{
public:
    explicit PartFile(QString path);
    ~PartFile(); ///< keeps what is there, for the next time
    PartFile(const PartFile&) = delete;
    PartFile& operator=(const PartFile&) = delete;

    /// Makes the folder, locks, opens what is left of last time.
    void open();
    /// A part of last time counts towards the hash: reads a piece of it, false when none is left.
    [[nodiscard]] bool hashNext();

    [[nodiscard]] qint64 size() const { return m_size; }
    [[nodiscard]] const Validator& validator() const { return m_validator; }
    void setValidator(const Validator& validator);
    void append(const QByteArray& bytes);
    /// Back to an empty part.
    void restart();
    /// Hex. Once only, at the end.
    [[nodiscard]] QByteArray sha256() const { return m_hash.result().toHex(); }
    /// Puts it under PATH in one step, after it is safely on the disk.
    void commit();
    /// Deletes the part.
    void discard();

private:
    void lock();
    void readValidator();
    [[nodiscard]] QString validatorPath() const { return m_partPath + ".json"; }

    QString m_path;
    QString m_partPath;
    QFile m_part; ///< open by its descriptor, so without a name
    QLockFile m_lock;
    std::optional<GoneWhenStopped> m_lockWhenStopped;
    QCryptographicHash m_hash{QCryptographicHash::Sha256};
    qint64 m_size = 0;
    Validator m_validator;
};

} // namespace inceptoscope
