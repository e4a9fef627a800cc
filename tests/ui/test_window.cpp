#include "ui/window_fixture.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QtTest>

using namespace inceptoscope;

class TestWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void keysStepThroughTheNetwork();
    void spacePlays();
    void everyModuleFits_data();
    void everyModuleFits();
    void everyNetworkCanBeWalkedThrough_data();
    void everyNetworkCanBeWalkedThrough();
    void networkInfoOpensAndCloses();
    void groupKeys();
    void clickOpensAMap();
    void wallsWorkWithTheKeyboard();
    void themeAndFlow();
    void textSize();
    void colourMapAndScaling();
    void brokenPictureSaysSo();
    void pasteReplacesThePicture();
    void randomWeightsAreSaid();
    void everythingHasAName();
    void livePictures();
    void noDevice();
    void helpOpensAndCloses();

private:
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::keyClick(&m_fixture->window(), key, modifiers);
    }
    AppModel& app() { return m_fixture->app(); }
    std::unique_ptr<WindowFixture> m_fixture;
};

void TestWindow::initTestCase()
{
    m_fixture = std::make_unique<WindowFixture>();
}

void TestWindow::init()
{
    takeWarnings();
    app().messages()->dismiss();
    app().channel()->close();
    m_fixture->resize(1280, 800);
    m_fixture->show("inception_3a");
}

void TestWindow::cleanup()
{
    const QStringList warnings = takeWarnings();
    QVERIFY2(warnings.isEmpty(), qPrintable(warnings.join('\n')));
}

void TestWindow::keysStepThroughTheNetwork()
{
    OverviewModel& overview = *app().overview();
    const int before = overview.position();
    key(Qt::Key_Right);
    QCOMPARE(overview.position(), before + 1);
    key(Qt::Key_Left);
    key(Qt::Key_Left);
    QCOMPARE(overview.position(), before - 1);
    key(Qt::Key_Home);
    QCOMPARE(overview.position(), 0);
    QVERIFY(m_fixture->itemsOf("ConcatBox").isEmpty());
    key(Qt::Key_End);
    QCOMPARE(overview.position(), int(overview.modules().size()) - 1);
    m_fixture->show("inception_4a");
    QCOMPARE(m_fixture->itemsOf("OpBox").size(), 7);
    QCOMPARE(m_fixture->itemsOf("ConcatBox").size(), 1);
}

void TestWindow::spacePlays()
{
    key(Qt::Key_Space);
    QVERIFY(app().overview()->playing());
    key(Qt::Key_Space);
    QVERIFY(!app().overview()->playing());
}

void TestWindow::everyModuleFits_data()
{
    QTest::addColumn<QSize>("size");
    QTest::newRow("1280x800") << QSize(1280, 800);
    QTest::newRow("1920x1080") << QSize(1920, 1080);
    QTest::newRow("3840x2160") << QSize(3840, 2160);
}

void TestWindow::everyModuleFits()
{
    QFETCH(const QSize, size);
    m_fixture->resize(size.width(), size.height());
    for (const std::string_view name :
         {"input", "conv1", "conv2", "inception_3a", "inception_5b", "pool5", "prob", "loss1"}) {
        m_fixture->show(name);
        const QString unreadable = m_fixture->unreadable();
        QVERIFY2(unreadable.isEmpty(), qPrintable(unreadable));
        for (QQuickItem* wall : m_fixture->itemsOf("WallItem"))
            QVERIFY(wall->property("shown").toInt() > 0);
    }
    for (QQuickItem* text : m_fixture->itemsOf("OpText"))
        QVERIFY(text->implicitHeight() < text->parentItem()->height());
    // A whole module with four branches without scrolling.
    m_fixture->show("inception_3a");
    for (QQuickItem* box : m_fixture->itemsOf("OpBox")) {
        const QRectF area = box->mapRectToScene(box->boundingRect());
        QVERIFY(area.top() >= 0 && area.bottom() <= size.height());
    }
}

void TestWindow::everyNetworkCanBeWalkedThrough_data()
{
    QTest::addColumn<QString>("id");
    for (const QString& id : app().networks())
        QTest::newRow(qPrintable(id)) << id;
}

