#include "models/app_model.h"
#include "models/window.h"
#include "support/fake_engine_data.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

using namespace inceptoscope;

class TestPlaces : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void addressOfTheWindow();
    void goesThere();
    void whyThisClass();
    void refusesByTheWhole();
    void backAndForward();
    void aHeldKeyIsOneStep();
    void backToAnotherPicture();
    void copyAndPaste();
    void remembers();
    void windowPlaces_data();
    void windowPlaces();

private:
    [[nodiscard]] QString ini() const { return m_folder->filePath("settings.ini"); }
    void settle() { QTest::qWait(5); }
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<AppModel> m_app;
};

void TestPlaces::init()
{
    m_app.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    m_app = std::make_unique<AppModel>(nullptr, ini());
    m_app->start("googlenet", {}, {});
    settle();
}

void TestPlaces::addressOfTheWindow()
{
    Places& places = *m_app->places();
    QCOMPARE(
        places.addressText(),
        "inceptoscope:network=googlenet&picture=chelsea&view=modules&module=inception_3a");
    m_app->showModuleOf(int(m_app->network()->graph.findModule("inception_3a").value()));
    m_app->openChannel(m_app->stage()->output()->node(), 7);
    QCOMPARE(
        places.addressText(), "inceptoscope:network=googlenet&picture=chelsea&view=modules&module="
                              "inception_3a&channel=7");
    const NodeId op = m_app->network()->graph.find("inception_3a/5x5").value();
    m_app->openChannel(int(op), 2);
    m_app->setView("costs");
    m_app->settings()->setCostsTab(1);
    QCOMPARE(
        places.addressText(), "inceptoscope:network=googlenet&picture=chelsea&view=costs&tab=1&"
                              "module=inception_3a&op=inception_3a/5x5&channel=2");
}

void TestPlaces::goesThere()
{
    Places& places = *m_app->places();
    places.open("inceptoscope:network=inception_v3&module=Mixed_5b&channel=5");
    QCOMPARE(m_app->messages()->text(), "");
    QCOMPARE(m_app->networkId(), "inception_v3");
    QCOMPARE(m_app->stage()->name(), "Mixed_5b");
    QCOMPARE(m_app->view(), "modules");
    QVERIFY(m_app->channel()->isOpen());
    QCOMPARE(m_app->channel()->channel(), 5);
    places.open("inceptoscope:view=versions&tab=2");
    QCOMPARE(m_app->view(), "versions");
    QCOMPARE(m_app->versions()->tab(), 2);
    QCOMPARE(m_app->networkId(), "inception_v3");
    places.open(" inceptoscope:module=Mixed_5b\n"); // as mails wrap it
    QVERIFY(!m_app->channel()->isOpen());
}

/// The question about a class has a place of its own: copied, gone back to, and waited for where
/// nothing has run yet.
void TestPlaces::whyThisClass()
{
    Places& places = *m_app->places();
    EvidenceModel& evidence = *m_app->evidence();
    const QString asked =
        "inceptoscope:network=googlenet&picture=chelsea&view=modules&module=inception_3a"
        "&why=cam&class=285";
    places.open(asked);
    QVERIFY(!evidence.isOpen());
    QImage picture(60, 40, QImage::Format_RGB32);
    picture.fill(Qt::gray);
    const FakeRun run{m_app->network(), picture, m_app->style(), false, 1};
    m_app->onSnapshot(fakeSnapshot(run, ModuleId(m_app->overview()->current())));
    QVERIFY(evidence.isOpen());
    QCOMPARE(evidence.classIndex(), 285);
    QCOMPARE(places.addressText(), asked);
    settle();
    evidence.ask(281);
    settle();
    QVERIFY(places.addressText().endsWith("&why=cam&class=281"));
    places.back();
    QCOMPARE(places.addressText(), asked);
    settle();
    evidence.close();
    settle();
    QVERIFY(!places.addressText().contains("why"));
    places.back();
    QVERIFY(evidence.isOpen());
    QCOMPARE(evidence.classIndex(), 285);
    settle();
    // To a module without the question; and without a class, about the most probable.
    places.open("inceptoscope:module=inception_3b");
    QVERIFY(!evidence.isOpen());
    places.open("inceptoscope:why=occlusion");
    QVERIFY(evidence.isOpen());
    QCOMPARE(evidence.methodId(), "occlusion");
    QCOMPARE(evidence.classIndex(), m_app->run()->top()[0].toMap()["index"].toInt());
    places.open("inceptoscope:why=cam&class=1000");
    QVERIFY(m_app->messages()->text().contains("class 1000 doesn't exist"));
    QCOMPARE(evidence.methodId(), "occlusion");
}

void TestPlaces::refusesByTheWhole()
{
    Places& places = *m_app->places();
    const QString before = places.addressText();
    places.open("inceptoscope:network=inception_v3&module=inception_3a");
    QCOMPARE(m_app->messages()->text(), "address: the network has no module \"inception_3a\"");
    QVERIFY(m_app->messages()->isError());
    QCOMPARE(places.addressText(), before);
    places.open("inceptoscope:module=inception_3a&channel=256");
    QVERIFY(m_app->messages()->text().contains("channel 256 doesn't exist"));
    QCOMPARE(places.addressText(), before);
}

