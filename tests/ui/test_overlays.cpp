// What lies over the window: lists and menus, which have keys and clicks to themselves; notices and
// tips, which must not be in the way.
#include "ui/window_fixture.h"

#include <QtTest>

using namespace inceptoscope;

class TestOverlays : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void aListHasTheKeys();
    void popupsAreModal_data();
    void popupsAreModal();
    void noticesMoveNothing();
    void randomWeightsCanBeDismissed();
    void tipsLeaveTheToolbarFree();
    void measuringIsSaidElsewhere();
    void measuringCanBeCancelled_data();
    void measuringCanBeCancelled();
    void headsThatAreMissingCantRun();
    void noSeamThroughACroppedPicture();
    void samplesStayWhereTheyAre();

private:
    AppModel& app() { return m_fixture->app(); }
    void key(Qt::Key key) { QTest::keyClick(&m_fixture->window(), key); }
    static QPoint middle(const QQuickItem* item)
    {
        return item->mapRectToScene(item->boundingRect()).center().toPoint();
    }
    void click(QPoint at)
    {
        QTest::mouseMove(&m_fixture->window(), at);
        QTest::mouseClick(&m_fixture->window(), Qt::LeftButton, {}, at);
        QTest::qWait(80);
    }
    /// The visible item of a type whose accessible name or text starts so.
    QQuickItem* find(const QString& type, const QString& start);
    [[nodiscard]] QQuickItem* popup(bool tip = false) const;
    QRectF areaOf(const char* type)
    {
        const QQuickItem* item = m_fixture->itemsOf(QLatin1String(type)).value(0);
        return item ? item->mapRectToScene(item->boundingRect()) : QRectF();
    }
    std::unique_ptr<WindowFixture> m_fixture;
};

void TestOverlays::initTestCase()
{
    m_fixture = std::make_unique<WindowFixture>();
}

void TestOverlays::init()
{
    takeWarnings();
    app().messages()->dismiss();
    app().channel()->close();
    app().setView("modules");
    app().setNetworkId("googlenet");
    m_fixture->resize(1280, 800);
    m_fixture->window().setProperty("randomShown", false);
    m_fixture->show("inception_3a");
}

void TestOverlays::cleanup()
{
    const QStringList warnings = takeWarnings();
    QVERIFY2(warnings.isEmpty(), qPrintable(warnings.join('\n')));
}

QQuickItem* TestOverlays::find(const QString& type, const QString& start)
{
    for (QQuickItem* item : m_fixture->itemsOf(type)) {
        const QStringList said{
            item->property("text").toString(), item->property("tip").toString(),
            item->property("name").toString()};
        for (const QString& text : said)
            if (!text.isEmpty() && text.startsWith(start))
                return item;
    }
    return nullptr;
}

QQuickItem* TestOverlays::popup(bool tip) const
{
    for (QQuickItem* item : m_fixture->items())
        if (item->inherits("QQuickPopupItem") && item->opacity() > 0.9 && item->parent() &&
            item->parent()->inherits("QQuickToolTip") == tip)
            return item;
    return nullptr;
}

void TestOverlays::aListHasTheKeys()
{
    QQuickItem* picker = find("Picker", "Network");
    QVERIFY(picker);
    const int module = app().overview()->current();
    click(middle(picker));
    QTRY_VERIFY(popup());
    const int before = picker->property("highlightedIndex").toInt();
    key(Qt::Key_Down);
    QCOMPARE(picker->property("highlightedIndex").toInt(), before + 1);
    for (const Qt::Key other : {Qt::Key_Right, Qt::Key_T, Qt::Key_2})
        key(other);
    QCOMPARE(app().overview()->current(), module);
    QCOMPARE(app().view(), QStringLiteral("modules"));
    key(Qt::Key_Escape);
    QTRY_VERIFY(!popup());
    QCOMPARE(app().networkId(), QStringLiteral("googlenet"));
    // Afterwards the window has them again.
    key(Qt::Key_Right);
    QVERIFY(app().overview()->current() != module);
    click(middle(picker));
    QTRY_VERIFY(popup());
    key(Qt::Key_Down);
    key(Qt::Key_Return);
    QTRY_VERIFY(app().networkId() != QStringLiteral("googlenet"));
}

