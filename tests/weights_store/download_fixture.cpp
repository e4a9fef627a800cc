#include "weights_store/download_fixture.h"

namespace inceptoscope {

QByteArray madeUp(int seed)
{
    QByteArray bytes;
    for (int i = 0; bytes.size() < 300'000; ++i)
        bytes += QCryptographicHash::hash(
            QByteArray::number(i) + ',' + QByteArray::number(seed), QCryptographicHash::Sha256);
    return bytes;
}

QByteArray sha256(const QByteArray& bytes)
{
    return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex();
}

QByteArray read(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(not there)");
}

Download::Request DownloadFixture::request() const
{
    return {
        .urls = {server.url("/model.bin")},
        .path = path(),
        .expected = {.size = content.size(), .sha256 = sha256(content)}};
}

void DownloadFixture::serve(const QByteArray& bytes, const QByteArray& etag)
{
    server.setHandler(
        [=](const HttpRequest& request) { return fileResponse(request, bytes, etag); });
}

void DownloadFixture::serveCut(qint64 first, qint64 later, bool hang)
{
    server.setHandler([=, this](const HttpRequest& request) {
        HttpResponse response = fileResponse(request, content, "\"1\"");
        response.cutAfter = response.status == 206 ? later : first;
        response.hang = hang;
        return response;
    });
}

void DownloadFixture::leavePart(qint64 bytes)
{
    serveCut(bytes, 0, true);
    Download download(request(), quick);
    QObject::connect(&download, &Download::progress, &download, [&](qint64 done) {
        if (done == bytes)
            download.cancel();
    });
    QSignalSpy finished(&download, &Download::finished);
    download.start();
    if (!finished.wait(5000) || QFileInfo(part()).size() != bytes)
        qFatal("no part was left behind");
    (void)server.takeRequests();
}

End DownloadFixture::fetch(const Download::Request& request)
{
    Download download(request, quick);
    End end;
    int ends = 0;
    QObject::connect(
        &download, &Download::finished, &download,
        [&](Download::Outcome outcome, const QString& sentence) {
            end = {outcome, sentence};
            ++ends;
        });
    download.start();
    if (!QTest::qWaitFor([&] { return ends > 0; }, 20'000))
        qFatal("the download doesn't end");
    QTest::qWait(20);
    if (ends != 1)
        qFatal("the download ended %d times", ends);
    return end;
}

QString DownloadFixture::succeeds(const Download::Request& request)
{
    const End end = fetch(request);
    if (end.outcome != Download::Outcome::Done)
        return "it failed: " + end.sentence;
    if (read(path()) != content)
        return "the file has another content";
    return files() == QStringList{"model.bin"} ? QString() : "left behind: " + files().join(' ');
}

QString DownloadFixture::fails(const Download::Request& request, const QStringList& words)
{
    const End end = fetch(request);
    if (end.outcome != Download::Outcome::Failed)
        return "it didn't fail";
    if (QFileInfo::exists(request.path))
        return "there is a file";
    if (QFileInfo::exists(request.path + ".lock"))
        return "the lock is still there";
    for (const QString& word : words)
        if (!end.sentence.contains(word))
            return QStringLiteral("\"%1\" doesn't say \"%2\"").arg(end.sentence, word);
    return {};
}

} // namespace inceptoscope
