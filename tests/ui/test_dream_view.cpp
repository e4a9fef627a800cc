#include "ui/window_fixture.h"
#include "ui/window_geometry.h"

#include <QtTest>

#include <cmath>

using namespace inceptoscope;

/// The module's dream by keyboard and mouse; there is no device, so that none is dreamt.
class TestDreamView : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void openedAndClosed();
    void notWithoutADevice();
    void oneThingAtATime();
    void theLineIsMoved();
    void anAddressNamesIt();
    void legible_data();
    void legible();

private:
    AppModel& app() { return m_fixture->app(); }
    DreamModel& dream() { return *m_fixture->app().dream(); }
    /// As with a device.
    void makePossible()
    {
        QImage picture(120, 80, QImage::Format_RGB888);
        picture.fill(Qt::darkCyan);
        dream().setSubject(
            {.network = "googlenet",
             .weights = "synthetic",
             .node = "inception_3a/output",
             .moduleTitle = "Inception 3a",
             .pictureTitle = "coffee.png",
             .picture = picture,
             .reason = {}});
    }
    void press(Qt::Key key) { QTest::keyClick(&m_fixture->window(), key); }

    std::unique_ptr<WindowFixture> m_fixture;
    int m_asked = 0;
    int m_cancelled = 0;
};

void TestDreamView::initTestCase()
{
    m_fixture = std::make_unique<WindowFixture>();
    connect(&dream().study(), &WatchedStudy::wanted, this, [this] { ++m_asked; });
    connect(&dream().study(), &WatchedStudy::cancelWanted, this, [this] { ++m_cancelled; });
}

void TestDreamView::init()
{
    app().setView("modules");
    dream().close();
    m_fixture->resize(1280, 800);
    m_fixture->show("inception_3a");
    app().overview()->setCurrent(int(m_fixture->id("inception_3a")));
    QTest::qWait(60);
    takeWarnings();
    m_asked = 0;
    m_cancelled = 0;
}

void TestDreamView::cleanup()
{
    QCOMPARE(takeWarnings(), QStringList());
}

void TestDreamView::openedAndClosed()
{
    makePossible();
    press(Qt::Key_D);
    QVERIFY(dream().isOpen());
    QCOMPARE(m_asked, 1);
    QTRY_COMPARE(m_fixture->itemsOf("DreamView").size(), 1);
    QVERIFY(m_fixture->itemsOf("OpBox").isEmpty());
    const QString nameless = m_fixture->nameless();
    QVERIFY2(nameless.isEmpty(), qPrintable(nameless));
    press(Qt::Key_Right); // the stage moves on, to a module that nothing is known of here
    QCOMPARE(app().stage()->name(), "inception_3b");
    QVERIFY(dream().isOpen());
    QVERIFY(!dream().dreaming());
    QCOMPARE(m_cancelled, 1);
    press(Qt::Key_Escape);
    QVERIFY(!dream().isOpen());
    QTRY_VERIFY(m_fixture->itemsOf("OpBox").size() > 5);
    press(Qt::Key_Left);
    QCOMPARE(app().stage()->name(), "inception_3a");
}

void TestDreamView::notWithoutADevice()
{
    QVERIFY(!dream().possible());
    QVERIFY(!dream().reason().isEmpty());
    dream().open();
    QCOMPARE(m_asked, 0);
    QTRY_COMPARE(m_fixture->itemsOf("DreamControls").size(), 1);
    bool told = false;
    for (QQuickItem* item : m_fixture->itemsIn(*m_fixture->itemsOf("DreamControls").first()))
        told = told || item->property("text").toString() == dream().reason();
    QVERIFY(told);
}

void TestDreamView::oneThingAtATime()
{
    makePossible();
    app().evidence()->ask(0);
    QVERIFY(app().evidence()->isOpen());
    dream().open();
    QVERIFY(!app().evidence()->isOpen());
    app().evidence()->ask(0);
    QVERIFY(!dream().isOpen());
    QTRY_COMPARE(m_fixture->itemsOf("EvidenceView").size(), 1);
    dream().open();
    app().openChannel(app().stage()->output()->node(), 3);
    QVERIFY(app().channel()->isOpen());
    QVERIFY(!dream().isOpen());
    dream().open();
    QVERIFY(!app().channel()->isOpen());
}

void TestDreamView::theLineIsMoved()
{
    makePossible();
    dream().open();
    QTRY_COMPARE(m_fixture->itemsOf("BeforeAfter").size(), 1);
    QQuickItem* pictures = m_fixture->itemsOf("BeforeAfter").first();
    QCOMPARE(pictures->property("split").toDouble(), 0.5);
    const QPointF middle = pictures->mapToScene({pictures->width() / 2, pictures->height() / 2});
    QTest::mouseClick(
        &m_fixture->window(), Qt::LeftButton, {},
        (middle - QPointF(pictures->width() / 4, 0)).toPoint());
    const double split = pictures->property("split").toDouble();
    QVERIFY2(std::abs(split - 0.25) < 0.02, qPrintable(QString::number(split)));
    pictures->forceActiveFocus(Qt::TabFocusReason);
    press(Qt::Key_Right);
    QCOMPARE(pictures->property("split").toDouble(), split + 0.05);
    QCOMPARE(app().stage()->name(), "inception_3a");
    for (int i = 0; i < 30; ++i)
        press(Qt::Key_Left);
    QCOMPARE(pictures->property("split").toDouble(), 0.0);
}

void TestDreamView::anAddressNamesIt()
{
    makePossible();
    dream().setOctaves(3);
    dream().open();
    QVERIFY(app().places()->addressText().endsWith("&dream=3"));
    dream().close();
    QVERIFY(!app().places()->addressText().contains("dream"));
    app().places()->open("inceptoscope:module=inception_3a&dream=5");
    QVERIFY(dream().isOpen());
    QCOMPARE(dream().octaves(), 5);
    app().places()->open("inceptoscope:module=inception_3b");
    QVERIFY(!dream().isOpen());
    dream().setOctaves(4);
}

void TestDreamView::legible_data()
{
    QTest::addColumn<QSize>("size");
    for (const QSize size :
         {QSize(800, 600), QSize(1024, 600), QSize(1280, 800), QSize(1920, 1080)})
        QTest::addRow("%dx%d", size.width(), size.height()) << size;
}

void TestDreamView::legible()
{
    QFETCH(const QSize, size);
    makePossible();
    dream().open();
    m_fixture->resize(size.width(), size.height());
    QTRY_COMPARE(m_fixture->itemsOf("DreamView").size(), 1);
    QTest::qWait(60);
    for (const bool dark : {true, false}) {
        app().settings()->setDark(dark);
        QTest::qWait(60);
        const QString fault = m_fixture->unreadable();
        QVERIFY2(fault.isEmpty(), qPrintable(fault));
        const QStringList faults = geometryFaults(m_fixture->items(), m_fixture->window().size());
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join('\n')));
    }
}

QTEST_MAIN(TestDreamView)
#include "test_dream_view.moc"
