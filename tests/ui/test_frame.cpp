// The frame around the views: rail, keys, search, back and forward.
#include "ui/window_fixture.h"
#include "ui/window_geometry.h"

#include "address/views.h"

#include <QAccessible>
#include <QClipboard>
#include <QGuiApplication>
#include <QtTest>

using namespace inceptoscope;

class TestFrame : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void railShowsTheViews();
    void keysShowTheViews();
    void searchByKeyboardAlone();
    void searchRunsCommands();
    void searchGoesToAddresses();
    void searchInBothThemes();
    void backAndForward();
    void copiesTheAddress();
    void textSizeStepsFromWhatIsShown();
    void keysPageIsTrue();

private:
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::keyClick(&m_fixture->window(), key, modifiers);
        QTest::qWait(5);
    }
    void type(const char* text)
    {
        for (const char* c = text; *c != 0; ++c)
            QTest::keyClick(&m_fixture->window(), *c);
        QTest::qWait(5);
    }
    void openSearch();
    AppModel& app() { return m_fixture->app(); }
    std::unique_ptr<WindowFixture> m_fixture;
};

void TestFrame::initTestCase()
{
    m_fixture = std::make_unique<WindowFixture>();
}

void TestFrame::init()
{
    takeWarnings();
    app().messages()->dismiss();
    app().channel()->close();
    app().setNetworkId("googlenet");
    app().setView("modules");
    m_fixture->resize(1280, 800);
    m_fixture->show("inception_3a");
}

void TestFrame::cleanup()
{
    const QStringList warnings = takeWarnings();
    QVERIFY2(warnings.isEmpty(), qPrintable(warnings.join('\n')));
}

void TestFrame::railShowsTheViews()
{
    QQuickItem* rail = m_fixture->itemsOf("NavigationRail").value(0);
    QVERIFY(rail);
    QList<QQuickItem*> entries;
    for (QQuickItem* item : WindowFixture::itemsIn(*rail))
        if (item->property("modelData").isValid() && item->inherits("QQuickAbstractButton"))
            entries << item;
    QCOMPARE(entries.size(), windowViews().size());
    for (qsizetype i = 0; i < entries.size(); ++i) {
        const QPointF middle =
            entries[i]->mapToScene({entries[i]->width() / 2, entries[i]->height() / 2});
        QTest::mouseClick(&m_fixture->window(), Qt::LeftButton, {}, middle.toPoint());
        QCOMPARE(app().view(), windowViews()[i].id);
        QVERIFY(entries[i]->property("current").toBool());
        const QAccessibleInterface* face = QAccessible::queryAccessibleInterface(entries[i]);
        QCOMPARE(face->text(QAccessible::Name), windowViews()[i].title);
    }
    QTRY_COMPARE(m_fixture->itemsOf("LessonsView").size(), 1);
}

void TestFrame::keysShowTheViews()
{
    for (qsizetype i = windowViews().size() - 1; i >= 0; --i) {
        key(Qt::Key(Qt::Key_1 + i));
        QCOMPARE(app().view(), windowViews()[i].id);
    }
    key(Qt::Key_9); // not there yet
    QCOMPARE(app().view(), "modules");
    key(Qt::Key_2, Qt::ControlModifier);
    QCOMPARE(app().view(), "costs");
}

void TestFrame::openSearch()
{
    key(Qt::Key_K, Qt::ControlModifier);
    QTRY_COMPARE(m_fixture->itemsOf("SearchHit").isEmpty(), false);
    QTRY_VERIFY(app().search()->ready());
}

void TestFrame::searchByKeyboardAlone()
{
    key(Qt::Key_2);
    openSearch();
    type("inception 4c");
    QTRY_VERIFY(!m_fixture->itemsOf("SearchHit").isEmpty());
    QQuickItem* first = m_fixture->itemsOf("SearchHit").front();
    QCOMPARE(first->property("title"), "Inception 4c");
    QCOMPARE(first->property("kind"), "Module");
    QVERIFY(first->property("current").toBool());
    key(Qt::Key_Down);
    QVERIFY(!first->property("current").toBool());
    key(Qt::Key_Up);
    key(Qt::Key_Return);
    QTRY_VERIFY(m_fixture->itemsOf("SearchHit").isEmpty());
    QCOMPARE(app().view(), "modules");
    QCOMPARE(app().stage()->name(), "inception_4c");
    key(Qt::Key_Right); // and the keyboard is the window's again
    QCOMPARE(app().stage()->name(), "inception_4d");
    openSearch();
    key(Qt::Key_Escape);
    QTRY_VERIFY(m_fixture->itemsOf("SearchHit").isEmpty());
    QCOMPARE(app().stage()->name(), "inception_4d");
}