void TestPlaces::backAndForward()
{
    Places& places = *m_app->places();
    QVERIFY(!places.canGoBack());
    m_app->overview()->step(1);
    settle();
    m_app->setView("costs");
    settle();
    m_app->setNetworkId("inception_v3");
    settle();
    QVERIFY(places.canGoBack() && !places.canGoForward());
    places.back();
    QCOMPARE(m_app->networkId(), "googlenet");
    QCOMPARE(m_app->view(), "costs");
    QCOMPARE(m_app->stage()->name(), "inception_3b");
    places.back();
    QCOMPARE(m_app->view(), "modules");
    QCOMPARE(m_app->stage()->name(), "inception_3b");
    places.back();
    QCOMPARE(m_app->stage()->name(), "inception_3a");
    QVERIFY(!places.canGoBack());
    places.back();
    places.forward();
    places.forward();
    places.forward();
    QCOMPARE(m_app->networkId(), "inception_v3");
    QVERIFY(!places.canGoForward());
    // A step at once after another: both count.
    m_app->overview()->step(1);
    const QString module = m_app->stage()->name();
    places.back();
    QCOMPARE(m_app->stage()->name(), "Mixed_5b");
    places.forward();
    QCOMPARE(m_app->stage()->name(), module);
}

void TestPlaces::aHeldKeyIsOneStep()
{
    Places& places = *m_app->places();
    for (int i = 0; i < 5; ++i) {
        m_app->overview()->step(1);
        places.glide(i > 0);
        settle();
    }
    places.back();
    QCOMPARE(m_app->stage()->name(), "inception_3a");
    QVERIFY(!places.canGoBack());
}

void TestPlaces::backToAnotherPicture()
{
    Places& places = *m_app->places();
    QTRY_VERIFY(!m_app->pictures()->decoding());
    m_app->pictures()->open(QUrl("qrc:/pictures/coffee.png"));
    settle();
    QTRY_COMPARE(m_app->run()->pictureTitle(), "Photograph of a cup of coffee");
    places.back();
    QTRY_COMPARE(m_app->run()->pictureTitle(), "Photograph of a cat");
    places.forward();
    QTRY_COMPARE(m_app->run()->pictureTitle(), "Photograph of a cup of coffee");
    // One that can't be opened is no place.
    m_app->pictures()->open(QUrl::fromLocalFile("/nowhere/at/all.png"));
    QTRY_VERIFY(!m_app->pictures()->decoding());
    QCOMPARE(m_app->pictures()->name(), "coffee");
}

void TestPlaces::copyAndPaste()
{
    Places& places = *m_app->places();
    m_app->overview()->step(3);
    const QString address = places.addressText();
    QSignalSpy copied(&places, &Places::copied);
    places.copyAddress();
    QCOMPARE(copied.size(), 1);
    QCOMPARE(QGuiApplication::clipboard()->text(), address);
    m_app->overview()->step(-2);
    m_app->paste();
    QCOMPARE(places.addressText(), address);
    QVERIFY(places.isAddress(address));
    QVERIFY(!places.isAddress("inception"));
}

void TestPlaces::remembers()
{
    m_app->overview()->step(1);
    settle();
    QCOMPARE(m_app->settings()->address(), ""); // not while it starts
    m_app->places()->startRemembering();
    m_app->overview()->step(1);
    m_app->setView("versions");
    settle();
    const QString address = m_app->places()->addressText();
    m_app.reset();
    const Settings settings(ini());
    QCOMPARE(settings.address(), address);
    QVERIFY(address.contains("view=versions"));
}

void TestPlaces::windowPlaces_data()
{
    QTest::addColumn<QRect>("place");
    QTest::addColumn<QVariantMap>("properties");
    const auto row = [](const char* name, const QRect& place, bool kept, const QSize& size) {
        QVariantMap map;
        if (kept)
            map = {
                {"x", place.x()},
                {"y", place.y()},
                {"width", size.width()},
                {"height", size.height()}};
        QTest::newRow(name) << place << map;
    };
    row("inside", QRect(100, 50, 900, 600), true, {900, 600});
    row("second screen", QRect(2000, 50, 900, 600), true, {900, 600});
    row("too large", QRect(10, 10, 5000, 4000), true, {1920, 1080});
    row("screen gone", QRect(4000, 50, 900, 600), false, {});
    row("above the top", QRect(100, -300, 900, 600), false, {});
    row("none", QRect(), false, {});
}

void TestPlaces::windowPlaces()
{
    QFETCH(const QRect, place);
    QFETCH(const QVariantMap, properties);
    const QList<QRect> screens{{0, 0, 1920, 1080}, {1920, 0, 1280, 1024}};
    m_app->settings()->rememberWindow(place, false);
    QCOMPARE(rememberedPlace(*m_app->settings(), screens), properties);
    m_app->settings()->rememberWindow({}, true); // the place before is kept for later
    QVariantMap maximized = properties;
    maximized["fill"] = true;
    QCOMPARE(rememberedPlace(*m_app->settings(), screens), maximized);
}

QTEST_MAIN(TestPlaces)
#include "test_places.moc"
