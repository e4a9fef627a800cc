// One rule for going back, and one look each for what has the keyboard and for what is chosen.
#include "ui/window_fixture.h"

#include <QtTest>

#include <cmath>

using namespace inceptoscope;

class TestClosing : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void theTopmostFirst_data();
    void theTopmostFirst();
    void theNoticeThatStaysGoesLast();
    void pagesOverTheWindow();
    void everyPopup_data();
    void everyPopup();
    void nothingBehindAPopup();
    void theWayBackSaysWhereTo();
    void focusIsNoSelection_data();
    void focusIsNoSelection();
    void theWheelMovesTheStrip();
    void theWindowItself();

private:
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::keyClick(&m_fixture->window(), key, modifiers);
    }
    /// Menus, lists and dialogs that lie over the window, tips not counted.
    [[nodiscard]] int popups() const;
    QQuickItem* item(const QString& type) { return m_fixture->itemsOf(type).value(0); }
    [[nodiscard]] QList<QQuickItem*> rings() const;
    AppModel& app() { return m_fixture->app(); }
    std::unique_ptr<WindowFixture> m_fixture;
};

void TestClosing::initTestCase()
{
    m_fixture = std::make_unique<WindowFixture>();
}

void TestClosing::init()
{
    takeWarnings();
    m_fixture->resize(1280, 800);
    m_fixture->window().setProperty("randomShown", false);
    app().messages()->dismiss();
    app().channel()->close();
    app().stage()->closeOp();
    app().setView("modules");
    m_fixture->show("inception_3a");
}

void TestClosing::cleanup()
{
    const QStringList warnings = takeWarnings();
    QVERIFY2(warnings.isEmpty(), qPrintable(warnings.join('\n')));
}

QList<QQuickItem*> TestClosing::rings() const
{
    return m_fixture->itemsOf("FocusRing");
}

void TestClosing::theTopmostFirst_data()
{
    QTest::addColumn<int>("with");
    QTest::addColumn<bool>("control");
    QTest::addColumn<bool>("inToolbar");
    QTest::newRow("Esc in the view") << int(Qt::Key_Escape) << false << false;
    QTest::newRow("Esc in the toolbar") << int(Qt::Key_Escape) << false << true;
    QTest::newRow("Ctrl+W in the view") << int(Qt::Key_W) << true << false;
    QTest::newRow("Ctrl+W in the toolbar") << int(Qt::Key_W) << true << true;
}

/// Wherever the keyboard is: a message, then the map, then the op below it.
void TestClosing::theTopmostFirst()
{
    QFETCH(const int, with);
    QFETCH(const bool, control);
    QFETCH(const bool, inToolbar);
    const int node = app().stage()->output()->node();
    app().stage()->openOp(node);
    app().openChannel(node, 3);
    app().messages()->note("something came up");
    QTest::qWait(50);
    const auto press = [&] {
        if (inToolbar)
            item("MoreMenu")->forceActiveFocus(Qt::TabFocusReason);
        key(Qt::Key(with), control ? Qt::ControlModifier : Qt::NoModifier);
        QTest::qWait(20);
    };
    press();
    QVERIFY(app().messages()->text().isEmpty());
    QVERIFY(app().channel()->isOpen() && app().stage()->opened());
    press();
    QVERIFY(!app().channel()->isOpen() && app().stage()->opened());
    press();
    QVERIFY(!app().stage()->opened());
    QVERIFY(m_fixture->window().isVisible());
}

void TestClosing::theNoticeThatStaysGoesLast()
{
    m_fixture->window().setProperty("randomShown", true);
    app().openChannel(app().stage()->output()->node(), 3);
    QTest::qWait(50);
    key(Qt::Key_Escape);
    QVERIFY(!app().channel()->isOpen());
    QVERIFY(m_fixture->window().property("randomShown").toBool());
    key(Qt::Key_Escape);
    QVERIFY(!m_fixture->window().property("randomShown").toBool());
    // In another view, what is open among the modules stays.
    app().openChannel(app().stage()->output()->node(), 3);
    app().setView("costs");
    QTest::qWait(50);
    key(Qt::Key_Escape);
    QVERIFY(app().channel()->isOpen());
}

