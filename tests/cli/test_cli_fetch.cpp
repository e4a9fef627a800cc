// "weights list" and "weights fetch", against a server on this computer.
#include "cli/program.h"
#include "support/fake_manifest.h"
#include "support/http_server.h"
#include "support/test_main.h"

#include <QDir>
#include <QElapsedTimer>
#include <QTcpServer>
#include <QTemporaryDir>

#include <csignal>

using namespace inceptoscope;

class TestCliFetch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void listsEveryEntry();
    void fetches();
    void errors_data();
    void errors();
    void otherAddress();
    void interruptKeepsThePart();
    void interruptBeforeAnAnswer();
    void offlineAtOnce();
    void fetchedWeightsAreUsed();

private:
    [[nodiscard]] QString folder(const QString& file) const { return m_folder->filePath(file); }
    [[nodiscard]] QString path() const
    {
        return folder("data/inceptoscope/weights/test.weights.safetensors");
    }
    [[nodiscard]] QStringList environment() const
    {
        return {
            "XDG_DATA_HOME=" + folder("data"), "INCEPTOSCOPE_MANIFEST=" + folder("manifest.json")};
    }
    [[nodiscard]] Answer run(const QStringList& arguments) const
    {
        return program(arguments, environment());
    }
    void offer(const QByteArray& content)
    {
        m_content = content;
        m_server.setHandler(
            [=](const HttpRequest& request) { return fileResponse(request, content, "\"1\""); });
        QVERIFY(writeFakeManifest(
            folder("manifest.json"), "googlenet", m_server.url("/w.safetensors"), content));
    }

    HttpServer m_server;
    QByteArray m_content;
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestCliFetch::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    offer(QByteArray(200'000, 'x') + "end");
}

void TestCliFetch::listsEveryEntry()
{
    const Answer answer =
        program({"weights", "list", "--json"}, {"XDG_DATA_HOME=" + folder("data")});
    QCOMPARE(answer.code, 0);
    const QJsonArray entries = answer.json().array();
    QVERIFY(entries.size() >= 11);
    for (const QJsonValue& value : entries) {
        const QJsonObject entry = value.toObject();
        for (const char* key : {"id", "network", "state", "licence", "source", "format"})
            QVERIFY2(!entry[key].toString().isEmpty(), key);
        for (const char* key : {"accuracy", "preprocessing", "path", "classes"})
            QVERIFY2(entry.contains(key), key);
        if (entry["state"].toString() == "fetchable")
            QVERIFY(entry["url"].toString().startsWith("https://") && entry["path"].isNull());
    }
    const Answer text = program({"weights", "list"}, {"XDG_DATA_HOME=" + folder("data")});
    QVERIFY(text.out.contains("inception_v3.tv_in1k *"));
    QVERIFY(text.out.contains("Apache-2.0"));
}

void TestCliFetch::fetches()
{
    const Answer answer = run({"weights", "fetch", "googlenet"});
    QCOMPARE(answer.code, 0);
    QCOMPARE(answer.out.trimmed(), path());
    QVERIFY(answer.err.contains("200.0 kB from 127.0.0.1, licence: CC0-1.0"));
    QFile file(path());
    QVERIFY(file.open(QIODevice::ReadOnly) && file.readAll() == m_content);

    (void)m_server.takeRequests();
    const QJsonObject again = run({"weights", "fetch", "test.weights", "--json"}).json().object();
    QCOMPARE(keys(again), QStringList({"fetched", "id", "network", "path"}));
    QCOMPARE(again["fetched"].toBool(), false);
    QVERIFY(m_server.takeRequests().isEmpty());
    QCOMPARE(run({"weights", "fetch", "googlenet", "--force"}).code, 0);
    QCOMPARE(m_server.takeRequests().size(), 1);

    const QJsonObject listed = run({"weights", "list", "--json"}).json().array()[0].toObject();
    QCOMPARE(listed["state"].toString(), "installed");
    QCOMPARE(listed["path"].toString(), path());
}

void TestCliFetch::errors_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("message");
    QTest::addColumn<int>("code");
    QTest::newRow("typing error") << "googlenett" << 200 << "did you mean \"googlenet\"" << 2;
    QTest::newRow("nothing to fetch") << "inception_v2" << 200 << "nobody is known" << 2;
    QTest::newRow("wrong hash") << "googlenet" << 200 << "its SHA-256 is" << 1;
    QTest::newRow("gone") << "googlenet" << 404 << "127.0.0.1 answered 404" << 1;
}