void TestOverlays::popupsAreModal_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<QString>("name");
    QTest::newRow("list") << "Picker"
                          << "Network";
    QTest::newRow("colours") << "Picker"
                             << "Colour map";
    QTest::newRow("live") << "AppButton"
                          << "Live";
    QTest::newRow("memory") << "MemoryFact"
                            << "Memory";
}

void TestOverlays::popupsAreModal()
{
    QFETCH(const QString, type);
    QFETCH(const QString, name);
    app().run()->setMemory({.weights = 5 << 20});
    QTest::qWait(50);
    QQuickItem* opener = find(type, name);
    QVERIFY(opener);
    click(middle(opener));
    QTRY_VERIFY(popup());
    QPoint map; // the middle of one that the popup doesn't cover
    for (QQuickItem* wall : m_fixture->itemsOf("MapWall"))
        if (!popup()->contains(popup()->mapFromScene(middle(wall))))
            map = middle(wall);
    QVERIFY(!map.isNull());
    const int module = app().overview()->current();
    key(Qt::Key_Right);
    QCOMPARE(app().overview()->current(), module);
    // A click outside of it closes it, and does no more.
    click(map);
    QTRY_VERIFY(!popup());
    QVERIFY(!app().channel()->isOpen());
    // Nor does one on what opened it open it again.
    click(middle(opener));
    QTRY_VERIFY(popup());
    click(middle(opener));
    QTRY_VERIFY(!popup());
    click(map);
    QVERIFY(app().channel()->isOpen());
}

void TestOverlays::noticesMoveNothing()
{
    const QRectF stage = areaOf("StageDiagram");
    const QRectF strip = areaOf("OverviewStrip");
    QVERIFY(!stage.isEmpty() && m_fixture->itemsOf("NoticeBar").isEmpty());
    m_fixture->window().setProperty("randomShown", true);
    app().messages()->say(
        "weights: best.safetensors is a web page, not weights; download the file itself");
    QTRY_COMPARE(m_fixture->itemsOf("NoticeBar").size(), 2);
    QTest::qWait(100);
    QCOMPARE(areaOf("StageDiagram"), stage);
    QCOMPARE(areaOf("OverviewStrip"), strip);
    // What was wrong with the one network is no news of another.
    app().setNetworkId("inception_v3");
    QVERIFY(app().messages()->text().isEmpty());
}

void TestOverlays::randomWeightsCanBeDismissed()
{
    m_fixture->window().setProperty("randomShown", true);
    QTRY_COMPARE(m_fixture->itemsOf("NoticeBar").size(), 1);
    QTest::qWait(50);
    QQuickItem* close = find("AppButton", "Dismiss for good");
    QVERIFY(close);
    click(middle(close));
    QTRY_VERIFY(m_fixture->itemsOf("NoticeBar").isEmpty());
    QVERIFY(!app().settings()->randomNoticed()); // nor at the next start
    QQuickItem* back = find("AppButton", "What random weights");
    QVERIFY(back);
    click(middle(back));
    QTRY_COMPARE(m_fixture->itemsOf("NoticeBar").size(), 1);
    QTest::keyClick(&m_fixture->window(), Qt::Key_Escape);
    QTRY_VERIFY(m_fixture->itemsOf("NoticeBar").isEmpty());
}

void TestOverlays::tipsLeaveTheToolbarFree()
{
    QQuickItem* bar = m_fixture->itemsOf("TopBar").value(0);
    QVERIFY(bar);
    QList<QQuickItem*> buttons;
    for (QQuickItem* item : m_fixture->itemsOf("AppButton"))
        if (bar->isAncestorOf(item))
            buttons << item;
    QVERIFY(buttons.size() > 4);
    QTest::mouseMove(&m_fixture->window(), middle(buttons[1]));
    QTRY_VERIFY(popup(true));
    const QRectF tip = popup(true)->mapRectToScene(popup(true)->boundingRect());
    for (const QQuickItem* button : buttons)
        QVERIFY(!tip.intersects(button->mapRectToScene(button->boundingRect())));
    QTest::mouseMove(&m_fixture->window(), QPoint(640, 400));
    QTRY_VERIFY(!popup(true));
}

