// Servers that never come to an end, and redirects and files that a download must not follow.
#include "weights_store/download_fixture.h"

#include "support/test_main.h"

#include <QElapsedTimer>

#include <sys/stat.h>

using namespace inceptoscope;

class TestDownloadLimits : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_f = std::make_unique<DownloadFixture>(); }
    void trickle();
    void slowButFastEnough();
    void tooManyHeaders();
    void errorPageWithoutEnd();
    void redirectIsFollowed();
    void redirects_data();
    void redirects();
    void partThatIsNoFile_data();
    void partThatIsNoFile();

private:
    void lead(const QByteArray& location)
    {
        m_f->server.setHandler([=](const HttpRequest&) {
            return HttpResponse{.status = 302, .headers = {{"Location", location}}};
        });
    }
    QString fails(const DownloadLimits& limits, const QString& words);

    std::unique_ptr<DownloadFixture> m_f;
};

/// With other limits than the fixture's; what was otherwise, or nothing.
QString TestDownloadLimits::fails(const DownloadLimits& limits, const QString& words)
{
    Download download(m_f->request(), limits);
    QSignalSpy finished(&download, &Download::finished);
    download.start();
    if (!finished.wait(20'000))
        return "it doesn't end";
    const QString sentence = finished[0][1].toString();
    return sentence.contains(words) ? QString() : sentence;
}

void TestDownloadLimits::trickle()
{
    m_f->server.setHandler([this](const HttpRequest& request) {
        HttpResponse response = fileResponse(request, m_f->content, "\"1\"");
        response.drip = 1; // 20 bytes a second: never silent for long
        return response;
    });
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(
        fails({.stall = 5000, .window = 1000, .slowest = 1000}, "127.0.0.1 sends too slowly: "),
        QString());
    QVERIFY(timer.elapsed() < 10'000);
    QVERIFY(QFileInfo(m_f->part()).size() > 0); // and is kept
}

void TestDownloadLimits::slowButFastEnough()
{
    m_f->server.setHandler([this](const HttpRequest& request) {
        HttpResponse response = fileResponse(request, m_f->content, "\"1\"");
        response.drip = 15'000; // a second in all
        return response;
    });
    Download download(m_f->request(), {.stall = 5000, .window = 250, .slowest = 1000});
    QSignalSpy finished(&download, &Download::finished);
    download.start();
    QVERIFY(finished.wait(20'000));
    QVERIFY2(finished[0][1].toString().isEmpty(), qPrintable(finished[0][1].toString()));
    QCOMPARE(read(m_f->path()), m_f->content);
}

void TestDownloadLimits::tooManyHeaders()
{
    m_f->server.setHandler([this](const HttpRequest& request) {
        HttpResponse response = fileResponse(request, m_f->content);
        for (int i = 0; i < 40; ++i)
            response.headers.append({"X-" + QByteArray::number(i), QByteArray(7000, 'x')});
        return response;
    });
    // Newer versions of Qt have a limit of their own, and a sentence.
    QCOMPARE(m_f->fails(m_f->request(), {"127.0.0.1"}), QString());
    QVERIFY(m_f->files().isEmpty());
}

/// What a server says about why not is of no interest.
void TestDownloadLimits::errorPageWithoutEnd()
{
    m_f->server.setHandler([](const HttpRequest&) {
        return HttpResponse{
            .status = 404, .body = QByteArray(100'000, 'x'), .length = false, .drip = 1};
    });
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(fails({}, "127.0.0.1 answered 404"), QString());
    QVERIFY(timer.elapsed() < 5000);
}

void TestDownloadLimits::redirectIsFollowed()
{
    m_f->server.setHandler([this](const HttpRequest& request) {
        if (request.path == "/model.bin")
            return HttpResponse{.status = 302, .headers = {{"Location", "far/away?a=%20b"}}};
        return fileResponse(request, m_f->content);
    });
    QCOMPARE(m_f->succeeds(m_f->request()), QString());
    QCOMPARE(m_f->server.takeRequests().value(1).path, QByteArray("/far/away?a=%20b"));
}

void TestDownloadLimits::redirects_data()
{
    QTest::addColumn<QByteArray>("location");
    QTest::addColumn<QString>("says");
    QTest::newRow("file") << QByteArray("file:///etc/hostname")
                          << "127.0.0.1 leads on to file:///etc/hostname, which is neither http";
    QTest::newRow("ftp") << QByteArray("ftp://example.org/w") << "leads on to ftp://example.org/w";
    QTest::newRow("data") << QByteArray("data:text/plain,x") << "which is neither http nor https";
    QTest::newRow("nowhere") << QByteArray() << "127.0.0.1 leads on to no address (answer 302)";
    QTest::newRow("no host") << QByteArray("http:///w") << "leads on to no address";
    QTest::newRow("circle") << QByteArray("/model.bin") << "127.0.0.1 leads round in a circle";
}

void TestDownloadLimits::redirects()
{
    QFETCH(const QByteArray, location);
    QFETCH(const QString, says);
    lead(location);
    QCOMPARE(m_f->fails(m_f->request(), {says}), QString());
    QVERIFY(m_f->files().isEmpty());
}

void TestDownloadLimits::partThatIsNoFile_data()
{
    QTest::addColumn<QString>("kind");
    QTest::newRow("link") << "link";
    QTest::newRow("link to nothing") << "nothing";
    QTest::newRow("pipe") << "pipe";
    QTest::newRow("folder") << "folder";
}

/// Somebody else may have put it there, to have another file overwritten.
void TestDownloadLimits::partThatIsNoFile()
{
    QFETCH(const QString, kind);
    const QString other = m_f->folder("thesis.txt");
    QVERIFY(QDir(m_f->folder("")).mkpath("weights"));
    const QByteArray part = QFile::encodeName(m_f->part());
    if (kind == "pipe") {
        QCOMPARE(mkfifo(part.constData(), 0600), 0);
    } else if (kind == "folder") {
        QVERIFY(QDir().mkpath(m_f->part()));
    } else {
        QFile file(other);
        QVERIFY(kind == "nothing" || (file.open(QIODevice::WriteOnly) && file.write("mine") == 4));
        QVERIFY(QFile::link(other, m_f->part()));
    }
    QCOMPARE(m_f->fails(m_f->request(), {m_f->part()}), QString());
    if (kind == "link")
        QCOMPARE(read(other), QByteArray("mine"));
    else
        QVERIFY(!QFileInfo::exists(other));
}

INCEPTOSCOPE_TEST_MAIN(TestDownloadLimits)
#include "test_download_limits.moc"
