// What a large window offers is there in a narrow one as well: as a button, or in its menu.
#include "ui/window_fixture.h"

#include <QtTest>

#include <functional>

using namespace inceptoscope;

class TestNarrowWindows : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void nothingIsLost_data() { sizes(); }
    void nothingIsLost();
    void costColumnsAreReached_data() { sizes(); }
    void costColumnsAreReached();
    void theMenuHasTheKeys();

private:
    static void sizes();
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::keyClick(&m_fixture->window(), key, modifiers);
    }
    /// One view after the other, `visit` being called in each.
    void walk(const std::function<void(const QString& place)>& visit);
    /// Tips of the buttons in sight: what somebody could do.
    [[nodiscard]] QSet<QString> offered() const;
    void openMenu();
    QQuickItem* item(const QString& type) { return m_fixture->itemsOf(type).value(0); }
    AppModel& app() { return m_fixture->app(); }
    std::unique_ptr<WindowFixture> m_fixture;
    QStringList m_faults;
};

void TestNarrowWindows::initTestCase()
{
    m_fixture = std::make_unique<WindowFixture>();
    app().run()->setDevice("llvmpipe (LLVM 15.0.6, 256 bits), Vulkan 1.3.230, cpu");
    app().run()->setMemory({.weights = 81ULL << 20U});
}

void TestNarrowWindows::sizes()
{
    QTest::addColumn<QSize>("size");
    for (const QSize size : {QSize(800, 600), QSize(1024, 600), QSize(760, 540)})
        QTest::addRow("%dx%d", size.width(), size.height()) << size;
}

void TestNarrowWindows::init()
{
    takeWarnings();
    m_faults.clear();
    app().settings()->setTextScale(1);
    app().setView("modules");
    m_fixture->show("inception_3a");
    if (QTest::currentDataTag() != nullptr) {
        QFETCH(const QSize, size);
        m_fixture->resize(size.width(), size.height());
    }
}

void TestNarrowWindows::cleanup()
{
    const QStringList warnings = takeWarnings();
    QVERIFY2(warnings.isEmpty(), qPrintable(warnings.join('\n')));
}

void TestNarrowWindows::openMenu()
{
    QQuickItem* more = item("MoreMenu");
    QVERIFY(more);
    const QPoint at = more->mapToScene({more->width() / 2, more->height() / 2}).toPoint();
    QTest::mouseClick(&m_fixture->window(), Qt::LeftButton, {}, at);
    const auto hasTheKeys = [this] {
        const QQuickItem* item = m_fixture->window().activeFocusItem();
        return item && item->property("modelData").toMap().contains("keys");
    };
    QTRY_VERIFY(hasTheKeys());
}

void TestNarrowWindows::walk(const std::function<void(const QString& place)>& visit)
{
    const auto here = [&](const QString& place) {
        QTest::qWait(60);
        visit(place);
    };
    here("module");
    app().stage()->openOp(app().stage()->output()->node());
    here("op");
    app().stage()->closeOp();
    app().openChannel(app().stage()->output()->node(), 3);
    here("channel");
    app().channel()->close();
    for (const QVariant& view : app().views()) {
        const QString id = view.toMap()["id"].toString();
        app().setView(id);
        const int tabs = id == "costs" || id == "versions" ? 3 : 1;
        for (int tab = 0; tab < tabs; ++tab) {
            app().settings()->setCostsTab(tab);
            app().versions()->setTab(tab);
            here(QStringLiteral("%1, tab %2").arg(id).arg(tab));
        }
    }
    app().settings()->setCostsTab(0);
    app().versions()->setTab(0);
    app().setView("modules");
}

QSet<QString> TestNarrowWindows::offered() const
{
    QSet<QString> tips;
    for (const QQuickItem* item : m_fixture->itemsOf("AppButton"))
        if (const QString tip = item->property("tip").toString(); !tip.isEmpty())
            tips.insert(tip);
    return tips;
}

