#include "models/items/chart_item.h"
#include "ui/window_fixture.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QtTest>

using namespace inceptoscope;

/// The Costs view in the program's window.
class TestCostsView : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void keysSwitchViews();
    void theViewIsRemembered();
    void nothingIsCutOff_data();
    void nothingIsCutOff();
    void tableAndIcicleShareTheSelection();
    void enterGoesToTheModule();
    void tabsHaveNamesOfTheirOwn();
    void longNamesStayTold();
    void headersSort();
    void filterNarrows();
    void rooflineSelects();
    void copies();
    void everythingHasAName();

private:
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::keyClick(&m_fixture->window(), key, modifiers);
    }
    AppModel& app() { return m_fixture->app(); }
    CostsModel& costs() { return *app().costs(); }
    /// The chart on screen.
    [[nodiscard]] ChartItem* chart() const
    {
        return qobject_cast<ChartItem*>(m_fixture->itemsOf("ChartItem").value(0));
    }
    [[nodiscard]] int part(const std::string& name) const
    {
        const auto& parts = m_fixture->app().costs()->costs().parts;
        for (size_t i = 0; i < parts.size(); ++i)
            if (parts[i].name == name)
                return int(i);
        return -1;
    }
    std::unique_ptr<WindowFixture> m_fixture;
};

void TestCostsView::initTestCase()
{
    m_fixture = std::make_unique<WindowFixture>();
}

void TestCostsView::init()
{
    takeWarnings();
    m_fixture->resize(1280, 800);
    app().setView("modules");
    m_fixture->show("inception_3a");
    costs().setPeaks({.fmaGflops = 70, .readGBs = 10});
    costs().table()->setLevel(int(PartLevel::Module));
    costs().table()->setFilter({});
    app().settings()->setCostsTab(0);
    app().setView("costs");
    QTRY_COMPARE(m_fixture->itemsOf("CostsView").size(), 1);
    QTest::qWait(50);
}

void TestCostsView::cleanup()
{
    const QStringList warnings = takeWarnings();
    QVERIFY2(warnings.isEmpty(), qPrintable(warnings.join('\n')));
}

void TestCostsView::keysSwitchViews()
{
    key(Qt::Key_1);
    QTRY_COMPARE(m_fixture->itemsOf("StageDiagram").size(), 1);
    QVERIFY(m_fixture->itemsOf("CostsView").isEmpty());
    key(Qt::Key_3);
    QTRY_COMPARE(m_fixture->itemsOf("VersionsView").size(), 1);
    key(Qt::Key_2, Qt::ControlModifier);
    QTRY_COMPARE(m_fixture->itemsOf("CostsView").size(), 1);
    QVERIFY(m_fixture->itemsOf("StageDiagram").isEmpty());
    // Keys of the modules don't reach them from here.
    const int module = app().overview()->current();
    key(Qt::Key_End);
    key(Qt::Key_Space);
    QCOMPARE(app().overview()->current(), module);
    QVERIFY(!app().overview()->playing());
}

void TestCostsView::theViewIsRemembered()
{
    QCOMPARE(app().settings()->view(), "costs");
    app().setView("nonsense");
    QCOMPARE(app().view(), "costs");
}

void TestCostsView::nothingIsCutOff_data()
{
    QTest::addColumn<QSize>("size");
    QTest::addColumn<int>("tab");
    for (const QSize size : {QSize(1280, 800), QSize(1920, 1080)})
        for (int tab = 0; tab < 3; ++tab)
            QTest::newRow(qPrintable(QStringLiteral("%1, tab %2").arg(size.width()).arg(tab)))
                << size << tab;
}

void TestCostsView::nothingIsCutOff()
{
    QFETCH(const QSize, size);
    QFETCH(const int, tab);
    m_fixture->resize(size.width(), size.height());
    app().settings()->setCostsTab(tab);
    costs().setSelected(part("inception_4a"));
    QTest::qWait(100);
    const QString unreadable = m_fixture->unreadable();
    QVERIFY2(unreadable.isEmpty(), qPrintable(unreadable));
    ChartItem* item = chart();
    QVERIFY(item && item->count() > 2);
    const std::vector<DrawnText> texts = item->drawing().texts();
    QVERIFY(texts.size() > 5);
    const QRectF room({0, 0}, item->size());
    for (size_t i = 0; i < texts.size(); ++i) {
        QVERIFY2(room.contains(texts[i].box), qPrintable(texts[i].text));
        for (size_t j = 0; j < i; ++j)
            QVERIFY2(
                !texts[i]
                     .box.adjusted(1, 2, -1, -2)
                     .intersects(texts[j].box.adjusted(1, 2, -1, -2)),
                qPrintable(texts[i].text + " over " + texts[j].text));
    }
    if (tab == 0)
        QVERIFY(m_fixture->itemsOf("CostRow").size() > 10);
}

void TestCostsView::tableAndIcicleShareTheSelection()
{
    QQuickItem* table = m_fixture->itemsOf("CostTableView").front();
    table->forceActiveFocus(Qt::TabFocusReason);
    key(Qt::Key_Home);
    const int first = costs().selected();
    QVERIFY(first > 0);
    key(Qt::Key_Down);
    QCOMPARE(costs().selected(), costs().table()->partAt(1));
    QCOMPARE(chart()->selected(), QList<int>{costs().selected()});
    // And the other way: a click on an op's cell selects its module's row.
    const int op = part("inception_3b/3x3");
    const QPointF at = chart()->mapToScene(chart()->areaOf(part("inception_3b/3x3")).center());
    QTest::mouseClick(&m_fixture->window(), Qt::LeftButton, {}, at.toPoint());
    QVERIFY(costs().selected() == op || costs().selected() > 0);
    const int row = costs().table()->rowOf(costs().selected());
    QCOMPARE(costs().table()->partAt(row), part("inception_3b"));
}

