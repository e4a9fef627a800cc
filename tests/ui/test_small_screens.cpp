// Every view from the smallest screens people have (800x600; netbooks' 1024x600; 1080p at 200 %,
// which is 960x540; a panel and a frame around the window take some more) to 4K, at every size of
// the text, in both themes. Everything fits or scrolls.
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
    void everyView_data();
    void everyView();
    void modules_data() { sizes(); }
    void modules();
    void toolbarAtEveryWidth();
    void textSizeHasAWayBack_data();
    void textSizeHasAWayBack();
    void eightViews_data() { sizes(); }
    void eightViews();
    void whatTheModuleIsForIsInSight_data() { sizes(); }
    void whatTheModuleIsForIsInSight();
    void channelOfNaN_data() { sizes(); }
    void channelOfNaN();
    void popups_data() { sizes(); }
    void popups();

private:
    static void sizes();
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::keyClick(&m_fixture->window(), key, modifiers);
    }
    void checkViews(const QString& what);
    QQuickItem* item(const QString& type) { return m_fixture->itemsOf(type).value(0); }
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
    for (const QSize size : {QSize(800, 600), QSize(1024, 600), QSize(960, 480), QSize(760, 540)})
        QTest::addRow("%dx%d", size.width(), size.height()) << size;
}

void TestSmallScreens::init()
{
    takeWarnings();
    m_faults.clear();
    app().settings()->setTextScale(1);
    app().messages()->dismiss();
    app().channel()->close();
    app().setView("modules");
    m_fixture->show("inception_3a");
    const QByteArray test = QTest::currentTestFunction();
    if (QTest::currentDataTag() != nullptr && test != "textSizeHasAWayBack") {
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
    for (int attempt = 0; attempt == 0 || (!faults.isEmpty() && attempt < 8); ++attempt) {
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
            app().messages()->say(
                "weights: /home/somebody/checkpoints/run 12/best.safetensors is a web page, "
                "not weights; download the file itself");
        for (const char* name : {"input", "conv2", "inception_5b", "loss1"}) {
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

void TestSmallScreens::everyView_data()
{
    QTest::addColumn<QSize>("size");
    for (const QSize size :
         {QSize(800, 600), QSize(1024, 600), QSize(1280, 720), QSize(1280, 800), QSize(1920, 1080),
          QSize(3840, 2160)})
        QTest::addRow("%dx%d", size.width(), size.height()) << size;
}

/// Figures as long as they get, and the legend of what has no place in the colours.
void TestSmallScreens::channelOfNaN()
{
    const FakeRun run{app().network(), app().run()->picture(), app().style(), false, 1};
    auto snapshot =
        std::make_shared<RunSnapshot>(*fakeSnapshot(run, m_fixture->id("inception_3a")));
    auto pictures = std::make_shared<ModulePictures>(*snapshot->shown);
    for (OpPicture& picture : pictures->ops)
        for (ChannelStatistics& s : picture.statistics)
            s = {
                .minimum = -3.381e38F,
                .maximum = 3.381e38F,
                .mean = -1.234e-37F,
                .zeroShare = 0.202F,
                .nan = 77,
                .infinite = 218};
    snapshot->shown = pictures;
    app().onSnapshot(snapshot);
    app().openChannel(app().stage()->output()->node(), 3);
    QTRY_COMPARE(m_fixture->itemsOf("ChannelView").size(), 1);
    check("channel of NaN");
    REQUIRE_NO_FAULTS();
    QStringList texts;
    for (const QQuickItem* item : m_fixture->itemsOf("AppText"))
        texts << item->property("text").toString();
    QVERIFY2(
        texts.contains("77 NaN, 218 infinite (in the colour of the end): left out of minimum, mean "
                       "and maximum"),
        qPrintable(texts.join('\n')));
}

void TestSmallScreens::everyView()
{
    app().costs()->setPeaks({.fmaGflops = 70, .readGBs = 10});
    QSet<double> seen; // sizes of the text that there is room for
    bool dark = false;
    for (const double scale : {0.8, 1.0, 1.2, 1.8}) {
        app().settings()->setTextScale(scale);
        const double bar = item("TopBar")->property("implicitHeight").toReal();
        if (seen.contains(bar))
            continue;
        seen.insert(bar);
        app().settings()->setDark(dark = !dark);
        checkViews(QStringLiteral("text %1").arg(scale));
    }
    app().settings()->setDark(true);
    REQUIRE_NO_FAULTS();
}

void TestSmallScreens::checkViews(const QString& what)
{
    for (const char* name : {"inception_3a", "prob"}) {
        m_fixture->show(name);
        check(what + ", " + name);
        if (const QString overlaps = m_fixture->overlaps(); !overlaps.isEmpty())
            m_faults << what + ", " + name + ": " + overlaps;
    }
    m_fixture->show("inception_3a");
    app().openChannel(app().stage()->output()->node(), 3);
    check(what + ", channel");
    if (m_fixture->itemsOf("MapView").isEmpty() || item("MapView")->height() < 100)
        m_faults << what + ": the map up close is too small";
    app().growth()->setShown(true);
    check(what + ", what the channel looks for");
    if (m_fixture->itemsOf("GrowthPanel").isEmpty())
        m_faults << what + ": nobody can ask what the channel looks for";
    app().growth()->setShown(false);
    app().channel()->close();
    for (const char* view : {"costs", "versions"}) {
        app().setView(view);
        for (int tab = 0; tab < 3; ++tab) {
            app().settings()->setCostsTab(tab);
            app().versions()->setTab(tab);
            check(what + QStringLiteral(", %1 tab %2").arg(view).arg(tab));
        }
    }
    app().setView("laboratory");
    for (const char* id : {"naive-vs-reduced", "label-smoothing", "v2-table"}) {
        app().laboratory()->setCurrent(id);
        check(what + ", " + id);
    }
    app().settings()->setCostsTab(0);
    app().versions()->setTab(0);
    app().setView("modules");
}

/// Between the sizes that people name, too.
void TestSmallScreens::toolbarAtEveryWidth()
{
    for (const char* view : {"modules", "costs"}) {
        app().setView(view);
        for (int width = 740; width <= 1700; width += 60) {
            m_fixture->window().resize(width, 600);
            QTest::qWait(20);
            QList<QQuickItem*> inside;
            for (const char* bar : {"TopBar", "StatusBar", "NavigationRail"})
                inside += m_fixture->itemsIn(*item(bar));
            for (const QString& fault : geometryFaults(inside, m_fixture->window().size()))
                m_faults << QStringLiteral("%1 at %2: ").arg(view).arg(width) + fault;
        }
    }
    REQUIRE_NO_FAULTS();
}

void TestSmallScreens::textSizeHasAWayBack_data()
{
    everyView_data();
}

/// However often "larger" was pressed, "smaller" is in sight and undoes one step.
void TestSmallScreens::textSizeHasAWayBack()
{
    QFETCH(const QSize, size);
    m_fixture->resize(size.width(), size.height());
    const auto unit = [this] { return item("TopBar")->property("implicitHeight").toReal(); };
    for (int i = 0; i < 9; ++i)
        key(Qt::Key_Plus, Qt::ControlModifier);
    QTest::qWait(50);
    const double largest = unit();
    QQuickItem* smaller = nullptr;
    for (QQuickItem* one : m_fixture->items())
        if (one->property("glyph").toString() == "text-smaller")
            smaller = one;
    QVERIFY(smaller);
    const QPointF centre = smaller->mapToScene({smaller->width() / 2, smaller->height() / 2});
    QVERIFY(QRectF({0, 0}, QSizeF(size)).contains(centre));
    QTest::mouseClick(&m_fixture->window(), Qt::LeftButton, {}, centre.toPoint());
    QTRY_VERIFY2(unit() < largest, qPrintable(QString::number(largest)));
    key(Qt::Key_0, Qt::ControlModifier);
    QCOMPARE(app().settings()->textScale(), 1.0);
}

/// The rail carries what is to come.
void TestSmallScreens::eightViews()
{
    QQuickItem* rail = item("NavigationRail");
    QVERIFY(rail);
    const QVariant views = rail->property("views");
    QVariantList eight;
    for (const char* title :
         {"Modules", "Costs", "Versions", "Laboratory", "Training", "Lessons", "Experiments",
          "Attribution", "Datasets"})
        eight << QVariantMap{
            {"id", title}, {"title", title}, {"about", ""}, {"glyph", "view-costs"}};
    rail->setProperty("views", eight);
    check("nine views");
    rail->setProperty("views", eight.mid(0, 8));
    check("eight views");
    QCOMPARE(rail->property("views").toList().size(), 8);
    rail->setProperty("views", views);
    REQUIRE_NO_FAULTS();
}

void TestSmallScreens::whatTheModuleIsForIsInSight()
{
    for (const char* name : {"conv2", "inception_3a", "prob"}) {
        m_fixture->show(name);
        QTest::qWait(50);
        QQuickItem* panel = item("SidePanel");
        QQuickItem* about = nullptr;
        for (QQuickItem* one : m_fixture->itemsOf("AppText"))
            if (panel->isAncestorOf(one) && one->property("text") == app().stage()->about())
                about = one;
        QVERIFY(about && !app().stage()->about().isEmpty());
        const QRectF area = about->mapRectToItem(panel, about->boundingRect());
        QVERIFY2(panel->boundingRect().contains(area), name);
    }
}

void TestSmallScreens::popups()
{
    for (const Qt::Key opens : {Qt::Key_I, Qt::Key_F1, Qt::Key_K}) {
        key(opens, opens == Qt::Key_K ? Qt::ControlModifier : Qt::NoModifier);
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
