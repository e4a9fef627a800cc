#include "weights_store/download_fixture.h"

#include "support/test_main.h"

using namespace inceptoscope;

class TestDownload : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_f = std::make_unique<DownloadFixture>(); }
    void whole();
    void hashPrefixIsEnough();
    void replacesWhatIsThere();
    void resumesAfterACut();
    void resumesAPartOfLastTime();
    void partThatIsWholeNeedsNoServer();
    void partOfUnknownEndIsFinished();
    void serverWithoutRanges();
    void changedFileStartsAnew();
    void wrongRangeStartsAnew();
    void mirror();
    void redirect();
    void cancelThenResume();

private:
    std::unique_ptr<DownloadFixture> m_f;
};

void TestDownload::whole()
{
    Download download(m_f->request(), quick);
    QSignalSpy progress(&download, &Download::progress);
    QSignalSpy finished(&download, &Download::finished);
    download.start();
    QVERIFY(finished.wait(5000));
    QCOMPARE(finished[0][0].value<Download::Outcome>(), Download::Outcome::Done);
    QVERIFY(read(m_f->path()) == m_f->content);
    QCOMPARE(m_f->files(), QStringList{"model.bin"});
    QVERIFY(progress.size() >= 2);
    QCOMPARE(progress.last()[0].toLongLong(), qint64(m_f->content.size()));
    QCOMPARE(progress.last()[1].toLongLong(), qint64(m_f->content.size()));
    const auto requests = m_f->server.takeRequests();
    QCOMPARE(requests.size(), 1);
    QVERIFY(!requests[0].headers.contains("range"));
    QCOMPARE(requests[0].headers["accept-encoding"], QByteArray("identity"));
}

void TestDownload::hashPrefixIsEnough()
{
    Download::Request rough = m_f->request();
    rough.expected = {
        .size = m_f->content.size() * 101 / 100,
        .approximate = true,
        .sha256 = sha256(m_f->content).left(8)};
    QCOMPARE(m_f->succeeds(rough), QString());
}

void TestDownload::replacesWhatIsThere()
{
    QDir().mkpath(m_f->folder("weights"));
    QFile file(m_f->path());
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("old");
    file.close();
    QCOMPARE(m_f->succeeds(m_f->request()), QString());
}

void TestDownload::resumesAfterACut()
{
    // Each connection breaks after another 120,000 bytes.
    m_f->server.setHandler([this](const HttpRequest& request) {
        HttpResponse response = fileResponse(request, m_f->content, "\"1\"");
        response.cutAfter = 120'000;
        return response;
    });
    QCOMPARE(m_f->succeeds(m_f->request()), QString());
    QByteArrayList ranges;
    for (const HttpRequest& request : m_f->server.takeRequests()) {
        // Qt itself sends a request again where the connection broke before any answer.
        if (ranges.isEmpty() || ranges.last() != request.headers["range"])
            ranges << request.headers["range"];
        QCOMPARE(request.headers["if-range"], QByteArray(ranges.size() > 1 ? "\"1\"" : ""));
    }
    QCOMPARE(ranges, (QByteArrayList{"", "bytes=120000-", "bytes=240000-"}));
}

