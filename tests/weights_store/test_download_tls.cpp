// Downloads by https, from a server on this computer whose certificate is made for the test.
#include "weights_store/download_fixture.h"

#include "support/test_main.h"

#include <QProcess>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>

using namespace inceptoscope;

class TestDownloadTls : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void fetches();
    void certificateOfNobody();
    void neverLeftForHttp();
    void leadsOnByHttps();

private:
    void trust();
    [[nodiscard]] Download::Request request(const QString& path) const
    {
        Download::Request request = m_f->request();
        request.urls = {m_server->url(path)};
        return request;
    }

    QTemporaryDir m_keys;
    QSslConfiguration m_own;
    const QSslConfiguration m_usual = QSslConfiguration::defaultConfiguration();
    std::unique_ptr<DownloadFixture> m_f;
    std::unique_ptr<HttpServer> m_server;
};

void TestDownloadTls::initTestCase()
{
    const QString key = m_keys.filePath("key.pem");
    const QString certificate = m_keys.filePath("certificate.pem");
    // Debian's ca-certificates, which fetching needs anyway, brings the program.
    QProcess openssl;
    openssl.start(
        "openssl",
        {"req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1",
         "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", certificate});
    QVERIFY2(
        openssl.waitForFinished(60'000) && openssl.exitCode() == 0,
        openssl.readAllStandardError().constData());
    QFile keyFile(key);
    QVERIFY(keyFile.open(QIODevice::ReadOnly));
    m_own.setPrivateKey(QSslKey(&keyFile, QSsl::Rsa));
    m_own.setLocalCertificate(QSslCertificate::fromPath(certificate).value(0));
    QVERIFY(!m_own.privateKey().isNull() && !m_own.localCertificate().isNull());
}

void TestDownloadTls::init()
{
    m_f = std::make_unique<DownloadFixture>();
    m_server = std::make_unique<HttpServer>(m_own);
    m_server->setHandler([this](const HttpRequest& request) {
        return fileResponse(request, m_f->content, "\"1\"");
    });
}

void TestDownloadTls::cleanup()
{
    QSslConfiguration::setDefaultConfiguration(m_usual);
}

void TestDownloadTls::trust()
{
    QSslConfiguration trusting = m_usual;
    trusting.addCaCertificate(m_own.localCertificate());
    QSslConfiguration::setDefaultConfiguration(trusting);
}

void TestDownloadTls::fetches()
{
    trust();
    QCOMPARE(m_f->succeeds(request("/model.bin")), QString());
}

void TestDownloadTls::certificateOfNobody()
{
    QCOMPARE(m_f->fails(request("/model.bin"), {"127.0.0.1 can't be reached", "certificate"}), "");
    QVERIFY(m_server->takeRequests().isEmpty());
    QVERIFY(m_f->files().isEmpty());
}

void TestDownloadTls::neverLeftForHttp()
{
    trust();
    const QByteArray plain = m_f->server.url("/model.bin").toEncoded();
    m_server->setHandler([=](const HttpRequest&) {
        return HttpResponse{.status = 302, .headers = {{"Location", plain}}};
    });
    QCOMPARE(
        m_f->fails(
            request("/model.bin"), {"127.0.0.1 leads on to an address without encryption, " +
                                    QString::fromLatin1(plain) + ", which isn't followed"}),
        QString());
    QVERIFY(m_f->server.takeRequests().isEmpty());
    QVERIFY(m_f->files().isEmpty());
}

void TestDownloadTls::leadsOnByHttps()
{
    trust();
    const QByteArray far = m_server->url("/far").toEncoded();
    m_f->server.setHandler([=](const HttpRequest&) { // from http to https
        return HttpResponse{.status = 307, .headers = {{"Location", far}}};
    });
    QCOMPARE(m_f->succeeds(m_f->request()), QString());
    QCOMPARE(m_server->takeRequests().value(0).path, QByteArray("/far"));
}

INCEPTOSCOPE_TEST_MAIN(TestDownloadTls)
#include "test_download_tls.moc"