void TestCostsView::enterGoesToTheModule()
{
    costs().setSelected(part("inception_4c"));
    m_fixture->itemsOf("CostTableView").front()->forceActiveFocus(Qt::TabFocusReason);
    key(Qt::Key_Return);
    QCOMPARE(app().view(), "modules");
    QCOMPARE(app().stage()->name(), "inception_4c");
    QTRY_COMPARE(m_fixture->itemsOf("StageDiagram").size(), 1);
    key(Qt::Key_Right); // the keyboard works there at once
    QCOMPARE(app().stage()->name(), "inception_4d");
}

void TestCostsView::tabsHaveNamesOfTheirOwn()
{
    QStringList names;
    for (QQuickItem* item : m_fixture->itemsOf("AppText")) {
        const QQuickItem* option = item->parentItem();
        const QQuickItem* bar = m_fixture->itemsOf("CostsBar").value(0);
        if (option && option->inherits("QQuickAbstractButton") && bar->isAncestorOf(item))
            names << item->property("text").toString();
    }
    QVERIFY(names.contains("Roofline") && names.contains("Ops"));
    QStringList once = names;
    once.removeDuplicates();
    QCOMPARE(once, names);
}

/// In a narrow window an op's name keeps its end, which is what it differs by.
void TestCostsView::longNamesStayTold()
{
    app().setNetworkId("inception_resnet_v2");
    costs().table()->setLevel(int(PartLevel::Op));
    for (const int width : {960, 1280, 1920}) {
        m_fixture->resize(width, 700);
        QTest::qWait(60);
        int cut = 0;
        for (const QQuickItem* row : m_fixture->itemsOf("CostRow"))
            for (QQuickItem* item : m_fixture->itemsOf("AppText"))
                if (row->isAncestorOf(item) && item->property("truncated").toBool()) {
                    QCOMPARE(item->property("elide").toInt(), int(Qt::ElideLeft));
                    ++cut;
                }
        if (width == 1920) // there is room for all of them
            QCOMPARE(cut, 0);
    }
    app().setNetworkId("googlenet");
}

void TestCostsView::headersSort()
{
    const QQuickItem* header = m_fixture->itemsOf("CostHeader").front();
    QQuickItem* macs = nullptr;
    for (QQuickItem* child : header->childItems())
        if (child->property("modelData").toMap()["title"].toString() == "MACs")
            macs = child;
    QVERIFY(macs);
    macs->forceActiveFocus(Qt::TabFocusReason);
    key(Qt::Key_Return);
    QCOMPARE(costs().table()->sortColumn(), 1);
    const auto& parts = costs().costs().parts;
    for (int row = 1; row < costs().table()->count(); ++row)
        QVERIFY(
            parts[size_t(costs().table()->partAt(row - 1))].cost.macs >=
            parts[size_t(costs().table()->partAt(row))].cost.macs);
    key(Qt::Key_Return);
    key(Qt::Key_Return);
    QCOMPARE(costs().table()->sortColumn(), -1);
}

void TestCostsView::filterNarrows()
{
    const int all = costs().table()->count();
    QQuickItem* field = m_fixture->itemsOf("SearchField").front();
    field->forceActiveFocus(Qt::TabFocusReason);
    key(Qt::Key_4);
    key(Qt::Key_A);
    QCOMPARE(app().view(), "costs"); // the figure went into the field
    QCOMPARE(costs().table()->filter(), "4a");
    QCOMPARE(costs().table()->count(), 1);
    key(Qt::Key_Escape);
    QCOMPARE(costs().table()->count(), all);
}

void TestCostsView::rooflineSelects()
{
    app().settings()->setCostsTab(2);
    QTRY_VERIFY(chart() && chart()->count() > 50);
    QTest::qWait(50);
    QPointF at;
    const auto pointed = [&] { // it may still be laid out
        at = chart()->mapToScene(chart()->areaOf(3).center());
        QTest::mouseMove(&m_fixture->window(), at.toPoint() + QPoint(1, 1));
        QTest::mouseMove(&m_fixture->window(), at.toPoint());
        return chart()->hovered() >= 0;
    };
    QTRY_VERIFY(pointed());
    QVERIFY(chart()->hoveredTip().contains("FLOP/byte"));
    QVERIFY(chart()->hoveredTip().contains("GFLOP/s"));
    QTest::mouseClick(&m_fixture->window(), Qt::LeftButton, {}, at.toPoint());
    QVERIFY(costs().selectedDot() >= 0);
    const int before = costs().selectedDot();
    key(Qt::Key_Right);
    QVERIFY(costs().selectedDot() != before);
}

void TestCostsView::copies()
{
    key(Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(), costs().table()->tsv());
}

void TestCostsView::everythingHasAName()
{
    for (int tab = 0; tab < 3; ++tab) {
        app().settings()->setCostsTab(tab);
        QTest::qWait(30);
        const QString nameless = m_fixture->nameless();
        QVERIFY2(nameless.isEmpty(), qPrintable(nameless));
    }
}

QTEST_MAIN(TestCostsView)
#include "test_costs_view.moc"
