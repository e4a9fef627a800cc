// What comes over the views and below them for a while: tips, notices, and what the lower bar says
// is under way.
#include "ui/window_fixture.h"
#include "ui/window_geometry.h"

#include <QtTest>

using namespace inceptoscope;

class TestBars : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void aPressedButtonKeepsItsTip();
    void aMapsTipFollowsTheRun();
    void noticesLeaveTheAnswerFree();
    void escDismissesTheOffer();
    void progressIsWholeWhereThereIsRoom();
    void liveFitsTheBar_data();
    void liveFitsTheBar();
    void measuringFitsTheBar_data() { liveFitsTheBar_data(); }
    void measuringFitsTheBar();

private:
    static QRectF area(const QQuickItem* item)
    {
        return item->mapRectToScene(item->boundingRect());
    }
    void moveTo(const QQuickItem* item)
    {
        QTest::mouseMove(&m_fixture->window(), area(item).center().toPoint());
    }
    QQuickItem* item(const QString& type) { return m_fixture->itemsOf(type).value(0); }
    QQuickItem* text(const QString& start);
    /// The text of the tip in sight, empty without one.
    [[nodiscard]] QString tip() const;
    void checkBar(const QSize& size);
    AppModel& app() { return m_fixture->app(); }
    std::unique_ptr<WindowFixture> m_fixture;
};

void TestBars::initTestCase()
{
    m_fixture = std::make_unique<WindowFixture>();
    app().run()->setDevice("llvmpipe (LLVM 15.0.6, 256 bits), Vulkan 1.3.230, cpu");
    app().versions()->setCanMeasure(true);
}

void TestBars::init()
{
    takeWarnings();
    app().messages()->dismiss();
    app().settings()->setTextScale(1);
    app().run()->setMemory({.weights = 81ULL << 20U});
    app().run()->setProgress({}, 0);
    app().setView("modules");
    m_fixture->resize(1280, 800);
    m_fixture->window().setProperty("randomShown", false);
    m_fixture->show("inception_3a");
}

void TestBars::cleanup()
{
    app().live()->stop();
    app().versions()->cancel();
    QTest::mouseMove(&m_fixture->window(), {1, 1});
    const QStringList warnings = takeWarnings();
    QVERIFY2(warnings.isEmpty(), qPrintable(warnings.join('\n')));
}

QQuickItem* TestBars::text(const QString& start)
{
    for (QQuickItem* one : m_fixture->itemsOf("AppText"))
        if (one->property("text").toString().startsWith(start))
            return one;
    return nullptr;
}

QString TestBars::tip() const
{
    for (QQuickItem* one : m_fixture->items())
        if (one->inherits("QQuickPopupItem") && one->opacity() > 0.9 && one->parent() &&
            one->parent()->inherits("QQuickToolTip"))
            return one->parent()->property("text").toString();
    return {};
}

/// Who knows what a button does presses it at once; what it says then would lie over what it did.
void TestBars::aPressedButtonKeepsItsTip()
{
    QQuickItem* bar = item("TopBar");
    QVERIFY(bar);
    QQuickItem* layer = nullptr;
    for (QQuickItem* one : WindowFixture::itemsIn(*bar))
        if (one->inherits("QQuickAbstractButton") && one->property("modelData") == "Layer")
            layer = one;
    QVERIFY(layer);
    moveTo(layer);
    QTest::mouseClick(&m_fixture->window(), Qt::LeftButton, {}, area(layer).center().toPoint());
    QVERIFY(app().settings()->perLayer());
    QTest::qWait(800); // longer than a tip waits
    QCOMPARE(tip(), QString());
    QTest::mouseMove(&m_fixture->window(), {640, 620});
    QTest::qWait(50);
    moveTo(layer);
    QTRY_VERIFY(tip().startsWith("What the colours span"));
    app().settings()->setPerLayer(false);
}

/// The pointer waits on a map while the network runs: its figures come there, too.
void TestBars::aMapsTipFollowsTheRun()
{
    m_fixture->show("inception_3b", false);
    QTest::qWait(50);
    QQuickItem* wall = item("MapWall");
    QVERIFY(wall);
    QTest::mouseMove(
        &m_fixture->window(), wall->mapToScene({wall->width() / 2, wall->height() / 2}).toPoint());
    QTRY_VERIFY(tip().startsWith("channel "));
    m_fixture->show("inception_3b");
    QTRY_VERIFY2(tip().contains("zeros"), qPrintable(tip()));
}