/// The window with each module of each network, empty as it is before a run: no box over
/// another, all inside the drawing, no text cut off, no warning (see cleanup).
void TestWindow::everyNetworkCanBeWalkedThrough()
{
    QFETCH(const QString, id);
    const auto back = qScopeGuard([this] { app().setNetworkId("googlenet"); });
    app().setNetworkId(id);
    m_fixture->show("input");
    QVERIFY(m_fixture->unreadable().isEmpty());
    OverviewModel& overview = *app().overview();
    QSet<QString> seen;
    for (const ModuleItem* module : overview.modules() + overview.auxiliaries()) {
        overview.setCurrent(module->module());
        QCoreApplication::processEvents();
        StageModel& stage = *app().stage();
        // Blocks of one design and size look the same.
        const QString design = stage.kindText().section(u'·', 1) + stage.inputShape() +
                               stage.outputShape() + QString::number(stage.ops().size());
        if (stage.ops().size() > 1 && seen.contains(design))
            continue;
        seen.insert(design);
        const QString overlaps = m_fixture->overlaps();
        QVERIFY2(overlaps.isEmpty(), qPrintable(stage.name() + ": " + overlaps));
        const QString unreadable = m_fixture->unreadable();
        QVERIFY2(unreadable.isEmpty(), qPrintable(stage.name() + ": " + unreadable));
        QCOMPARE(m_fixture->itemsOf("SkipLane").size(), stage.shortcut() ? 1 : 0);
        QCOMPARE(m_fixture->itemsOf("ConcatBox").size(), stage.join() ? 1 : 0);
    }
}

void TestWindow::networkInfoOpensAndCloses()
{
    key(Qt::Key_I);
    QTRY_COMPARE(m_fixture->itemsOf("GroupTable").size(), 1);
    QVERIFY(m_fixture->unreadable().isEmpty());
    key(Qt::Key_Escape);
    QTRY_VERIFY(m_fixture->itemsOf("GroupTable").isEmpty());
    key(Qt::Key_Right);
    QCOMPARE(app().stage()->name(), "inception_3b");
}

void TestWindow::groupKeys()
{
    key(Qt::Key_PageDown);
    QCOMPARE(app().stage()->name(), "inception_4a");
    key(Qt::Key_PageUp);
    QCOMPARE(app().stage()->name(), "inception_3a");
}

void TestWindow::clickOpensAMap()
{
    QList<QQuickItem*> walls = m_fixture->itemsOf("MapWall");
    QVERIFY(walls.size() >= 8);
    QQuickItem* wall = walls.front();
    const QPoint at = wall->mapToScene({wall->width() / 2, wall->height() / 2}).toPoint();
    QTRY_VERIFY(wall->childItems().front()->property("shown").toInt() > 0);
    QTest::mouseMove(&m_fixture->window(), at);
    QTest::mouseClick(&m_fixture->window(), Qt::LeftButton, {}, at);
    QVERIFY(app().channel()->isOpen());
    QTRY_COMPARE(m_fixture->itemsOf("ChannelView").size(), 1);
    const int channel = app().channel()->channel();
    key(Qt::Key_Right);
    QCOMPARE(app().channel()->channel(), channel + 1);
    key(Qt::Key_PageDown);
    QCOMPARE(
        app().channel()->channel(), std::min(channel + 11, app().channel()->channelCount() - 1));
    key(Qt::Key_Home);
    QCOMPARE(app().channel()->channel(), 0);
    app().channel()->hover(3, 3);
    QTRY_VERIFY(app().channel()->hovering());
    key(Qt::Key_Escape);
    QVERIFY(!app().channel()->isOpen());
    key(Qt::Key_Right);
    QCOMPARE(app().stage()->name(), "inception_3b");
}

void TestWindow::wallsWorkWithTheKeyboard()
{
    QQuickItem* wall = m_fixture->itemsOf("MapWall").front();
    wall->forceActiveFocus(Qt::TabFocusReason);
    key(Qt::Key_Right);
    key(Qt::Key_Right);
    QCOMPARE(wall->property("cursor").toInt(), 2);
    key(Qt::Key_Return);
    QVERIFY(app().channel()->isOpen());
    QCOMPARE(app().channel()->channel(), 2);
    key(Qt::Key_Escape);
    QVERIFY(!app().channel()->isOpen());
}

void TestWindow::themeAndFlow()
{
    const QColor dark = m_fixture->window().color();
    key(Qt::Key_T);
    QVERIFY(!app().settings()->dark());
    QVERIFY(m_fixture->window().color() != dark);
    key(Qt::Key_T);
    QCOMPARE(m_fixture->window().color(), dark);
    QQuickItem* joint = m_fixture->itemsOf("ConcatBox").front();
    const double above = joint->y();
    key(Qt::Key_F);
    QTRY_VERIFY(joint->y() > above + 100);
    key(Qt::Key_F);
    QTRY_COMPARE(joint->y(), above);
}

