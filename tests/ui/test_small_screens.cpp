// The smallest screens people have: netbooks' 1024x600, and 1080p at 200 %, which is 960x540; on
// each, a panel and a frame around the window take some more. Everything fits or scrolls.
#include "ui/window_fixture.h"
#include "ui/window_geometry.h"

#include <QtTest>

using namespace inceptoscope;

class TestSmallScreens : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void findsFaults();
    void modules_data() { sizes(); }
    void modules();
    void channel_data() { sizes(); }
    void channel();
    void costs_data() { sizes(); }
    void costs();
    void versions_data() { sizes(); }
    void versions();
    void popups_data() { sizes(); }
    void popups();

private:
    static void sizes();
    void key(Qt::Key key) { QTest::keyClick(&m_fixture->window(), key); }
    AppModel& app() { return m_fixture->app(); }
    void check(const QString& what);
    std::unique_ptr<WindowFixture> m_fixture;
    QStringList m_faults;
};

void TestSmallScreens::initTestCase()
{
    m_fixture = std::make_unique<WindowFixture>();
    app().run()->setDevice("llvmpipe (LLVM 15.0.6, 256 bits), Vulkan 1.3.230, cpu");
}

void TestSmallScreens::sizes()
{
    QTest::addColumn<QSize>("size");
    for (const QSize size : {QSize(1024, 600), QSize(1024, 545), QSize(960, 540), QSize(960, 480)})
        QTest::addRow("%dx%d", size.width(), size.height()) << size;
}

void TestSmallScreens::init()
{
    takeWarnings();
    m_faults.clear();
    app().dismissMessage();
    app().channel()->close();
    app().setView("modules");
    m_fixture->show("inception_3a");
    if (const void* data = QTest::currentDataTag(); data) {
        QFETCH(const QSize, size);
        m_fixture->resize(size.width(), size.height());
        QCOMPARE(m_fixture->window().size(), size); // it can be as small
    }
}

void TestSmallScreens::cleanup()
{
    const QStringList warnings = takeWarnings();
    QVERIFY2(warnings.isEmpty(), qPrintable(warnings.join('\n')));
}

void TestSmallScreens::check(const QString& what)
{
    // Tables lay their rows out in the frames after; what is wrong stays so.
    QStringList faults;
    for (int attempt = 0; attempt == 0 || (!faults.isEmpty() && attempt < 20); ++attempt) {
        QTest::qWait(60);
        faults = geometryFaults(m_fixture->items(), m_fixture->window().size());
    }
    for (const QString& fault : std::as_const(faults))
        m_faults << what + ": " + fault;
    // The versions' long names may be cut short: their tips have them.
    if (const QString text = m_fixture->unreadable(); !text.isEmpty() && app().view() != "versions")
        m_faults << what + ": \"" + text + "\" is cut off";
}

#define REQUIRE_NO_FAULTS() QVERIFY2(m_faults.isEmpty(), qPrintable('\n' + m_faults.join('\n')))

/// What the checks look for, in a window that is far too small.
void TestSmallScreens::findsFaults()
{
    m_fixture->resize(960, 540);
    const QList<QQuickItem*> items = m_fixture->items();
    QStringList faults = geometryFaults(items, QSizeF(500, 300));
    QVERIFY(faults.join('\n').contains("leaves the window"));
    QQuickItem* label = nullptr;
    for (QQuickItem* item : m_fixture->itemsOf("AppText"))
        if (item->property("text") == "Weights")
            label = item;
    QVERIFY(label);
    const qreal x = label->x();
    label->setX(x + 30); // onto its own figure
    faults = geometryFaults(items, m_fixture->window().size());
    label->setX(x);
    QVERIFY2(faults.join('\n').contains("text \""), qPrintable(faults.join('\n')));
}

void TestSmallScreens::modules()
{
    for (const bool notice : {false, true}) {
        if (notice)
            app().say("weights: /home/somebody/checkpoints/run 12/best.safetensors is a web page, "
                      "not weights; download the file itself");
        for (const char* name :
             {"input", "conv2", "inception_3a", "inception_5b", "loss1", "prob"}) {
            m_fixture->show(name);
            check(QString::fromLatin1(name));
            // What doesn't fit is scrolled to, not squeezed.
            const QString overlaps = m_fixture->overlaps();
            if (!overlaps.isEmpty())
                m_faults << QString::fromLatin1(name) + ": " + overlaps;
        }
    }
    REQUIRE_NO_FAULTS();
}

void TestSmallScreens::channel()
{
    app().openChannel(app().stage()->output()->node(), 3);
    QTRY_COMPARE(m_fixture->itemsOf("ChannelView").size(), 1);
    check("channel");
    QVERIFY(m_fixture->itemsOf("MapView").front()->height() > 100);
    REQUIRE_NO_FAULTS();
}

void TestSmallScreens::costs()
{
    app().costs()->setPeaks({.fmaGflops = 70, .readGBs = 10});
    app().setView("costs");
    for (int tab = 0; tab < 3; ++tab) {
        app().settings()->setCostsTab(tab);
        check(QStringLiteral("tab %1").arg(tab));
    }
    app().settings()->setCostsTab(0);
    REQUIRE_NO_FAULTS();
}

void TestSmallScreens::versions()
{
    app().setView("versions");
    for (int tab = 0; tab < 3; ++tab) {
        app().versions()->setTab(tab);
        check(QStringLiteral("tab %1").arg(tab));
    }
    app().versions()->setTab(0);
    REQUIRE_NO_FAULTS();
}

void TestSmallScreens::popups()
{
    for (const Qt::Key opens : {Qt::Key_I, Qt::Key_F1}) {
        key(opens);
        QTest::qWait(200);
        QQuickItem* popup = nullptr;
        for (QQuickItem* item : m_fixture->items())
            if (item->inherits("QQuickPopupItem"))
                popup = item;
        QVERIFY(popup);
        const QRectF area = popup->mapRectToScene(popup->boundingRect());
        if (!QRectF({0, 0}, QSizeF(m_fixture->window().size())).contains(area))
            m_faults << "a page is larger than the window";
        QList<QQuickItem*> inside;
        for (QQuickItem* item : m_fixture->items())
            if (popup->isAncestorOf(item))
                inside << item;
        m_faults += geometryFaults(inside, m_fixture->window().size());
        key(Qt::Key_Escape);
        QTest::qWait(200);
    }
    REQUIRE_NO_FAULTS();
}

QTEST_MAIN(TestSmallScreens)
#include "test_small_screens.moc"