/// In a usual window a notice doesn't lie over the top 5.
void TestBars::noticesLeaveTheAnswerFree()
{
    app().messages()->say("No such file.");
    for (const QSize size : {QSize(1280, 800), QSize(1920, 1080), QSize(800, 600)}) {
        m_fixture->resize(size.width(), size.height());
        QTRY_VERIFY(item("NoticeBar"));
        QTest::qWait(100);
        const QRectF notice = area(item("NoticeBar"));
        QVERIFY(notice.width() > size.width() * 0.6 && notice.right() <= size.width());
        if (size.width() >= 1280)
            QVERIFY(!notice.intersects(area(item("SidePanel"))));
    }
}

/// As any other notice: Esc, then the next one below it.
void TestBars::escDismissesTheOffer()
{
    app().settings()->setLessonsOffered(true);
    m_fixture->window().setProperty("randomShown", true);
    QTRY_COMPARE(m_fixture->itemsOf("NoticeBar").size(), 2);
    QTest::keyClick(&m_fixture->window(), Qt::Key_Escape);
    QVERIFY(!app().settings()->lessonsOffered());
    QTRY_COMPARE(m_fixture->itemsOf("NoticeBar").size(), 1);
    QTest::keyClick(&m_fixture->window(), Qt::Key_Escape);
    QTRY_VERIFY(m_fixture->itemsOf("NoticeBar").isEmpty());
}

void TestBars::progressIsWholeWhereThereIsRoom()
{
    app().run()->clearResult(); // as while a network is loaded
    app().run()->setMemory({});
    for (const char* what :
         {"Compiling shaders, once for this device", "Loading GoogLeNet", "Running Inception 4a"}) {
        app().run()->setProgress(what, 0.4);
        QTRY_VERIFY(text(what));
        QTest::qWait(50);
        QVERIFY2(!text(what)->property("truncated").toBool(), what);
    }
}

void TestBars::liveFitsTheBar_data()
{
    QTest::addColumn<QSize>("size");
    QTest::addColumn<double>("scale");
    for (const QSize size :
         {QSize(740, 470), QSize(800, 600), QSize(1024, 600), QSize(1280, 800), QSize(1920, 1080)})
        for (const double scale : {1.0, 1.2, 1.6})
            QTest::addRow("%dx%d %.0f %%", size.width(), size.height(), 100 * scale)
                << size << scale;
}

void TestBars::checkBar(const QSize& size)
{
    QQuickItem* bar = item("StatusBar");
    QVERIFY(bar);
    const QStringList faults = geometryFaults(WindowFixture::itemsIn(*bar), size);
    QVERIFY2(faults.isEmpty(), qPrintable(faults.join('\n')));
}

void TestBars::liveFitsTheBar()
{
    QFETCH(const QSize, size);
    QFETCH(const double, scale);
    m_fixture->resize(size.width(), size.height());
    app().settings()->setTextScale(scale);
    app().live()->startPan();
    QTRY_VERIFY(app().live()->active());
    QTest::qWait(100);
    checkBar(size);
}

void TestBars::measuringFitsTheBar()
{
    QFETCH(const QSize, size);
    QFETCH(const double, scale);
    m_fixture->resize(size.width(), size.height());
    app().settings()->setTextScale(scale);
    app().versions()->measure();
    app().versions()->setProgress("googlenet_naive", 0.4);
    QTRY_VERIFY(text("Measuring GoogLeNet with naive"));
    QTest::qWait(100);
    checkBar(size);
    const QRectF said = area(text("Measuring GoogLeNet with naive"));
    QVERIFY(said.width() >= 40);
    // In a usual window it is said in full.
    if (size.width() >= 1280 && scale == 1.0)
        QVERIFY(!text("Measuring GoogLeNet with naive")->property("truncated").toBool());
}

QTEST_MAIN(TestBars)
#include "test_bars.moc"