void TestWindow::textSize()
{
    key(Qt::Key_Plus, Qt::ControlModifier);
    QTRY_COMPARE(app().settings()->textScale(), 1.1);
    key(Qt::Key_Minus, Qt::ControlModifier);
    QTRY_COMPARE(app().settings()->textScale(), 1.0);
    // The largest text in the smallest window: everything still stays inside.
    app().settings()->setTextScale(Settings::largestText);
    m_fixture->resize(1024, 680);
    for (const char* bar : {"TopBar", "StatusBar", "StageHeader"}) {
        QQuickItem* item = m_fixture->itemsOf(bar).value(0);
        QVERIFY(item);
        for (QQuickItem* child : m_fixture->items()) {
            const QRectF area = child->mapRectToScene(child->boundingRect());
            if (item->isAncestorOf(child))
                QVERIFY2(area.right() <= 1025, bar);
        }
    }
    key(Qt::Key_0, Qt::ControlModifier);
    QTRY_COMPARE(app().settings()->textScale(), 1.0);
}

void TestWindow::colourMapAndScaling()
{
    key(Qt::Key_C);
    QCOMPARE(app().settings()->colormap(), "magma");
    app().settings()->setColormap("viridis");
    key(Qt::Key_L);
    QVERIFY(app().settings()->perLayer());
    key(Qt::Key_L);
}

void TestWindow::brokenPictureSaysSo()
{
    QVERIFY(m_fixture->itemsOf("NoticeBar").size() == 1); // random weights
    const QString title = app().run()->pictureTitle();
    app().drop({QUrl::fromLocalFile(QStringLiteral(INCEPTOSCOPE_SOURCE_DIR "/README.md"))});
    QTRY_COMPARE(m_fixture->itemsOf("NoticeBar").size(), 2);
    QVERIFY(m_fixture->itemsOf("NoticeBar")
                .front()
                ->property("text")
                .toString()
                .startsWith("README.md"));
    QCOMPARE(app().run()->pictureTitle(), title);
    key(Qt::Key_Escape);
    QTRY_COMPARE(m_fixture->itemsOf("NoticeBar").size(), 1);
}

void TestWindow::pasteReplacesThePicture()
{
    QImage picture(32, 32, QImage::Format_RGB32);
    picture.fill(Qt::green);
    QGuiApplication::clipboard()->setImage(picture);
    key(Qt::Key_V, Qt::ControlModifier);
    QTRY_COMPARE(app().run()->pictureTitle(), "Pasted picture");
    QCOMPARE(app().run()->picture().size(), QSize(32, 32));
}

void TestWindow::randomWeightsAreSaid()
{
    QVERIFY(!app().run()->trained());
    QVERIFY(
        m_fixture->itemsOf("NoticeBar").front()->property("text").toString().contains("random"));
    app().onWeightsLoaded({"/data/g.safetensors", "g.safetensors", true});
    QTRY_VERIFY(m_fixture->itemsOf("NoticeBar").isEmpty());
}

void TestWindow::everythingHasAName()
{
    app().openChannel(app().stage()->output()->node(), 3);
    for (const bool asked : {false, true}) {
        app().growth()->setShown(asked);
        QTest::qWait(50);
        const QString nameless = m_fixture->nameless();
        QVERIFY2(nameless.isEmpty(), qPrintable(nameless));
    }
    QVERIFY(m_fixture->controls().size() > 30);
}

void TestWindow::livePictures()
{
    key(Qt::Key_V);
    // The menu has the focus at its last entry, the pan.
    QTRY_VERIFY(
        m_fixture->window().activeFocusItem() &&
        m_fixture->window().activeFocusItem()->property("text").toString().startsWith("Pan over"));
    key(Qt::Key_Return);
    QTRY_VERIFY(app().live()->active() && !app().live()->starting());
    QVERIFY(app().run()->pictureTitle().startsWith("Pan over"));
    const QString unreadable = m_fixture->unreadable();
    QVERIFY2(unreadable.isEmpty(), qPrintable(unreadable));
    key(Qt::Key_P);
    QVERIFY(app().live()->paused());
    QVERIFY(app().run()->pictureTitle().endsWith(", paused"));
    key(Qt::Key_P);
    QVERIFY(!app().live()->paused());
    key(Qt::Key_V);
    QVERIFY(!app().live()->active());
    QVERIFY(!app().run()->pictureTitle().startsWith("Pan over"));
    key(Qt::Key_Right);
    QCOMPARE(app().stage()->name(), "inception_3b");
}

void TestWindow::noDevice()
{
    app().onDeviceFailed("No Vulkan driver is installed. Install mesa-vulkan-drivers.");
    QTest::qWait(100);
    key(Qt::Key_Escape);
    QTest::qWait(100);
    key(Qt::Key_Right);
    QCOMPARE(app().stage()->name(), "inception_3b");
    app().onDeviceReady("llvmpipe");
}

void TestWindow::helpOpensAndCloses()
{
    key(Qt::Key_F1);
    QTest::qWait(50);
    key(Qt::Key_Escape);
    QTest::qWait(50);
    key(Qt::Key_Right);
    QCOMPARE(app().stage()->name(), "inception_3b");
}

QTEST_MAIN(TestWindow)
#include "test_window.moc"
