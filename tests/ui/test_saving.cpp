#include "ui/window_fixture.h"

#include <QClipboard>
#include <QDesktopServices>
#include <QDir>
#include <QGuiApplication>
#include <QJSValue>
#include <QMimeData>
#include <QtTest>

#include <csignal>
#include <sys/resource.h>
#include <sys/stat.h>

using namespace inceptoscope;

/// Keys, dialog and files: what a person does who wants to keep what the window shows.
class TestSaving : public QObject
{
    Q_OBJECT

public Q_SLOTS:
    void openUrl(const QUrl& url) { m_opened << url.toLocalFile(); }

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void newNames();
    void asksBeforeItReplaces();
    void everyKindOfFigure_data();
    void everyKindOfFigure();
    void endingsInFrontOfTheProposedOne();
    void scalesOfFigures();
    void badNames_data();
    void badNames();
    void whatCantBeWritten();
    void fullDisk();
    void foldersAreEntered();
    void everyViewSaves_data();
    void everyViewSaves();
    void copies();
    void showsInFolderWithoutABus();

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
            if (QString::fromLatin1(object->metaObject()->className()).startsWith("SaveDialog_QML"))
                return object;
        return nullptr;
    }
    [[nodiscard]] bool isOpen() const { return dialog() && dialog()->property("visible").toBool(); }
    [[nodiscard]] QString problem() const { return dialog()->property("problem").toString(); }
    /// Ctrl+S or Ctrl+E, with this folder's name in the dialog and another name typed.
    void ask(Qt::Key with, const QString& name)
    {
        key(with, Qt::ControlModifier);
        QTRY_VERIFY(isOpen());
        app().saver()->setFolder(m_folder->path());
        QTRY_VERIFY(m_fixture->window().activeFocusItem()->inherits("QQuickTextField"));
        key(Qt::Key_A, Qt::ControlModifier);
        type(name);
    }
    void showChannel(int node)
    {
        QImage picture(32, 32, QImage::Format_RGB32);
        picture.fill(Qt::gray);
        app().openChannel(node, 3);
        app().onChannel(
            fakeChannel({app().network(), picture, app().style(), false, 1}, NodeId(node), 3));
    }
    [[nodiscard]] QByteArray content(const QString& name) const
    {
        QFile file(m_folder->filePath(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    AppModel& app() { return *m_app; }

    std::unique_ptr<WindowFixture> m_fixture;
    std::unique_ptr<QTemporaryDir> m_folder;
    AppModel* m_app = nullptr;
    QStringList m_opened;
};

void TestSaving::initTestCase()
{
    m_fixture = std::make_unique<WindowFixture>();
    m_app = &m_fixture->app();
}

void TestSaving::init()
{
    takeWarnings();
    m_folder = std::make_unique<QTemporaryDir>();
    app().saver()->dismiss();
    app().setView("modules");
    app().channel()->close();
    app().stage()->closeOp();
    m_fixture->resize(1280, 800);
    m_fixture->show("inception_3a");
}

void TestSaving::cleanup()
{
    if (isOpen())
        key(Qt::Key_Escape);
    QTRY_VERIFY(!isOpen());
    const QStringList warnings = takeWarnings();
    QVERIFY2(warnings.isEmpty(), qPrintable(warnings.join('\n')));
}

void TestSaving::newNames()
{
    app().setView("costs");
    QTest::qWait(50);
    key(Qt::Key_S, Qt::ControlModifier);
    QTRY_VERIFY(isOpen());
    // A name is proposed.
    QVERIFY(m_fixture->window().activeFocusItem()->property("text").toString().startsWith(
        "GoogLeNet-Inception-v1-share-of-the-MACs."));
    key(Qt::Key_Escape);
    QTRY_VERIFY(!isOpen());
    ask(Qt::Key_S, "mine");
    key(Qt::Key_Return);
    QTRY_VERIFY(!isOpen());
    const QImage saved(m_folder->filePath("mine.png"));
    QVERIFY(saved.width() > 400);
    QCOMPARE(app().saver()->saved(), "mine.png is saved in " + m_folder->path() + ".");
    QTRY_COMPARE(m_fixture->itemsOf("SavedNotice").size(), 1);
    key(Qt::Key_Escape);
    QTRY_VERIFY(m_fixture->itemsOf("SavedNotice").isEmpty());
}

void TestSaving::asksBeforeItReplaces()
{
    QFile before(m_folder->filePath("table.csv"));
    QVERIFY(before.open(QIODevice::WriteOnly) && before.write("mine") == 4);
    before.close();
    ask(Qt::Key_E, "table.csv");
    key(Qt::Key_Return);
    QVERIFY(isOpen());
    QCOMPARE(dialog()->property("replacing").toString(), "table.csv");
    QCOMPARE(content("table.csv"), "mine");
    // Another name is another question.
    type("x");
    QVERIFY(dialog()->property("replacing").toString().isEmpty());
    key(Qt::Key_Backspace);
    key(Qt::Key_Return);
    QCOMPARE(content("table.csv"), "mine");
    key(Qt::Key_Return);
    QTRY_VERIFY(!isOpen());
    QCOMPARE(QString::fromUtf8(content("table.csv")), app().stage()->csv());
}

void TestSaving::everyKindOfFigure_data()
{
    QTest::addColumn<QString>("suffix");
    QTest::addColumn<QByteArray>("start");
    QTest::newRow("png") << "png" << QByteArray("\x89PNG");
    QTest::newRow("svg") << "svg" << QByteArray("<?xml");
    QTest::newRow("pdf") << "pdf" << QByteArray("%PDF-1.");
}

/// A known ending that is typed decides, as in any other program.
void TestSaving::everyKindOfFigure()
{
    QFETCH(const QString, suffix);
    QFETCH(const QByteArray, start);
    ask(Qt::Key_S, "module." + suffix);
    key(Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(!isOpen(), 20000);
    const QByteArray bytes = content("module." + suffix);
    QVERIFY(bytes.startsWith(start));
    QVERIFY(bytes.size() > 20000); // with its maps
    if (suffix == "svg")
        QVERIFY(bytes.contains("Inception 3a") && bytes.contains("data:image/png"));
}

/// The proposed name's ending stays when its stem is typed over.
void TestSaving::endingsInFrontOfTheProposedOne()
{
    key(Qt::Key_S, Qt::ControlModifier);
    QTRY_VERIFY(isOpen());
    app().saver()->setFolder(m_folder->path());
    dialog()->setProperty("format", "png");
    QTRY_VERIFY(m_fixture->window().activeFocusItem()->inherits("QQuickTextField"));
    m_fixture->window().activeFocusItem()->setProperty("text", "m.png");
    key(Qt::Key_Home);
    key(Qt::Key_Right);
    type(".svg"); // m.svg.png: the kind shows at once what it will be
    QCOMPARE(m_fixture->window().activeFocusItem()->property("text").toString(), "m.svg.png");
    QCOMPARE(dialog()->property("format").toString(), "svg");
    key(Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(!isOpen(), 20000);
    QVERIFY(content("m.svg").startsWith("<?xml"));
    QVERIFY(!QFile::exists(m_folder->filePath("m.svg.png")));
}

void TestSaving::scalesOfFigures()
{
    const QSize size = app().figure()->size();
    QVERIFY(size.width() > 1000);
    for (int scale = 1; scale <= 4; ++scale) {
        const auto bytes = app().figure()->content("png", scale).value<SaveContent>().bytes();
        QCOMPARE(QImage::fromData(bytes).size(), size * scale);
    }
}

void TestSaving::badNames_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("folder");
    QTest::addColumn<QString>("says");
    QTest::newRow("none") << ""
                          << ""
                          << "Give the file a name.";
    QTest::newRow("only an ending") << ".csv"
                                    << ""
                                    << "Give the file a name.";
    QTest::newRow("a path") << "a/b"
                            << ""
                            << "can't hold \"/\"";
    QTest::newRow("too long") << QString(260, 'n') << ""
                              << "has 264 bytes, 255 fit";
    QTest::newRow("no folder") << "a"
                               << "/nowhere/at/all"
                               << "doesn't exist";
    QTest::newRow("a file for a folder") << "a"
                                         << "/etc/passwd"
                                         << "is not a folder";
    QTest::newRow("a folder for a file") << "etc.csv"
                                         << ""
                                         << "is a folder";
    QTest::newRow("a pipe") << "pipe.csv"
                            << ""
                            << "no ordinary file";
}

void TestSaving::badNames()
{
    QFETCH(const QString, name);
    QFETCH(const QString, folder);
    QFETCH(const QString, says);
    QVERIFY(QDir(m_folder->path()).mkdir("etc.csv"));
    QCOMPARE(mkfifo(qPrintable(m_folder->filePath("pipe.csv")), 0600), 0);
    ask(Qt::Key_E, name);
    if (name.isEmpty())
        key(Qt::Key_Backspace);
    if (!folder.isEmpty())
        app().saver()->setFolder(folder);
    key(Qt::Key_Return);
    QVERIFY(isOpen());
    QVERIFY2(problem().contains(says), qPrintable(problem()));
    // With a good one it goes on from there.
    app().saver()->setFolder(m_folder->path());
    QVERIFY(problem().isEmpty() || folder.isEmpty());
    key(Qt::Key_A, Qt::ControlModifier);
    type("good");
    key(Qt::Key_Return);
    QTRY_VERIFY(!isOpen());
    QCOMPARE(QString::fromUtf8(content("good.csv")), app().stage()->csv());
}

void TestSaving::whatCantBeWritten()
{
    QFile kept(m_folder->filePath("kept.csv"));
    QVERIFY(kept.open(QIODevice::WriteOnly) && kept.write("kept") == 4);
    kept.close();
    QVERIFY(kept.setPermissions(QFile::ReadOwner));
    ask(Qt::Key_E, "kept");
    key(Qt::Key_Return);
    key(Qt::Key_Return); // yes, replace it: for root the question comes first
    QTRY_VERIFY2(problem().contains("read-only"), qPrintable(problem()));
    QVERIFY(isOpen());
    QCOMPARE(content("kept.csv"), "kept");
}

/// A disk that is full in the middle of it: files can't grow beyond a limit here.
void TestSaving::fullDisk()
{
    struct rlimit before = {};
    QCOMPARE(getrlimit(RLIMIT_FSIZE, &before), 0);
    const auto handler = std::signal(SIGXFSZ, SIG_IGN);
    struct rlimit small = before;
    small.rlim_cur = 10000;
    QCOMPARE(setrlimit(RLIMIT_FSIZE, &small), 0);
    ask(Qt::Key_S, "figure.png");
    key(Qt::Key_Return);
    const bool said =
        QTest::qWaitFor([this] { return problem().contains("can't be written"); }, 20000);
    setrlimit(RLIMIT_FSIZE, &before);
    std::signal(SIGXFSZ, handler);
    QVERIFY2(said, qPrintable(problem()));
    QVERIFY(isOpen());
    QVERIFY(QDir(m_folder->path()).isEmpty(QDir::Files | QDir::Hidden));
    key(Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(!isOpen(), 20000);
    QVERIFY(content("figure.png").startsWith("\x89PNG"));
}

void TestSaving::foldersAreEntered()
{
    QVERIFY(QDir(m_folder->path()).mkpath("a/b"));
    ask(Qt::Key_E, "t");
    app().saver()->enter("a");
    QCOMPARE(app().saver()->folders(), QStringList{"b"});
    app().saver()->enter("b");
    QCOMPARE(app().saver()->folder(), m_folder->filePath("a/b"));
    app().saver()->up();
    key(Qt::Key_Return);
    QTRY_VERIFY(!isOpen());
    QVERIFY(QFile::exists(m_folder->filePath("a/t.csv")));
    // The next table goes to the same folder, a picture to its own.
    key(Qt::Key_E, Qt::ControlModifier);
    QTRY_VERIFY(isOpen());
    QCOMPARE(app().saver()->folder(), m_folder->filePath("a"));
}

void TestSaving::everyViewSaves_data()
{
    QTest::addColumn<QString>("view");
    QTest::addColumn<int>("tab");
    QTest::addColumn<QByteArray>("csv");
    QTest::newRow("module") << "modules" << 0 << QByteArray("op,kind,channels,height,width,macs,");
    QTest::newRow("channel") << "modules" << 1 << QByteArray();
    QTest::newRow("op") << "modules" << 2
                        << QByteArray("channel,minimum,mean,maximum,zero_share\n0,");
    for (int tab = 0; tab < 3; ++tab)
        QTest::addRow("costs %d", tab) << "costs" << tab << QByteArray("name,");
    QTest::newRow("versions") << "versions" << 0 << QByteArray("network,title,year,");
    QTest::newRow("two versions") << "versions" << 1
                                  << QByteArray("figure,inception_v3,inception_v4,change\n");
    QTest::newRow("two modules") << "versions" << 2 << QByteArray("figure,");
    QTest::newRow("laboratory") << "laboratory" << 0
                                << QByteArray("figure,one 5\xc3\x97"
                                              "5,two 3\xc3\x97"
                                              "3,one 3\xc3\x97"
                                              "3\nMACs,");
}

void TestSaving::everyViewSaves()
{
    QFETCH(const QString, view);
    QFETCH(const int, tab);
    QFETCH(const QByteArray, csv);
    app().setView(view);
    app().settings()->setCostsTab(view == "costs" ? tab : 0);
    app().versions()->setTab(view == "versions" ? tab : 0);
    const int node = app().stage()->output()->node();
    if (view == "modules" && tab == 1) {
        showChannel(node);
    }
    if (view == "modules" && tab == 2)
        app().stage()->openOp(app().stage()->ops().front()->node());
    QTest::qWait(100);
    ask(Qt::Key_S, "picture.png");
    // What there is no SVG or PDF of says why.
    const bool drawn =
        dialog()->property("formats").value<QJSValue>().toVariant().toStringList().contains("svg");
    QCOMPARE(drawn, view != "laboratory" && !(view == "modules" && tab == 1));
    const auto* why = dialog()->findChild<QQuickItem*>("why");
    QVERIFY(why);
    QCOMPARE(why->property("text").toString().startsWith("Only as PNG: "), !drawn);
    key(Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(!isOpen(), 20000);
    QVERIFY(QImage(m_folder->filePath("picture.png")).width() > 300);
    ask(Qt::Key_E, "table");
    key(Qt::Key_Return);
    QTRY_VERIFY(!isOpen());
    const QByteArray table = content("table.csv");
    if (view == "costs")
        QCOMPARE(QString::fromUtf8(table), app().costs()->table()->csv());
    else
        QVERIFY2(table.startsWith(csv), table.left(80));
    if (view == "modules" && tab == 1) {
        const QList<QByteArray> rows = table.trimmed().split('\n');
        QCOMPARE(rows.size(), 28);
        QCOMPARE(rows.back().split(',').size(), 28);
    }
    app().versions()->setTab(0);
    app().settings()->setCostsTab(0);
}

void TestSaving::copies()
{
    QClipboard* clipboard = QGuiApplication::clipboard();
    clipboard->clear();
    key(Qt::Key_C, Qt::ControlModifier);
    QTRY_COMPARE(clipboard->image().size(), app().figure()->size() * 2);
    const int node = app().stage()->output()->node();
    showChannel(node);
    QTest::qWait(50);
    key(Qt::Key_C, Qt::ControlModifier);
    QTRY_VERIFY(clipboard->mimeData()->hasText());
    QCOMPARE(clipboard->text().split('\n').front().split('\t').size(), 28);
    QVERIFY(clipboard->mimeData()->hasImage());
    app().channel()->close();
    app().setView("costs");
    QTest::qWait(50);
    key(Qt::Key_C, Qt::ControlModifier);
    QTRY_COMPARE(clipboard->text(), app().costs()->table()->tsv());
}

void TestSaving::showsInFolderWithoutABus()
{
    const QByteArray bus = qgetenv("DBUS_SESSION_BUS_ADDRESS");
    const QByteArray runtime = qgetenv("XDG_RUNTIME_DIR");
    qunsetenv("DBUS_SESSION_BUS_ADDRESS");
    qputenv("XDG_RUNTIME_DIR", m_folder->path().toUtf8());
    QDesktopServices::setUrlHandler("file", this, "openUrl");
    ask(Qt::Key_E, "shown");
    key(Qt::Key_Return);
    QTRY_VERIFY(!isOpen());
    QElapsedTimer timer;
    timer.start();
    app().saver()->showInFolder();
    QVERIFY(timer.elapsed() < 5000); // a call that waits takes 25 s
    QTRY_COMPARE(m_opened, QStringList{m_folder->path()});
    QDesktopServices::unsetUrlHandler("file");
    if (!bus.isEmpty())
        qputenv("DBUS_SESSION_BUS_ADDRESS", bus);
    qputenv("XDG_RUNTIME_DIR", runtime);
}

QTEST_MAIN(TestSaving)
#include "test_saving.moc"