void TestFrame::searchRunsCommands()
{
    const bool dark = app().settings()->dark();
    openSearch();
    type("theme");
    key(Qt::Key_Return);
    QTRY_COMPARE(app().settings()->dark(), !dark);
    app().settings()->setDark(dark);
    openSearch();
    type("keys and");
    key(Qt::Key_Return);
    const auto pageOfKeys = [this] {
        const QList<QQuickItem*> texts = m_fixture->itemsOf("AppText");
        return std::any_of(texts.begin(), texts.end(), [](const QQuickItem* text) {
            return text->property("text") == "Ctrl+Shift+L";
        });
    };
    QTRY_VERIFY(pageOfKeys());
    QTest::qWait(250);
    key(Qt::Key_Escape);
    QTRY_VERIFY(!pageOfKeys());
    openSearch();
    type("nothing has this name");
    QVERIFY(m_fixture->itemsOf("SearchHit").isEmpty());
    key(Qt::Key_Return); // nothing happens
    key(Qt::Key_Escape);
    QCOMPARE(app().stage()->name(), "inception_3a");
}

void TestFrame::searchGoesToAddresses()
{
    openSearch();
    QGuiApplication::clipboard()->setText("inceptoscope:network=inception_v3&module=Mixed_5b");
    key(Qt::Key_V, Qt::ControlModifier);
    key(Qt::Key_Return);
    QTRY_COMPARE(app().stage()->name(), "Mixed_5b");
    openSearch();
    QGuiApplication::clipboard()->setText("inceptoscope:module=kitchen");
    key(Qt::Key_V, Qt::ControlModifier);
    key(Qt::Key_Return);
    QTRY_COMPARE(app().messages()->text(), "address: the network has no module \"kitchen\"");
    QCOMPARE(app().stage()->name(), "Mixed_5b");
}

void TestFrame::searchInBothThemes()
{
    for (const bool dark : {true, false}) {
        app().settings()->setDark(dark);
        for (const QSize size : {QSize(800, 600), QSize(1280, 800), QSize(1920, 1080)}) {
            m_fixture->resize(size.width(), size.height());
            openSearch();
            for (const char* query : {"", "3x3", "inc"}) {
                type(query);
                QTest::qWait(60);
                QList<QQuickItem*> inside;
                for (QQuickItem* item : m_fixture->items())
                    if (item->inherits("QQuickPopupItem"))
                        inside = WindowFixture::itemsIn(*item);
                QVERIFY(inside.size() > 20);
                const QStringList faults = geometryFaults(inside, m_fixture->window().size());
                QVERIFY2(faults.isEmpty(), qPrintable(faults.join('\n')));
                for (int i = 0; i < 4; ++i)
                    key(Qt::Key_Backspace);
            }
            key(Qt::Key_Escape);
        }
    }
    app().settings()->setDark(true);
}

void TestFrame::backAndForward()
{
    QTest::qWait(5);
    key(Qt::Key_Right);
    key(Qt::Key_2);
    key(Qt::Key_Left, Qt::AltModifier);
    QCOMPARE(app().view(), "modules");
    QCOMPARE(app().stage()->name(), "inception_3b");
    key(Qt::Key_Left, Qt::AltModifier);
    QCOMPARE(app().stage()->name(), "inception_3a");
    key(Qt::Key_Right, Qt::AltModifier);
    key(Qt::Key_Right, Qt::AltModifier);
    QCOMPARE(app().view(), "costs");
    // The buttons of a mouse's thumb, over a chart that has clicks of its own.
    QTest::mouseClick(&m_fixture->window(), Qt::BackButton, {}, {900, 500});
    QCOMPARE(app().view(), "modules");
    QTest::mouseClick(&m_fixture->window(), Qt::ForwardButton, {}, {900, 500});
    QCOMPARE(app().view(), "costs");
}

void TestFrame::copiesTheAddress()
{
    key(Qt::Key_L, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(), app().places()->addressText());
    QVERIFY(QGuiApplication::clipboard()->text().contains("module=inception_3a"));
    QTRY_VERIFY(m_fixture->itemsOf("Toast").size() == 1);
}

/// What a small window had no room for is no step on the way back.
void TestFrame::textSizeStepsFromWhatIsShown()
{
    m_fixture->resize(1280, 720);
    for (int i = 0; i < 12; ++i)
        key(Qt::Key_Plus, Qt::ControlModifier);
    QVERIFY(app().settings()->textScale() < 1.4);
    app().settings()->setTextScale(1.8); // as a larger window left it
    key(Qt::Key_Minus, Qt::ControlModifier);
    QCOMPARE(app().settings()->textScale(), 1.2);
    key(Qt::Key_0, Qt::ControlModifier);
    QCOMPARE(app().settings()->textScale(), 1.0);
}

void TestFrame::keysPageIsTrue()
{
    key(Qt::Key_F1);
    QTest::qWait(250);
    QStringList texts;
    for (QQuickItem* item : m_fixture->itemsOf("AppText"))
        texts << item->property("text").toString();
    for (const char* keys : {"Ctrl+K", "Ctrl+Q", "Alt+Left", "Ctrl+Shift+L", "Ctrl+O", "Ctrl+Plus"})
        QVERIFY2(texts.contains(keys), keys);
    for (qsizetype i = 0; i < windowViews().size(); ++i)
        QVERIFY(texts.contains(QString::number(i + 1)) && texts.contains(windowViews()[i].title));
    key(Qt::Key_Escape);
    QTest::qWait(250);
}

QTEST_MAIN(TestFrame)
#include "test_frame.moc"