void TestClosing::pagesOverTheWindow()
{
    const auto pages = [this] {
        int count = 0;
        for (const QQuickItem* one : m_fixture->items())
            count += one->inherits("QQuickPopupItem") && one->opacity() > 0.9 ? 1 : 0;
        return count;
    };
    app().openChannel(app().stage()->output()->node(), 3);
    for (const Qt::Key opens : {Qt::Key_I, Qt::Key_F1, Qt::Key_K}) {
        key(opens, opens == Qt::Key_K ? Qt::ControlModifier : Qt::NoModifier);
        QTRY_COMPARE(pages(), 1);
        key(Qt::Key_W, Qt::ControlModifier);
        QTRY_COMPARE(pages(), 0);
        QVERIFY2(app().channel()->isOpen(), qPrintable(QKeySequence(opens).toString()));
    }
}

int TestClosing::popups() const
{
    int count = 0;
    for (const QQuickItem* one : m_fixture->items())
        count +=
            one->inherits("QQuickPopupItem") && !one->parent()->inherits("QQuickToolTip") ? 1 : 0;
    return count;
}

void TestClosing::everyPopup_data()
{
    QTest::addColumn<QString>("what");
    QTest::addColumn<bool>("control");
    for (const char* what :
         {"MoreMenu", "LiveButton", "MemoryFact", "Picker", "SaveDialog", "help", "search",
          "network", "fetch"})
        for (const bool control : {false, true})
            QTest::addRow("%s with %s", what, control ? "Ctrl+W" : "Esc")
                << QString(what) << control;
}

/// The topmost goes, and only that: neither the notice nor the map behind it.
void TestClosing::everyPopup()
{
    QFETCH(const QString, what);
    QFETCH(const bool, control);
    m_fixture->window().setProperty("randomShown", true);
    app().run()->setMemory({.weights = 5 << 20});
    app().openChannel(app().stage()->output()->node(), 3);
    QTest::qWait(50);
    const auto press = [&](QQuickItem* one) {
        QVERIFY2(one, qPrintable(what));
        one->forceActiveFocus(Qt::TabFocusReason);
        key(Qt::Key_Space);
    };
    if (what == "help")
        key(Qt::Key_F1);
    else if (what == "search")
        key(Qt::Key_K, Qt::ControlModifier);
    else if (what == "network")
        key(Qt::Key_I);
    else if (what == "SaveDialog")
        key(Qt::Key_S, Qt::ControlModifier);
    else if (what == "LiveButton")
        key(Qt::Key_V);
    else if (what == "fetch") {
        for (QObject* object : m_fixture->window().findChildren<QObject*>())
            if (QString::fromLatin1(object->metaObject()->className())
                    .startsWith("FetchDialog_QML"))
                QMetaObject::invokeMethod(object, "open");
    } else {
        press(item(what));
    }
    QTRY_COMPARE(popups(), 1);
    QTest::qWait(300); // it has faded in
    key(control ? Qt::Key_W : Qt::Key_Escape, control ? Qt::ControlModifier : Qt::NoModifier);
    QTRY_COMPARE(popups(), 0);
    QVERIFY(app().channel()->isOpen());
    QVERIFY(m_fixture->window().property("randomShown").toBool());
    QVERIFY(m_fixture->window().isVisible());
    // Then what is behind it.
    key(control ? Qt::Key_W : Qt::Key_Escape, control ? Qt::ControlModifier : Qt::NoModifier);
    QTRY_VERIFY(!app().channel()->isOpen());
}

/// Also where the keyboard isn't in it: a new view takes it, for instance.
void TestClosing::nothingBehindAPopup()
{
    app().openChannel(app().stage()->output()->node(), 3);
    key(Qt::Key_I);
    QTRY_COMPARE(popups(), 1);
    QTest::qWait(300);
    app().setView("costs");
    app().setView("modules");
    QTest::qWait(50);
    const bool dark = app().settings()->dark();
    key(Qt::Key_T);
    QCOMPARE(app().settings()->dark(), dark);
    key(Qt::Key_Escape);
    QTRY_COMPARE(popups(), 0);
    QVERIFY(app().channel()->isOpen());
    key(Qt::Key_T);
    QCOMPARE(app().settings()->dark(), !dark);
    app().settings()->setDark(dark);
}

/// Over all maps of an op, a map up close leads back to these.
void TestClosing::theWayBackSaysWhereTo()
{
    const int node = app().stage()->output()->node();
    const auto said = [this] {
        for (const QQuickItem* button : m_fixture->itemsOf("AppButton"))
            if (button->property("glyph") == "close" && item("ChannelHeader")->isAncestorOf(button))
                return button->property("tip").toString();
        return QString();
    };
    app().openChannel(node, 3);
    QTRY_COMPARE(said(), QString("Back to module (Esc)"));
    app().channel()->close();
    app().stage()->openOp(node);
    app().openChannel(node, 3);
    QTRY_COMPARE(said(), QString("Back to all maps (Esc)"));
}

