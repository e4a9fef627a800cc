#include "ui/window_fixture.h"

#include <QAccessible>
#include <QtTest>

using namespace inceptoscope;

/// The module on stage: its links, its ops up close, and layers that aren't maps.
class TestStage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void titlesOpenAllMaps();
    void mapsOfAnOpenedOp();
    void anotherModuleClosesThem();
    void neighboursAreLinks();
    void costsAreLinks();
    void questionInTheHeader();
    void scoresAreBars();
    void allScores();
    void openedOpsFit_data();
    void openedOpsFit();

private:
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::keyClick(&m_fixture->window(), key, modifiers);
    }
    void click(QQuickItem* item)
    {
        const QPoint at = item->mapToScene({item->width() / 2, item->height() / 2}).toPoint();
        QTest::mouseMove(&m_fixture->window(), at);
        QTest::mouseClick(&m_fixture->window(), Qt::LeftButton, {}, at);
    }
    /// The visible item of a type with that text.
    [[nodiscard]] QQuickItem* withText(const QString& type, const QString& text) const
    {
        for (QQuickItem* item : m_fixture->itemsOf(type))
            if (item->property("text").toString() == text)
                return item;
        return nullptr;
    }
    AppModel& app() { return m_fixture->app(); }
    std::unique_ptr<WindowFixture> m_fixture;
};

void TestStage::initTestCase()
{
    m_fixture = std::make_unique<WindowFixture>();
}

void TestStage::init()
{
    takeWarnings();
    app().setView("modules");
    app().channel()->close();
    app().stage()->closeOp();
    m_fixture->resize(1280, 800);
    m_fixture->window().setProperty("randomShown", false); // it lies over the lowest box
    m_fixture->show("inception_3a");
}

void TestStage::cleanup()
{
    const QStringList warnings = takeWarnings();
    QVERIFY2(warnings.isEmpty(), qPrintable(warnings.join('\n')));
}

void TestStage::titlesOpenAllMaps()
{
    QQuickItem* title = withText("OpTitle", QStringLiteral("5×5 conv"));
    QVERIFY(title);
    click(title);
    QVERIFY(app().stage()->opened());
    QCOMPARE(app().stage()->opened()->name(), "inception_3a/5x5");
    QTRY_COMPARE(m_fixture->itemsOf("OpStage").size(), 1);
    QVERIFY(m_fixture->itemsOf("OpBox").isEmpty());
    const QQuickItem* wall = m_fixture->itemsOf("WallItem").value(0);
    QVERIFY(wall);
    QTRY_COMPARE(wall->property("shown").toInt(), 32);
    // As large as the window allows.
    QVERIFY(wall->width() > 900 && wall->height() > 420);
    key(Qt::Key_Escape);
    QVERIFY(!app().stage()->opened());
    QTRY_VERIFY(m_fixture->itemsOf("OpBox").size() > 5);
    // The keys of the window work again at once.
    key(Qt::Key_Right);
    QCOMPARE(app().stage()->name(), "inception_3b");
}

void TestStage::mapsOfAnOpenedOp()
{
    app().stage()->openOp(app().stage()->output()->node());
    QTRY_COMPARE(m_fixture->itemsOf("OpStage").size(), 1);
    // The keyboard is where the maps are.
    key(Qt::Key_Right);
    key(Qt::Key_Return);
    QVERIFY(app().channel()->isOpen());
    QCOMPARE(app().channel()->channel(), 1);
    QTRY_VERIFY(m_fixture->itemsOf("OpStage").isEmpty());
    key(Qt::Key_Escape);
    QVERIFY(!app().channel()->isOpen());
    QTRY_COMPARE(m_fixture->itemsOf("OpStage").size(), 1);
    key(Qt::Key_Right);
    key(Qt::Key_Return);
    QCOMPARE(app().channel()->channel(), 2);
    key(Qt::Key_Escape);
    key(Qt::Key_Escape);
    QVERIFY(!app().stage()->opened());
}

void TestStage::anotherModuleClosesThem()
{
    app().stage()->openOp(app().stage()->output()->node());
    QTRY_COMPARE(m_fixture->itemsOf("OpStage").size(), 1);
    m_fixture->show("conv1");
    QVERIFY(!app().stage()->opened());
    QVERIFY(m_fixture->itemsOf("OpStage").isEmpty());
}