/// "Measure all" keeps the device busy: the other views say so, and can stop it.
void TestOverlays::measuringIsSaidElsewhere()
{
    app().versions()->setCanMeasure(true);
    app().versions()->measure();
    QVERIFY(app().versions()->running());
    app().versions()->setProgress("inception_v4", 0.4);
    QQuickItem* bar = m_fixture->itemsOf("StatusBar").value(0);
    QTRY_VERIFY(find("AppText", "Measuring Inception v4"));
    QVERIFY(bar->isAncestorOf(find("AppText", "Measuring Inception v4")));
    QQuickItem* cancel = find("AppButton", "Cancel");
    QVERIFY(cancel);
    app().run()->setMemory({.weights = 5 << 20});
    for (const QSize size : {QSize(960, 540), QSize(1280, 720), QSize(1280, 800)}) {
        app().settings()->setTextScale(size.height() == 720 ? 1.4 : 1.0);
        m_fixture->resize(size.width(), size.height());
        QTest::qWait(150);
        const auto area = [](QQuickItem* item) {
            return item->mapRectToScene(item->boundingRect());
        };
        const QRectF text = area(find("AppText", "Measuring Inception v4"));
        QVERIFY(text.width() > 60 && text.right() <= area(cancel).left());
        QVERIFY(area(cancel).right() <= size.width());
    }
    (void)m_fixture->window().grabWindow(); // laid out
    click(middle(cancel));
    QVERIFY(!app().versions()->running());
    QTRY_VERIFY(!find("AppText", "Measuring"));
}

void TestOverlays::measuringCanBeCancelled_data()
{
    QTest::addColumn<QString>("view");
    QTest::addColumn<QSize>("size");
    for (const char* view : {"versions", "laboratory"})
        for (const QSize size : {QSize(740, 470), QSize(1024, 600), QSize(1280, 800)})
            QTest::addRow("%s at %d", view, size.width()) << QString(view) << size;
}

/// What waits says for what, in any window; cancelled, it can be begun again.
void TestOverlays::measuringCanBeCancelled()
{
    QFETCH(const QString, view);
    QFETCH(const QSize, size);
    const bool pair = view == "versions";
    m_fixture->resize(size.width(), size.height());
    app().versions()->setTab(2);
    app().setView(view);
    const auto measuring = [&] {
        return pair ? app().pair()->measuring() : app().laboratory()->measuring();
    };
    const auto button = [&](const char* text) -> QQuickItem* {
        for (QQuickItem* one : m_fixture->itemsOf("AppButton"))
            if (m_fixture->itemsOf("MeasuringRow").value(0)->isAncestorOf(one) &&
                (one->property("text") == text ||
                 (one->property("glyph") == "close" && QString(text) == "Cancel")))
                return one;
        return nullptr;
    };
    const auto inWindow = [&](QQuickItem* item) {
        const QRectF area = item->mapRectToScene(item->boundingRect());
        return area.width() > 10 && area.left() >= 0 && area.right() <= size.width();
    };
    app().pair()->setLookedAt(pair);
    app().laboratory()->setLookedAt(!pair);
    app().pair()->measureAgain();
    app().laboratory()->measureAgain();
    QTRY_VERIFY(measuring());
    const QString waits = "Waiting for the experiment";
    app().pair()->setWaiting(waits);
    app().laboratory()->setWaiting(waits);
    QTRY_VERIFY(find("AppText", waits));
    QTRY_VERIFY(button("Cancel"));
    QTest::qWait(100);
    QVERIFY(inWindow(find("AppText", waits)) && inWindow(button("Cancel")));
    QVERIFY(!find("AppText", waits)
                 ->mapRectToScene(find("AppText", waits)->boundingRect())
                 .intersects(button("Cancel")->mapRectToScene(button("Cancel")->boundingRect())));
    (void)m_fixture->window().grabWindow(); // laid out
    click(middle(button("Cancel")));
    QVERIFY(!measuring());
    QTRY_VERIFY(button("Measure"));
    QTest::qWait(100);
    QVERIFY(inWindow(button("Measure")));
    (void)m_fixture->window().grabWindow();
    click(middle(button("Measure")));
    QTRY_VERIFY(measuring());
    app().pair()->setLookedAt(false);
    app().laboratory()->setLookedAt(false);
    app().pair()->cancel();
    app().laboratory()->cancel();
    app().versions()->setTab(0);
    app().setView("modules");
    m_fixture->resize(1280, 800);
}