static double luminance(const QColor& colour)
{
    const auto linear = [](double c) {
        return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) +
           0.0722 * linear(colour.blueF());
}

/// As WCAG 2.1 defines it.
static double contrast(const QColor& a, const QColor& b)
{
    const double x = luminance(a) + 0.05;
    const double y = luminance(b) + 0.05;
    return std::max(x, y) / std::min(x, y);
}

void TestClosing::focusIsNoSelection_data()
{
    QTest::addColumn<bool>("dark");
    QTest::newRow("dark") << true;
    QTest::newRow("light") << false;
}

/// What is chosen is filled, without a ring; the keyboard's ring has a colour of its own that is
/// seen on both.
void TestClosing::focusIsNoSelection()
{
    QFETCH(const bool, dark);
    app().settings()->setDark(dark);
    key(Qt::Key_Escape);
    QTest::qWait(50);
    QVERIFY(rings().isEmpty());
    QList<QQuickItem*> chosen;
    for (QQuickItem* fill : m_fixture->itemsOf("SelectionFill"))
        if (fill->property("selected").toBool())
            chosen << fill;
    QVERIFY(chosen.size() >= 2); // of the views and of the modules
    QQuickItem* card = nullptr;
    for (QQuickItem* one : m_fixture->itemsOf("ModuleCard"))
        if (!one->property("current").toBool())
            card = one;
    QVERIFY(card);
    card->forceActiveFocus(Qt::TabFocusReason);
    QTRY_COMPARE(rings().size(), 1);
    const auto ring =
        rings().front()->property("border").value<QObject*>()->property("color").value<QColor>();
    const auto filled = chosen.front()->property("color").value<QColor>();
    const auto panel = item("OverviewStrip")->property("color").value<QColor>();
    QVERIFY(contrast(ring, panel) >= 3);
    QVERIFY(contrast(ring, filled) >= 3);
    // Not only by its shape: the hues are far apart.
    const QColor bar = chosen.front()->childItems().value(0)->property("color").value<QColor>();
    const int apart = std::abs(ring.hsvHue() - bar.hsvHue());
    QVERIFY2(std::min(apart, 360 - apart) > 30, qPrintable(QString::number(apart)));
    app().settings()->setDark(true);
}

/// The wheel, whichever way it turns, moves the strip where it is longer than the window.
void TestClosing::theWheelMovesTheStrip()
{
    app().setNetworkId("inception_resnet_v2");
    m_fixture->resize(740, 560);
    m_fixture->show("input");
    QQuickItem* strip = item("OverviewStrip");
    QQuickItem* flick = nullptr;
    for (QQuickItem* one : WindowFixture::itemsIn(*strip))
        if (one->inherits("QQuickFlickable"))
            flick = one;
    QVERIFY(flick);
    const double most = flick->property("contentWidth").toReal() - flick->width();
    QVERIFY2(most > 50, qPrintable(QString::number(most)));
    const QPointF at = strip->mapToScene({strip->width() / 2, strip->height() / 2});
    const auto turn = [&](QPoint angle) {
        QWheelEvent event(
            at, m_fixture->window().mapToGlobal(at), {}, angle, Qt::NoButton, Qt::NoModifier,
            Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(&m_fixture->window(), &event);
        QTest::qWait(30);
        return flick->property("contentX").toReal();
    };
    const double first = turn({0, -120});
    QVERIFY2(first > 20, qPrintable(QString::number(first)));
    QVERIFY(turn({0, 120}) < first);
    (void)turn({0, 1200});
    QCOMPARE(flick->property("contentX").toReal(), 0.0);
    QVERIFY(turn({-120, 0}) > 20); // a wheel that tilts
    for (int i = 0; i < 20; ++i)
        (void)turn({0, -120});
    QVERIFY(std::abs(flick->property("contentX").toReal() - most) < 2);
    app().setNetworkId("googlenet");
}

/// Where nothing is on top of it, Ctrl+W closes the window; Esc never does.
void TestClosing::theWindowItself()
{
    key(Qt::Key_Escape);
    key(Qt::Key_Escape);
    QVERIFY(m_fixture->window().isVisible());
    key(Qt::Key_W, Qt::ControlModifier);
    QTRY_VERIFY(!m_fixture->window().isVisible());
}

QTEST_MAIN(TestClosing)
#include "test_closing.moc"
