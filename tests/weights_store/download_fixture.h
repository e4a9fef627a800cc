#pragma once

#include "support/http_server.h"
#include "weights_store/download.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFileInfo>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

namespace inceptoscope {

constexpr DownloadLimits quick{.connect = 2000, .stall = 400, .retries = 2, .pause = 10};

/// 300,000 bytes that repeat nowhere, so that a byte in the wrong place shows.
[[nodiscard]] QByteArray madeUp(int seed);
[[nodiscard]] QByteArray sha256(const QByteArray& bytes);
[[nodiscard]] QByteArray read(const QString& path);

/// How a download ended.
struct End
{
    Download::Outcome outcome = Download::Outcome::Failed;
    QString sentence;
};

/// A server with one file, and an empty folder for it.
class DownloadFixture
{
public:
    DownloadFixture() { serve(content); }

    const QByteArray content = madeUp(1);
    HttpServer server;

    [[nodiscard]] QString folder(const QString& file) const { return m_folder.filePath(file); }
    [[nodiscard]] QString path() const { return folder("weights/model.bin"); }
    [[nodiscard]] QString part() const { return path() + ".part"; }
    [[nodiscard]] QStringList files() const
    {
        return QDir(folder("weights")).entryList(QDir::Files, QDir::Name);
    }
    [[nodiscard]] Download::Request request() const;
    void serve(const QByteArray& bytes, const QByteArray& etag = "\"1\"");
    /// As serve(), but each connection ends after so many bytes, or stays open without any more.
    void serveCut(qint64 first, qint64 later, bool hang);
    /// Leaves the first bytes of a download behind, by cancelling it.
    void leavePart(qint64 bytes);
    End fetch(const Download::Request& request);
    /// Fetches it; what is wrong with the result, or nothing.
    QString succeeds(const Download::Request& request);
    /// Fails with a sentence that has all of `words`, and leaves nothing under the final name;
    /// what was otherwise, or nothing.
    QString fails(const Download::Request& request, const QStringList& words);

private:
    QTemporaryDir m_folder;
};

} // namespace inceptoscope
