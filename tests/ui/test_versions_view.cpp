#include "ui/window_fixture.h"

#include <QtTest>

using namespace inceptoscope;

/// The Versions view: table, what changed, two modules. By keyboard and mouse, in both themes and
/// sizes, without a complaint of QML's.
class TestVersionsView : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanup();
    void legible_data();
    void legible();
    void tableFillsWhileItIsRead();
    void headersSortAndRowsSelect();
    void everyPairOfNetworks();
    void comparesTheModuleOnStage();
    void everythingHasAName();

private:
    AppModel& app() { return m_fixture->app(); }
    void show(int tab)
    {
        app().setView("versions");
        app().versions()->setTab(tab);
        QTest::qWait(60);
    }
    [[nodiscard]] QQuickItem* itemNamed(const char* type, const QString& name) const;
    void press(QQuickItem* item);

    std::unique_ptr<WindowFixture> m_fixture;
};

QQuickItem* TestVersionsView::itemNamed(const char* type, const QString& text) const
{
    for (QQuickItem* item : m_fixture->items())
        if (QString::fromLatin1(item->metaObject()->className()).startsWith(type) &&
            item->property("text").toString().startsWith(text))
            return item;
    return nullptr;
}

void TestVersionsView::press(QQuickItem* item)
{
    const QPointF centre = item->mapToScene(item->boundingRect().center());
    QTest::mouseClick(&m_fixture->window(), Qt::LeftButton, {}, centre.toPoint());
    QTest::qWait(30);
}

void TestVersionsView::initTestCase()
{
    m_fixture = std::make_unique<WindowFixture>();
    m_fixture->resize(1280, 800);
    m_fixture->show("inception_3a");
    takeWarnings();
}

void TestVersionsView::cleanup()
{
    QCOMPARE(takeWarnings(), QStringList());
}

void TestVersionsView::legible_data()
{
    QTest::addColumn<int>("tab");
    QTest::addColumn<QSize>("size");
    for (int tab = 0; tab < 3; ++tab)
        for (const QSize size : {QSize(1280, 800), QSize(1920, 1080)})
            QTest::addRow("tab %d at %d", tab, size.width()) << tab << size;
    // The longest names are whole in the smallest windows, too.
    for (const QSize size : {QSize(960, 540), QSize(1024, 600)})
        QTest::addRow("tab 0 at %d", size.width()) << 0 << size;
}

void TestVersionsView::legible()
{
    QFETCH(const int, tab);
    QFETCH(const QSize, size);
    m_fixture->resize(size.width(), size.height());
    show(tab);
    for (const bool dark : {true, false}) {
        app().settings()->setDark(dark);
        QTest::qWait(30);
        QCOMPARE(m_fixture->unreadable(), QString());
    }
    QCOMPARE(m_fixture->itemsOf("AllVersions").size(), tab == 0 ? 1 : 0);
    QCOMPARE(m_fixture->itemsOf("TwoVersions").size(), tab == 1 ? 1 : 0);
    QCOMPARE(m_fixture->itemsOf("TwoModules").size(), tab == 2 ? 1 : 0);
    if (tab == 2)
        QCOMPARE(m_fixture->itemsOf("StageDiagram").size(), 2);
    m_fixture->resize(1280, 800);
}

void TestVersionsView::tableFillsWhileItIsRead()
{
    show(0);
    auto result = std::make_shared<ComparisonResult>();
    result->entry.network = "googlenet";
    result->network = std::make_shared<const Network>(makeNetwork("googlenet"));
    result->times = {.opMilliseconds = {}, .median = 49.1, .fastest = 48, .slowest = 50, .runs = 5};
    QVERIFY(itemNamed("AppText", "49.1") == nullptr);
    app().versions()->addResult(result);
    QTest::qWait(30);
    QVERIFY(itemNamed("AppText", "49.1") != nullptr);
    app().versions()->setInputSize(299);
    QTest::qWait(30);
    QVERIFY(itemNamed("AppText", "49.1") == nullptr);
    app().versions()->setInputSize(0);
}

void TestVersionsView::headersSortAndRowsSelect()
{
    show(0);
    press(itemNamed("AppText", "Params"));
    QCOMPARE(app().versions()->sortColumn(), int(VersionColumn::Params));
    press(itemNamed("AppText", "Network"));
    QCOMPARE(app().versions()->sortColumn(), 0);
    press(itemNamed("AppText", "Inception v3"));
    QCOMPARE(app().versions()->selected(), QStringList({"inception_v3"}));
    // By keyboard: the next row.
    QTest::keyClick(&m_fixture->window(), Qt::Key_3);
    press(itemNamed("AppText", "Inception v4"));
    QCOMPARE(app().versions()->selected(), QStringList({"inception_v3", "inception_v4"}));
    QQuickItem* changed = itemNamed("AppButton", "What changed");
    QVERIFY(changed != nullptr);
    press(changed);
    QCOMPARE(app().versions()->tab(), 1);
    QVERIFY(itemNamed("AppText", "3 modules at 35×35") != nullptr);
    QVERIFY(itemNamed("AppText", "4 modules at 35×35") != nullptr);
}

void TestVersionsView::everyPairOfNetworks()
{
    m_fixture->resize(1280, 800);
    show(1);
    for (const QString& before : app().networks()) {
        app().versions()->setBefore(before);
        app().versions()->setAfter("googlenet");
        QTest::qWait(5);
        QCOMPARE(m_fixture->unreadable(), QString());
    }
}

void TestVersionsView::comparesTheModuleOnStage()
{
    app().setView("modules");
    app().setNetworkId("googlenet_bn");
    m_fixture->show("inception4b");
    app().compareModule();
    QTest::qWait(60);
    QCOMPARE(app().view(), QString("versions"));
    QVERIFY(itemNamed("AppText", "Inception 4b of GoogLeNet with batch norm") != nullptr);
    QVERIFY(itemNamed("AppText", "Naive Inception 4b of GoogLeNet") != nullptr);
    // Something that can't stand there says why.
    app().pair()->first()->setModule("fc");
    QTest::qWait(30);
    QVERIFY(itemNamed("AppText", "module inception_4b can't stand") == nullptr);
    app().pair()->second()->setModule("conv1");
    QTest::qWait(30);
}

void TestVersionsView::everythingHasAName()
{
    for (int tab = 0; tab < 3; ++tab) {
        show(tab);
        const QString nameless = m_fixture->nameless();
        QVERIFY2(nameless.isEmpty(), qPrintable(nameless));
    }
}

QTEST_MAIN(TestVersionsView)
#include "test_versions_view.moc"
