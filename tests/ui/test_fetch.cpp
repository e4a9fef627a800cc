// Fetching weights from the window, against a server on this computer.
#include "support/fake_manifest.h"
#include "support/http_server.h"
#include "ui/window_fixture.h"

#include <QAccessible>
#include <QSignalSpy>
#include <QtTest>

using namespace inceptoscope;

class TestFetch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void saysWhatItWouldFetch();
    void fetchesWithTheKeyboard();
    void cancelKeepsThePart();
    void failureIsAMessage();
    void otherNetworksOfferTheirOwn();

private:
    AppModel& app() { return m_fixture->app(); }
    [[nodiscard]] QQuickItem* button(const QString& text) const
    {
        for (QQuickItem* item : m_fixture->itemsOf("AppButton"))
            if (item->property("text").toString() == text)
                return item;
        return nullptr;
    }
    void press(const QString& text)
    {
        QTRY_VERIFY2(button(text), qPrintable(text));
        button(text)->forceActiveFocus(Qt::TabFocusReason);
        QTest::keyClick(&m_fixture->window(), Qt::Key_Return);
    }
    [[nodiscard]] bool notice(const QString& text) const
    {
        for (QQuickItem* item : m_fixture->itemsOf("NoticeBar"))
            if (item->property("text").toString().contains(text))
                return true;
        return false;
    }
    [[nodiscard]] QString path() const
    {
        return m_folder.filePath("inceptoscope/weights/test.weights.safetensors");
    }

    const QString m_offer = QStringLiteral("Fetch weights (300.0 kB)…");
    const QString m_confirm = QStringLiteral("Fetch 300.0 kB");
    const QByteArray m_content = QByteArray(300'000, 'w');
    QTemporaryDir m_folder;
    HttpServer m_server;
    std::unique_ptr<WindowFixture> m_fixture;
};

void TestFetch::initTestCase()
{
    const QString manifest = m_folder.filePath("manifest.json");
    QVERIFY(writeFakeManifest(manifest, "googlenet", m_server.url("/w"), m_content));
    qputenv("INCEPTOSCOPE_MANIFEST", manifest.toLocal8Bit());
    qputenv("XDG_DATA_HOME", m_folder.path().toLocal8Bit());
    m_fixture = std::make_unique<WindowFixture>();
}

void TestFetch::init()
{
    takeWarnings();
    QDir(m_folder.filePath("inceptoscope")).removeRecursively();
    app().messages()->dismiss();
    app().setNetworkId("googlenet");
    m_fixture->resize(1280, 800);
    m_fixture->show("inception_3a");
    m_server.setHandler(
        [this](const HttpRequest& request) { return fileResponse(request, m_content, "\"1\""); });
}

void TestFetch::cleanup()
{
    const QStringList warnings = takeWarnings();
    QVERIFY2(warnings.isEmpty(), qPrintable(warnings.join('\n')));
}

void TestFetch::saysWhatItWouldFetch()
{
    press(m_offer);
    QTRY_VERIFY(button(m_confirm));
    QVERIFY(m_server.takeRequests().isEmpty());
    QStringList shown;
    for (QQuickItem* item : m_fixture->itemsOf("AppText"))
        shown << item->property("text").toString();
    for (const char* text : {"CC0-1.0", "the test", "300.0 kB", "127.0.0.1", "not published"})
        QVERIFY2(shown.contains(text), text);
    QVERIFY(shown.contains(path()));
    for (const char* name : {"Cancel", "Fetch 300.0 kB"}) {
        const QAccessibleInterface* face = QAccessible::queryAccessibleInterface(button(name));
        QCOMPARE(face->text(QAccessible::Name), QString(name));
    }
    QTest::keyClick(&m_fixture->window(), Qt::Key_Escape);
    QTRY_VERIFY(!button(m_confirm));
    QVERIFY(!app().fetch()->running());
}

void TestFetch::fetchesWithTheKeyboard()
{
    QSignalSpy fetched(app().fetch(), &WeightsFetch::fetched);
    press(m_offer);
    QTRY_VERIFY(button(m_confirm) && button(m_confirm)->hasActiveFocus());
    QTest::keyClick(&m_fixture->window(), Qt::Key_Return);
    QTRY_COMPARE(fetched.size(), 1);
    QCOMPARE(fetched[0][0].toString(), "googlenet");
    QCOMPARE(fetched[0][1].toString(), path());
    QFile file(path());
    QVERIFY(file.open(QIODevice::ReadOnly) && file.readAll() == m_content);
    QTRY_VERIFY(!button(m_confirm));
    // Random ones again, by somebody's choice: now they are at hand.
    press("Use fetched weights");
    QTRY_COMPARE(fetched.size(), 2);
    QCOMPARE(m_server.takeRequests().size(), 1);
}

void TestFetch::cancelKeepsThePart()
{
    m_server.setHandler([this](const HttpRequest& request) {
        HttpResponse response = fileResponse(request, m_content, "\"1\"");
        response.cutAfter = 90'000;
        response.hang = true;
        return response;
    });
    app().fetch()->start();
    QTRY_VERIFY(notice("Fetching test.weights: 90.0 kB of 300.0 kB"));
    QVERIFY(!button(m_offer));
    QCOMPARE(app().fetch()->progressValue(), 0.3);
    press("Cancel");
    QTRY_VERIFY(!app().fetch()->running());
    QVERIFY(button(m_offer));
    QVERIFY(app().messages()->text().isEmpty());
    QCOMPARE(QFileInfo(path() + ".part").size(), 90'000);
}

void TestFetch::failureIsAMessage()
{
    m_server.setHandler([](const HttpRequest&) { return HttpResponse{.status = 404}; });
    app().fetch()->start();
    QTRY_VERIFY(notice("127.0.0.1 answered 404"));
    QVERIFY(app().messages()->isError());
    QVERIFY(!app().fetch()->running());
    QTest::keyClick(&m_fixture->window(), Qt::Key_Escape);
    QTRY_VERIFY(!notice("answered 404"));
}

void TestFetch::otherNetworksOfferTheirOwn()
{
    QSignalSpy fetched(app().fetch(), &WeightsFetch::fetched);
    app().fetch()->start();
    app().setNetworkId("inception_v2");
    QVERIFY(!app().fetch()->offered());
    QTRY_COMPARE(fetched.size(), 1);
    QTRY_VERIFY(notice("googlenet are there now"));
    QVERIFY(!app().messages()->isError());
}

QTEST_MAIN(TestFetch)
#include "test_fetch.moc"
