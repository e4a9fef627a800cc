#include "ui/window_fixture.h"
#include "ui/window_geometry.h"

#include <QSignalSpy>
#include <QtTest>

using namespace inceptoscope;

/// The open dialog, by keyboard and mouse.
class TestOpening : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void byArrows();
    void byItsPath();
    void byTheMouse();
    void theFirstPicture();
    void throughFolders();
    void aLetterFindsAName();
    void whatIsNotThere();
    void nothingChosen();
    void legible_data();
    void legible();

private:
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::keyClick(&m_fixture->window(), key, modifiers);
    }
    void type(const QString& text)
    {
        for (const QChar letter : text)
            QTest::keyClick(&m_fixture->window(), letter.toLatin1());
    }
    [[nodiscard]] QObject* dialog() const
    {
        for (QObject* object : m_fixture->window().findChildren<QObject*>())
            if (QString::fromLatin1(object->metaObject()->className()).startsWith("OpenDialog_QML"))
                return object;
        return nullptr;
    }
    [[nodiscard]] bool isOpen() const { return dialog() && dialog()->property("visible").toBool(); }
    /// Asks for a picture, in the test's folder, with the keyboard in the list.
    void ask()
    {
        key(Qt::Key_O, Qt::ControlModifier);
        QTRY_VERIFY(isOpen());
        opener().setFolder(m_folder->path());
        QTRY_VERIFY(list() && list()->hasActiveFocus());
        QTRY_COMPARE(list()->property("count").toInt(), 4);
    }
    [[nodiscard]] QQuickItem* list() const
    {
        const QList<QQuickItem*> lists = m_fixture->itemsOf("FolderList");
        return lists.isEmpty() ? nullptr : lists.first();
    }
    [[nodiscard]] QQuickItem* entry(const QString& name) const
    {
        for (QQuickItem* item : m_fixture->items())
            if (item->property("modelData").toString() == name)
                return item;
        return nullptr;
    }
    void click(QQuickItem* item)
    {
        const QPoint at = item->mapToScene({item->width() / 2, item->height() / 2}).toPoint();
        QTest::mouseMove(&m_fixture->window(), at);
        QTest::mouseClick(&m_fixture->window(), Qt::LeftButton, {}, at);
    }
    AppModel& app() { return m_fixture->app(); }
    OpenModel& opener() { return *m_fixture->app().opener(); }
    [[nodiscard]] QString shown() { return QFileInfo(app().pictures()->name()).fileName(); }

    std::unique_ptr<WindowFixture> m_fixture;
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestOpening::initTestCase()
{
    m_fixture = std::make_unique<WindowFixture>();
    m_folder = std::make_unique<QTemporaryDir>();
    QDir(m_folder->path()).mkdir("more");
    for (const char* name : {"apple.png", "berry.png", "cherry.png"}) {
        QImage picture(64, 40, QImage::Format_RGB32);
        picture.fill(Qt::red);
        picture.save(m_folder->filePath(name));
    }
}

void TestOpening::init()
{
    m_fixture->resize(1280, 800);
    m_fixture->show("inception_3a");
    app().setView("modules");
    takeWarnings();
}

void TestOpening::cleanup()
{
    if (isOpen())
        key(Qt::Key_Escape);
    QTRY_VERIFY(!isOpen());
    const QStringList warnings = takeWarnings();
    QVERIFY2(warnings.isEmpty(), qPrintable(warnings.join('\n')));
}

void TestOpening::byArrows()
{
    ask();
    key(Qt::Key_Down); // from the folder to the first picture
    key(Qt::Key_Down);
    QTRY_VERIFY(!opener().preview().isNull());
    QVERIFY(opener().facts().startsWith("64 × 40 pixels"));
    key(Qt::Key_Return);
    QTRY_VERIFY(!isOpen());
    QTRY_COMPARE(shown(), "berry.png");
    // The keys are the window's again.
    key(Qt::Key_Right);
    QCOMPARE(app().stage()->name(), "inception_3b");
}

