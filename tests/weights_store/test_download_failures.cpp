#include "weights_store/download_fixture.h"

#include "support/test_main.h"

#include <QElapsedTimer>
#include <QSslSocket>
#include <QTcpServer>

using namespace inceptoscope;

class TestDownloadFailures : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_f = std::make_unique<DownloadFixture>(); }
    void wrongHash();
    void wrongHashOfAPart();
    void wrongSize_data();
    void wrongSize();
    void cutForever();
    void notFound();
    void stall();
    void neverAnswers();
    void twoAtOnce();
    void offline_data();
    void offline();
    void noSpace();
    void folderThatCannotBeMade();
    void httpsIsThere();

private:
    std::unique_ptr<DownloadFixture> m_f;
};

void TestDownloadFailures::wrongHash()
{
    m_f->serve(madeUp(2));
    QCOMPARE(
        m_f->fails(m_f->request(), {"model.bin", "SHA-256", sha256(m_f->content), "removed"}),
        QString());
    QVERIFY(m_f->files().isEmpty());
}

void TestDownloadFailures::wrongHashOfAPart()
{
    m_f->leavePart(100'000);
    QFile file(m_f->part());
    QVERIFY(file.open(QIODevice::ReadWrite));
    file.write("damaged");
    file.close();
    m_f->serve(m_f->content);
    QCOMPARE(m_f->fails(m_f->request(), {"SHA-256", "removed"}), QString());
    QVERIFY(m_f->files().isEmpty());
    QCOMPARE(m_f->succeeds(m_f->request()), QString());
}

void TestDownloadFailures::wrongSize_data()
{
    QTest::addColumn<int>("bytes");
    QTest::addColumn<bool>("length");
    QTest::addColumn<QString>("word");
    QTest::newRow("too long") << 20 << true << "300052 bytes";
    QTest::newRow("too long, without saying so") << 20 << false << "sends more than";
    QTest::newRow("too short") << -20 << true << "another file";
    QTest::newRow("too short, without saying so") << -20 << false << "stopped after";
}

void TestDownloadFailures::wrongSize()
{
    QFETCH(const int, bytes);
    QFETCH(const bool, length);
    QFETCH(const QString, word);
    const QByteArray content =
        bytes > 0 ? m_f->content + QByteArray(bytes, 'x') : m_f->content.chopped(-bytes);
    m_f->server.setHandler(
        [=](const HttpRequest&) { return HttpResponse{.body = content, .length = length}; });
    QCOMPARE(
        m_f->fails(m_f->request(), {bytes > 0 && length ? "another file" : word, "127.0.0.1"}),
        QString());
}

void TestDownloadFailures::cutForever()
{
    m_f->server.setHandler([this](const HttpRequest& request) {
        HttpResponse response = fileResponse(request, m_f->content, "\"1\"");
        response.cutAfter = response.status == 206 ? 0 : 50'000;
        return response;
    });
    QCOMPARE(m_f->fails(m_f->request(), {"50.0 kB of 300.0 kB", "goes on"}), QString());
    QCOMPARE(QFileInfo(m_f->part()).size(), 50'000);
    QVERIFY(m_f->server.takeRequests().size() >= 3);
    m_f->serve(m_f->content);
    QCOMPARE(m_f->succeeds(m_f->request()), QString());
}

void TestDownloadFailures::notFound()
{
    m_f->server.setHandler(
        [](const HttpRequest&) { return HttpResponse{.status = 404, .body = "no such page"}; });
    QCOMPARE(
        m_f->fails(m_f->request(), {"127.0.0.1 answered 404", m_f->request().urls[0].toString()}),
        QString());
    QVERIFY(m_f->files().isEmpty());
}

void TestDownloadFailures::stall()
{
    m_f->server.setHandler([this](const HttpRequest& request) {
        HttpResponse response = fileResponse(request, m_f->content, "\"1\"");
        response.cutAfter = response.status == 206 ? 0 : 70'000;
        response.hang = true;
        return response;
    });
    QElapsedTimer timer;
    timer.start();
    const QString problem = m_f->fails(m_f->request(), {"127.0.0.1", "goes on"});
    QCOMPARE(problem, QString());
    QVERIFY(timer.elapsed() < 10'000);
    QCOMPARE(QFileInfo(m_f->part()).size(), 70'000);
    m_f->serve(m_f->content);
    QCOMPARE(m_f->succeeds(m_f->request()), QString());
}

void TestDownloadFailures::neverAnswers()
{
    QTcpServer silent; // accepts, and nobody there
    QVERIFY(silent.listen(QHostAddress::LocalHost));
    Download::Request lost = m_f->request();
    lost.urls = {QUrl(QStringLiteral("http://127.0.0.1:%1/x").arg(silent.serverPort()))};
    QCOMPARE(m_f->fails(lost, {"127.0.0.1 doesn't answer"}), QString());
}

void TestDownloadFailures::twoAtOnce()
{
    m_f->server.setHandler([this](const HttpRequest& request) {
        HttpResponse response = fileResponse(request, m_f->content, "\"1\"");
        response.cutAfter = 50'000;
        response.hang = true;
        return response;
    });
    Download first(m_f->request(), {});
    QSignalSpy progress(&first, &Download::progress);
    first.start();
    QTRY_VERIFY(!progress.isEmpty() && progress.last()[0].toLongLong() == 50'000);
    const End end = m_f->fetch(m_f->request());
    QCOMPARE(end.outcome, Download::Outcome::Failed);
    QVERIFY2(end.sentence.contains("being fetched already"), qPrintable(end.sentence));
    QVERIFY2(
        end.sentence.contains(QString::number(QCoreApplication::applicationPid())),
        qPrintable(end.sentence));
    QCOMPARE(QFileInfo(m_f->part()).size(), 50'000);
    first.cancel();
    m_f->serve(m_f->content);
    QCOMPARE(m_f->succeeds(m_f->request()), QString());
}

void TestDownloadFailures::offline_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("host");
    QTcpServer closed;
    QVERIFY(closed.listen(QHostAddress::LocalHost));
    QTest::newRow("refused") << QStringLiteral("http://127.0.0.1:%1/x").arg(closed.serverPort())
                             << "127.0.0.1";
    QTest::newRow("no such host") << "https://nowhere.invalid/x"
                                  << "nowhere.invalid";
}

void TestDownloadFailures::offline()
{
    QFETCH(const QString, url);
    QFETCH(const QString, host);
    Download::Request lost = m_f->request();
    lost.urls = {QUrl(url)};
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(m_f->fails(lost, {host + " can't be reached", url, "--weights"}), QString());
    QVERIFY(timer.elapsed() < 5000);
    QVERIFY(m_f->files().isEmpty());
}

void TestDownloadFailures::noSpace()
{
    Download::Request huge = m_f->request();
    huge.expected.size = qint64(1) << 49;
    QCOMPARE(m_f->fails(huge, {"562.9 TB are needed", m_f->folder("weights")}), QString());
    QVERIFY(m_f->server.takeRequests().isEmpty());
    QVERIFY(m_f->files().isEmpty());
}

void TestDownloadFailures::folderThatCannotBeMade()
{
    QFile file(m_f->folder("file"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    Download::Request wrong = m_f->request();
    wrong.path = m_f->folder("file/model.bin");
    QCOMPARE(m_f->fails(wrong, {m_f->folder("file"), "can't be made"}), QString());
    // As the superuser every folder can be written; /proc none the less can't.
    wrong.path = QStringLiteral("/proc/model.bin");
    QCOMPARE(m_f->fails(wrong, {"/proc can't be written"}), QString());
}

/// Every address of the manifest is https, which Qt does by OpenSSL's libraries.
void TestDownloadFailures::httpsIsThere()
{
    QVERIFY(QSslSocket::supportsSsl());
}

INCEPTOSCOPE_TEST_MAIN(TestDownloadFailures)
#include "test_download_failures.moc"