void TestDownload::resumesAPartOfLastTime()
{
    m_f->leavePart(100'000);
    QCOMPARE(m_f->files(), (QStringList{"model.bin.part", "model.bin.part.json"}));
    m_f->serve(m_f->content);
    QCOMPARE(m_f->succeeds(m_f->request()), QString());
    const auto requests = m_f->server.takeRequests();
    QCOMPARE(requests.size(), 1);
    QCOMPARE(requests[0].headers["range"], QByteArray("bytes=100000-"));
}

void TestDownload::partThatIsWholeNeedsNoServer()
{
    m_f->leavePart(m_f->content.size() - 1);
    QFile file(m_f->part());
    QVERIFY(file.open(QIODevice::Append));
    file.write(m_f->content.right(1));
    file.close();
    QCOMPARE(m_f->succeeds(m_f->request()), QString());
    QVERIFY(m_f->server.takeRequests().isEmpty());
}

void TestDownload::partOfUnknownEndIsFinished()
{
    m_f->leavePart(m_f->content.size() - 1);
    QFile file(m_f->part());
    QVERIFY(file.open(QIODevice::Append));
    file.write(m_f->content.right(1));
    file.close();
    m_f->serve(m_f->content);
    Download::Request rough = m_f->request();
    rough.expected.approximate = true;
    QCOMPARE(m_f->succeeds(rough), QString()); // the server answers 416 with the size
    QCOMPARE(m_f->server.takeRequests().size(), 1);
}

void TestDownload::serverWithoutRanges()
{
    m_f->leavePart(100'000);
    m_f->server.setHandler(
        [this](const HttpRequest&) { return HttpResponse{.body = m_f->content}; });
    QCOMPARE(m_f->succeeds(m_f->request()), QString());
    // And one that says neither size nor ranges.
    QFile::remove(m_f->path());
    m_f->server.setHandler(
        [this](const HttpRequest&) { return HttpResponse{.body = m_f->content, .length = false}; });
    QCOMPARE(m_f->succeeds(m_f->request()), QString());
}

void TestDownload::changedFileStartsAnew()
{
    m_f->leavePart(100'000);
    const QByteArray other = madeUp(2);
    m_f->serve(other, "\"2\"");
    Download::Request changed = m_f->request();
    changed.expected.sha256 = sha256(other);
    const End end = m_f->fetch(changed);
    QCOMPARE(end.sentence, QString());
    QVERIFY(read(m_f->path()) == other);
    QCOMPARE(m_f->server.takeRequests().size(), 1); // If-Range: the answer was the whole file
}

void TestDownload::wrongRangeStartsAnew()
{
    m_f->leavePart(100'000);
    m_f->server.setHandler([this](const HttpRequest& request) {
        HttpResponse response = fileResponse(request, m_f->content, "\"1\"");
        if (response.status == 206) {
            response.body = m_f->content;
            response.headers = {{"Content-Range", "bytes 0-299999/300000"}};
        }
        return response;
    });
    QCOMPARE(m_f->succeeds(m_f->request()), QString());
    QCOMPARE(m_f->server.takeRequests().size(), 2);
}

void TestDownload::mirror()
{
    m_f->server.setHandler([this](const HttpRequest& request) {
        return request.path == "/mirror" ? fileResponse(request, m_f->content, "\"1\"")
                                         : HttpResponse{.status = 404};
    });
    Download::Request two = m_f->request();
    two.urls << m_f->server.url("/mirror");
    QCOMPARE(m_f->succeeds(two), QString());
}

void TestDownload::redirect()
{
    m_f->server.setHandler([this](const HttpRequest& request) {
        if (request.path == "/model.bin")
            return HttpResponse{.status = 302, .headers = {{"Location", "/elsewhere?token=1"}}};
        return fileResponse(request, m_f->content, "\"1\"");
    });
    QCOMPARE(m_f->succeeds(m_f->request()), QString());
    QCOMPARE(m_f->server.takeRequests().size(), 2);
    m_f->server.setHandler([](const HttpRequest& request) {
        return HttpResponse{.status = 302, .headers = {{"Location", request.path}}};
    });
    QFile::remove(m_f->path());
    QCOMPARE(m_f->fails(m_f->request(), {"circle"}), QString());
}

void TestDownload::cancelThenResume()
{
    m_f->leavePart(150'000); // cancels
    QVERIFY(!QFileInfo::exists(m_f->path()));
    QVERIFY(!QFileInfo::exists(m_f->path() + ".lock"));
    m_f->serve(m_f->content);
    QCOMPARE(m_f->succeeds(m_f->request()), QString());
    QCOMPARE(m_f->server.takeRequests()[0].headers["range"], QByteArray("bytes=150000-"));
}

INCEPTOSCOPE_TEST_MAIN(TestDownload)
#include "test_download.moc"