void TestStage::neighboursAreLinks()
{
    QQuickItem* from = withText("LinkText", "Max pool 2");
    QVERIFY(from);
    click(from);
    QCOMPARE(app().stage()->name(), "pool2");
    m_fixture->show("inception_4a");
    QVERIFY(withText("LinkText", "Auxiliary head 1") || withText("LinkText", "Auxiliary head 1,"));
    QQuickItem* to = withText("LinkText", "Inception 4b");
    if (!to)
        to = withText("LinkText", "Inception 4b,");
    QVERIFY(to);
    to->forceActiveFocus(Qt::TabFocusReason);
    key(Qt::Key_Return);
    QCOMPARE(app().stage()->name(), "inception_4b");
}

void TestStage::costsAreLinks()
{
    QQuickItem* macs = withText("LinkText", app().stage()->macsText());
    QVERIFY(macs);
    click(macs);
    QCOMPARE(app().view(), "costs");
    QCOMPARE(app().costs()->moduleOf(app().costs()->selected()), app().overview()->current());
}

void TestStage::questionInTheHeader()
{
    for (const QSize size : {QSize(1280, 800), QSize(940, 600)}) {
        m_fixture->resize(size.width(), size.height());
        QQuickItem* question = withText("AppButton", QStringLiteral("What does the 1×1 save?"));
        QVERIFY(question);
        const QRectF area = question->mapRectToScene(question->boundingRect());
        QVERIFY(area.left() > 0 && area.right() < size.width());
    }
    click(withText("AppButton", QStringLiteral("What does the 1×1 save?")));
    QCOMPARE(app().view(), "versions");
    QCOMPARE(app().pair()->second()->network(), "googlenet_naive");
    QCOMPARE(app().pair()->second()->module(), "inception_3a");
    app().setView("modules");
    m_fixture->resize(1280, 800);
    m_fixture->show("conv2");
    QVERIFY(!withText("AppButton", QStringLiteral("What does the 1×1 save?")));
}

void TestStage::scoresAreBars()
{
    for (const char* module : {"prob", "loss3"}) {
        m_fixture->show(module);
        QVERIFY(m_fixture->itemsOf("MapWall").isEmpty());
        const QList<QQuickItem*> rows = m_fixture->itemsOf("ScoreRow");
        QVERIFY(rows.size() > 10);
        OpItem* op = app().stage()->ops().last();
        double last = op->score(0)["value"].toDouble();
        for (int rank = 0; rank < 1000; ++rank) {
            QVERIFY(op->score(rank)["value"].toDouble() <= last);
            last = op->score(rank)["value"].toDouble();
        }
        QVERIFY(op->score(1000).isEmpty());
        QVERIFY(QAccessible::queryAccessibleInterface(rows.front())
                    ->text(QAccessible::Name)
                    .startsWith("class " + op->score(0)["channel"].toString()));
        const QString unreadable = m_fixture->unreadable();
        QVERIFY2(unreadable.isEmpty(), qPrintable(unreadable));
    }
}

void TestStage::allScores()
{
    m_fixture->show("prob");
    QQuickItem* more = nullptr;
    for (QQuickItem* link : m_fixture->itemsOf("LinkText"))
        if (link->property("text").toString().endsWith(" more"))
            more = link;
    QVERIFY(more);
    click(more);
    QTRY_COMPARE(m_fixture->itemsOf("OpStage").size(), 1);
    QTRY_VERIFY(m_fixture->itemsOf("ScoreRow").size() > 15);
    // A list gives the keyboard to its current row, and gets what that doesn't use.
    QQuickItem* list = m_fixture->window().activeFocusItem();
    while (list && !list->property("contentY").isValid())
        list = list->parentItem();
    QVERIFY(list);
    key(Qt::Key_End);
    QTRY_VERIFY(list->property("contentY").toDouble() > 20000);
    key(Qt::Key_Escape);
    QVERIFY(!app().stage()->opened());
}

void TestStage::openedOpsFit_data()
{
    QTest::addColumn<QSize>("size");
    QTest::newRow("940x470") << QSize(940, 470);
    QTest::newRow("1024x600") << QSize(1024, 600);
    QTest::newRow("1920x1080") << QSize(1920, 1080);
}

void TestStage::openedOpsFit()
{
    QFETCH(const QSize, size);
    m_fixture->resize(size.width(), size.height());
    for (const OpItem* op : app().stage()->ops()) {
        app().stage()->openOp(op->node());
        QTest::qWait(30);
        const QQuickItem* wall = m_fixture->itemsOf("WallItem").value(0);
        QVERIFY(wall);
        const QRectF area = wall->mapRectToScene(wall->boundingRect());
        QVERIFY(QRectF(QPointF(0, 0), size).contains(area));
        QTRY_COMPARE(wall->property("shown").toInt(), op->channels());
        app().stage()->closeOp();
    }
}

QTEST_MAIN(TestStage)
#include "test_stage.moc"