void TestOverlays::headsThatAreMissingCantRun()
{
    const auto showHead = [&](bool there, quint64 number) {
        const FakeRun run{app().network(), app().run()->picture(), app().style(), true, number};
        const ModuleId head = m_fixture->id("loss1");
        app().overview()->setCurrent(int(head));
        auto snapshot = std::make_shared<RunSnapshot>(*fakeSnapshot(run, head));
        snapshot->weights.auxiliary = there;
        app().onSnapshot(snapshot);
        QTest::qWait(50);
    };
    showHead(true, 10);
    QQuickItem* run = find("AppSwitch", "Run it");
    QVERIFY(run && run->isEnabled());
    QVERIFY(!find("AppText", "not in these weights"));
    showHead(false, 11);
    QVERIFY(!run->isEnabled());
    QVERIFY(find("AppText", "not in these weights"));
    click(middle(run));
    QVERIFY(!app().auxiliary());
    key(Qt::Key_A); // a key says why
    QVERIFY(!app().auxiliary());
    QVERIFY(app().messages()->text().contains("has no auxiliary heads"));
    QVERIFY(!app().messages()->isError());
    showHead(true, 12);
    QVERIFY(run->isEnabled());
}

void TestOverlays::noSeamThroughACroppedPicture()
{
    quint64 number = 100;
    for (const QSize size : {QSize(451, 300), QSize(333, 500), QSize(1001, 700)}) {
        QImage white(size, QImage::Format_RGB32);
        white.fill(Qt::white);
        const FakeRun run{app().network(), white, app().style(), false, ++number};
        auto snapshot = std::make_shared<RunSnapshot>(*fakeSnapshot(run, m_fixture->id("conv2")));
        const double side = std::min(size.width(), size.height()) * 0.875;
        snapshot->seenRect = {(size.width() - side) / 2, (size.height() - side) / 2, side, side};
        app().onSnapshot(snapshot);
        QTest::qWait(80);
        QQuickItem* view = m_fixture->itemsOf("PictureView").value(0);
        QVERIFY(view);
        const QImage seen = m_fixture->window().grabWindow();
        const double scale = seen.width() / double(m_fixture->window().width());
        const QRectF area = view->mapRectToScene(view->boundingRect());
        const double factor = std::min(area.width() / size.width(), area.height() / size.height());
        const QRectF picture(
            area.center() - QPointF(size.width(), size.height()) * factor / 2,
            QSizeF(size) * factor);
        int dimmed = 0;
        for (int y = int(picture.top()) + 3; y < int(picture.bottom()) - 3; ++y)
            for (int x = int(picture.left()) + 3; x < int(picture.right()) - 3; ++x) {
                const int grey = qGray(seen.pixel(int(x * scale), int(y * scale)));
                QVERIFY2(
                    grey >= 95, qPrintable(QStringLiteral("%1 at %2, %3").arg(grey).arg(x).arg(y)));
                dimmed += grey < 110 ? 1 : 0;
            }
        QVERIFY(dimmed > 500); // white at 40 %: outside of what the network sees
    }
}

void TestOverlays::samplesStayWhereTheyAre()
{
    const auto sampleTop = [&](QSize size) {
        app().run()->setPicture(QImage(size, QImage::Format_RGB32), "x.png");
        QTest::qWait(60);
        return areaOf("SampleStrip").top();
    };
    const double top = sampleTop({900, 300});
    QVERIFY(top > 0);
    QCOMPARE(sampleTop({300, 900}), top);
    QCOMPARE(sampleTop({500, 500}), top);
}

QTEST_MAIN(TestOverlays)
#include "test_overlays.moc"