void TestOpening::byItsPath()
{
    ask();
    for (QQuickItem* item : m_fixture->itemsOf("LineField"))
        if (item->property("name").toString().startsWith("Name"))
            item->forceActiveFocus(Qt::TabFocusReason);
    type(m_folder->filePath("cherry.png"));
    key(Qt::Key_Return);
    QTRY_VERIFY(!isOpen());
    QTRY_COMPARE(shown(), "cherry.png");
}

void TestOpening::byTheMouse()
{
    ask();
    QVERIFY(entry("apple.png"));
    click(entry("apple.png")); // once to look at it
    QTRY_VERIFY(!opener().preview().isNull());
    QVERIFY(isOpen());
    for (QQuickItem* item : m_fixture->itemsOf("AppButton"))
        if (item->property("text") == "Open" && item->isEnabled())
            click(item);
    QTRY_VERIFY(!isOpen());
    QTRY_COMPARE(shown(), "apple.png");
}

/// What the list marks from the start is what is seen beside it and what Open opens.
void TestOpening::theFirstPicture()
{
    const QTemporaryDir only;
    QVERIFY(QFile::copy(m_folder->filePath("berry.png"), only.filePath("alone.png")));
    app().settings()->rememberOpenFolder("picture", only.path());
    key(Qt::Key_O, Qt::ControlModifier);
    QTRY_VERIFY(isOpen());
    QTRY_VERIFY(!opener().preview().isNull());
    for (QQuickItem* item : m_fixture->itemsOf("AppButton"))
        if (item->property("text") == "Open" && item->isEnabled())
            click(item);
    QTRY_VERIFY(!isOpen());
    QTRY_COMPARE(shown(), "alone.png");
}

void TestOpening::throughFolders()
{
    ask();
    click(entry("more"));
    QTRY_COMPARE(opener().folder(), m_folder->filePath("more"));
    QTRY_COMPARE(list()->property("count").toInt(), 0);
    list()->forceActiveFocus(Qt::TabFocusReason);
    key(Qt::Key_Backspace);
    QTRY_COMPARE(opener().folder(), m_folder->path());
    QVERIFY(isOpen());
}

void TestOpening::aLetterFindsAName()
{
    ask();
    key(Qt::Key_C);
    QCOMPARE(list()->property("currentIndex").toInt(), 3);
    key(Qt::Key_A);
    QCOMPARE(list()->property("currentIndex").toInt(), 1);
}

void TestOpening::whatIsNotThere()
{
    ask();
    for (QQuickItem* item : m_fixture->itemsOf("LineField"))
        if (item->property("name").toString().startsWith("Name"))
            item->forceActiveFocus(Qt::TabFocusReason);
    type("zebra.png");
    key(Qt::Key_Return);
    QVERIFY(isOpen());
    QCOMPARE(
        dialog()->property("problem").toString(),
        "There is no zebra.png in " + m_folder->path() + ".");
}

void TestOpening::nothingChosen()
{
    const QString before = app().pictures()->name();
    ask();
    key(Qt::Key_O, Qt::ControlModifier); // it is open already
    key(Qt::Key_Escape);
    QTRY_VERIFY(!isOpen());
    QCOMPARE(app().pictures()->name(), before);
    app().opener()->begin("weights");
    QCOMPARE(app().opener()->title(), "Open weights");
}

void TestOpening::legible_data()
{
    QTest::addColumn<QSize>("size");
    for (const QSize size :
         {QSize(800, 600), QSize(1024, 600), QSize(1280, 800), QSize(1920, 1080)})
        QTest::addRow("%dx%d", size.width(), size.height()) << size;
}

void TestOpening::legible()
{
    QFETCH(const QSize, size);
    m_fixture->resize(size.width(), size.height());
    ask();
    key(Qt::Key_Down);
    QTRY_VERIFY(!opener().preview().isNull());
    for (const bool dark : {true, false}) {
        app().settings()->setDark(dark);
        QTest::qWait(60);
        const QString fault = m_fixture->unreadable();
        QVERIFY2(fault.isEmpty(), qPrintable(fault));
    }
    const QString nameless = m_fixture->nameless();
    QVERIFY2(nameless.isEmpty(), qPrintable(nameless));
}

QTEST_MAIN(TestOpening)
#include "test_opening.moc"