/// What a large window has a button for is in a narrow one, or in its menu, by the key of both.
void TestNarrowWindows::nothingIsLost()
{
    QFETCH(const QSize, size);
    app().run()->setMemory({.weights = 81ULL << 20U});
    // As with a device.
    app().dream()->setSubject(
        {.network = "googlenet",
         .weights = "synthetic",
         .node = "inception_3a/output",
         .moduleTitle = "Inception 3a",
         .pictureTitle = {},
         .picture = QImage(8, 8, QImage::Format_RGB888),
         .reason = {}});
    m_fixture->resize(1920, 1080);
    QMap<QString, QSet<QString>> large;
    walk([&](const QString& place) { large[place] = offered(); });
    QVERIFY(large.size() > 10);
    m_fixture->resize(size.width(), size.height());
    for (const double scale : {1.0, 1.8}) {
        app().settings()->setTextScale(scale);
        walk([&](const QString& place) {
            openMenu();
            QStringList keys;
            for (const QQuickItem* entry : m_fixture->itemsOf("AppButton")) {
                const QVariantMap command = entry->property("modelData").toMap();
                if (!command.contains("keys"))
                    continue;
                keys << command["keys"].toString();
                const QRectF area = entry->mapRectToScene(entry->boundingRect());
                if (!QRectF({0, 0}, QSizeF(size)).contains(area))
                    m_faults << place + ": the menu leaves the window";
            }
            for (const char* key : {"Ctrl+S", "Ctrl+C", "Ctrl+E", "I"})
                if (!keys.contains(QLatin1String(key)))
                    m_faults << place + ": the menu lacks " + key;
            key(Qt::Key_Escape);
            QTest::qWait(30);
            for (const QString& tip : large[place] - offered()) {
                const QString key = tip.section('(', -1).section(')', 0, 0);
                if (!tip.contains('(') || !keys.contains(key))
                    m_faults << place + ": lost \"" + tip + '"';
            }
        });
    }
    QVERIFY2(m_faults.isEmpty(), qPrintable('\n' + m_faults.join('\n')));
}

void TestNarrowWindows::costColumnsAreReached()
{
    app().setView("costs");
    app().settings()->setCostsTab(0);
    QTRY_VERIFY(item("CostTableView"));
    QTest::qWait(60);
    QQuickItem* table = item("CostTableView");
    QQuickItem* header = item("CostHeader");
    QList<QQuickItem*> heads;
    for (QQuickItem* head : header->childItems())
        if (head->inherits("QQuickAbstractButton"))
            heads << head;
    QCOMPARE(heads.size(), app().costs()->table()->columns().size());
    QVERIFY(
        heads.last()->mapRectToItem(table, heads.last()->boundingRect()).left() > table->width());
    table->forceActiveFocus(Qt::TabFocusReason);
    QSet<QQuickItem*> seen;
    const auto look = [&] {
        for (QQuickItem* head : heads) {
            const QRectF area = head->mapRectToItem(table, head->boundingRect());
            if (area.left() >= heads[0]->width() - 1 && area.right() <= table->width())
                seen.insert(head);
        }
    };
    for (int i = 0; i < 20; ++i) {
        look();
        key(Qt::Key_Right);
    }
    QCOMPARE(seen.size(), heads.size() - 1);
    // The names stay where they are.
    QVERIFY(heads[0]->mapToItem(table, {0, 0}).x() < 10);
    // With Tab, a title comes into sight as well.
    for (int i = 0; i < 20; ++i)
        key(Qt::Key_Left);
    heads.last()->forceActiveFocus(Qt::TabFocusReason);
    seen.clear();
    look();
    QVERIFY(seen.contains(heads.last()));
}

/// Opened, walked through and closed by keys; what is chosen happens.
void TestNarrowWindows::theMenuHasTheKeys()
{
    m_fixture->resize(800, 600);
    const int module = app().overview()->current();
    const auto title = [this] {
        return m_fixture->window().activeFocusItem()->property("text").toString();
    };
    openMenu();
    const QString first = title();
    key(Qt::Key_Right);
    QCOMPARE(app().overview()->current(), module);
    key(Qt::Key_Down);
    QVERIFY(title() != first);
    key(Qt::Key_Home);
    QCOMPARE(title(), first);
    for (int i = 0; i < 20 && !title().contains("all costs"); ++i)
        key(Qt::Key_Down);
    key(Qt::Key_Return);
    QTRY_COMPARE(app().view(), QString("costs"));
    QCOMPARE(app().costs()->moduleOf(app().costs()->selected()), module);
    // Other views have no use for it.
    openMenu();
    for (int i = 0; i < 20; ++i) {
        QVERIFY(!title().contains("all costs"));
        key(Qt::Key_Down);
    }
    key(Qt::Key_Escape);
    QTRY_VERIFY(m_fixture->window().activeFocusItem()->property("modelData").isNull());
}

QTEST_MAIN(TestNarrowWindows)
#include "test_narrow_windows.moc"