void TestCliFetch::errors()
{
    QFETCH(const QString, id);
    QFETCH(const int, status);
    QFETCH(const QString, message);
    QFETCH(const int, code);
    m_server.setHandler([=, this](const HttpRequest&) {
        return HttpResponse{.status = status, .body = QByteArray(m_content.size(), 'y')};
    });
    const Answer answer = run({"weights", "fetch", id});
    QCOMPARE(answer.code, code);
    QVERIFY2(answer.err.contains(message), qPrintable(answer.err));
    QVERIFY(answer.out.isEmpty());
    QVERIFY(QDir(QFileInfo(path()).path()).isEmpty(QDir::Files));
}

void TestCliFetch::otherAddress()
{
    QCOMPARE(
        run({"weights", "fetch", "googlenet", "--url", m_server.url("/copy").toString()}).code, 0);
    QCOMPARE(m_server.takeRequests().value(0).path, QByteArray("/copy"));
    QCOMPARE(run({"weights", "fetch", "googlenet", "--url", "/etc/passwd"}).code, 2);
}

void TestCliFetch::interruptKeepsThePart()
{
    m_server.setHandler([this](const HttpRequest& request) {
        HttpResponse response = fileResponse(request, m_content, "\"1\"");
        response.cutAfter = 70'000;
        response.hang = true;
        return response;
    });
    QProcess process;
    process.setEnvironment(QProcess::systemEnvironment() + environment());
    process.start(QStringLiteral(INCEPTOSCOPE_PROGRAM), {"weights", "fetch", "googlenet"});
    const QFileInfo part(path() + ".part");
    QTRY_COMPARE_WITH_TIMEOUT(QFileInfo(part.filePath()).size(), 70'000, 30'000);
    ::kill(pid_t(process.processId()), SIGINT);
    QVERIFY(process.waitForFinished(30'000));
    QCOMPARE(process.exitStatus(), QProcess::NormalExit);
    QCOMPARE(process.exitCode(), 130);
    QVERIFY(!QFileInfo::exists(path() + ".lock"));
    const QString message = QString::fromUtf8(process.readAllStandardError());
    QVERIFY2(message.contains("stopped after 70.0 kB of 200.0 kB"), qPrintable(message));
    QVERIFY(!QFileInfo::exists(path()));

    offer(m_content);
    QCOMPARE(run({"weights", "fetch", "googlenet"}).code, 0);
    QCOMPARE(m_server.takeRequests().value(0).headers["range"], QByteArray("bytes=70000-"));
}

void TestCliFetch::interruptBeforeAnAnswer()
{
    QTcpServer silent; // accepts, and nobody there
    QVERIFY(silent.listen(QHostAddress::LocalHost));
    QProcess process;
    process.setEnvironment(QProcess::systemEnvironment() + environment());
    process.start(
        QStringLiteral(INCEPTOSCOPE_PROGRAM),
        {"weights", "fetch", "googlenet", "--url",
         QStringLiteral("http://127.0.0.1:%1/w").arg(silent.serverPort())});
    QVERIFY(silent.waitForNewConnection(30'000));
    QElapsedTimer timer;
    timer.start();
    ::kill(pid_t(process.processId()), SIGTERM);
    QVERIFY(process.waitForFinished(30'000));
    QCOMPARE(process.exitStatus(), QProcess::NormalExit);
    QCOMPARE(process.exitCode(), 143);
    QVERIFY2(timer.elapsed() < 5000, qPrintable(QString::number(timer.elapsed())));
}

void TestCliFetch::offlineAtOnce()
{
    QElapsedTimer timer;
    timer.start();
    const Answer answer = run({"weights", "fetch", "googlenet", "--url", "http://127.0.0.1:9/w"});
    QCOMPARE(answer.code, 1);
    QVERIFY2(answer.err.contains("127.0.0.1 can't be reached"), qPrintable(answer.err));
    QVERIFY(timer.elapsed() < 10'000);
}

/// From the server to a class name, without naming a file.
void TestCliFetch::fetchedWeightsAreUsed()
{
    REQUIRE_SHARED("weights/bvlc_googlenet.f16.safetensors");
    REQUIRE_SHARED("images/cat.jpg");
    QFile file(sharedPath("weights/bvlc_googlenet.f16.safetensors"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    offer(file.readAll());
    QStringList classify{
        "classify", sharedPath("images/cat.jpg"), "--network", "googlenet", "--json"};
    QCOMPARE(run(classify).json()[0]["weights"].toString(), "synthetic");
    QCOMPARE(run({"weights", "fetch", "googlenet"}).code, 0);
    const Answer trained = run(classify);
    QVERIFY(!trained.err.contains("random"));
    QVERIFY(trained.json()[0]["weights"].isUndefined());
    QVERIFY(trained.json()[0]["top"][0]["label"].toString().contains("tiger cat"));
    classify << "--weights"
             << "synthetic";
    QCOMPARE(run(classify).json()[0]["weights"].toString(), "synthetic");
}

INCEPTOSCOPE_TEST_MAIN(TestCliFetch)
#include "test_cli_fetch.moc"
