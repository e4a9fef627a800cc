#include "file_name.h"
#include "models/open/open_model.h"
#include "models/settings.h"

#include <QSignalSpy>
#include <QtTest>

#include <fstream>
#include <sys/stat.h>

using namespace inceptoscope;

/// Folders and names, as the open dialog asks for them.
class TestOpenModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void listsWhatFits_data();
    void listsWhatFits();
    void allFiles();
    void orderOfNames();
    void typed_data();
    void typed();
    void refused_data();
    void refused();
    void foldersAreEntered();
    void folderOfEachKindIsRemembered();
    void previews();
    void namesAreBytes();

private:
    void make(const std::string& name, const std::string& content = "x") const
    {
        std::ofstream(m_folder->path().toStdString() + "/" + name) << content;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<OpenModel> m_model;
};

void TestOpenModel::init()
{
    m_model.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    m_settings = std::make_unique<Settings>(m_folder->filePath(".settings.ini"));
    m_model = std::make_unique<OpenModel>(*m_settings);
    for (const char* name :
         {"a.png", "B.JPG", "c.safetensors", "d.mp4", "e.txt", "f", ".hidden.png"})
        make(name);
    QDir(m_folder->path()).mkdir("folder");
    QDir(m_folder->path()).mkdir(".git");
}

void TestOpenModel::listsWhatFits_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QStringList>("files");
    QTest::newRow("picture") << "picture" << QStringList{"a.png", "B.JPG"};
    QTest::newRow("video") << "video" << QStringList{"d.mp4"};
    QTest::newRow("weights") << "weights" << QStringList{"c.safetensors"};
    QTest::newRow("labels") << "labels" << QStringList{"e.txt"};
}

void TestOpenModel::listsWhatFits()
{
    QFETCH(const QString, kind);
    QFETCH(const QStringList, files);
    m_model->begin(kind);
    m_model->setFolder(m_folder->path());
    QCOMPARE(m_model->files(), files);
    QCOMPARE(m_model->folders(), QStringList{"folder"});
    QCOMPARE(m_model->others(), 6 - files.size());
}

void TestOpenModel::allFiles()
{
    m_model->begin("picture");
    m_model->setFolder(m_folder->path());
    m_model->setAllFiles(true);
    QCOMPARE(
        m_model->files(), (QStringList{"a.png", "B.JPG", "c.safetensors", "d.mp4", "e.txt", "f"}));
    QCOMPARE(m_model->others(), 0);
    m_model->begin("weights"); // asked for anew, only what fits
    m_model->setFolder(m_folder->path());
    QCOMPARE(m_model->files(), QStringList{"c.safetensors"});
}

void TestOpenModel::orderOfNames()
{
    for (const char* name : {"x10.png", "x2.png", "X1.png"})
        make(name);
    m_model->begin("picture");
    m_model->setFolder(m_folder->path());
    QCOMPARE(m_model->files(), (QStringList{"a.png", "B.JPG", "X1.png", "x2.png", "x10.png"}));
}

void TestOpenModel::typed_data()
{
    QTest::addColumn<QString>("text"); // FOLDER stands for the folder
    QTest::newRow("a name") << "a.png";
    QTest::newRow("a path") << "FOLDER/a.png";
    QTest::newRow("with dots") << "folder/../a.png";
    QTest::newRow("an address") << "file://FOLDER/a.png";
    QTest::newRow("spaces around") << "  a.png ";
}

void TestOpenModel::typed()
{
    QFETCH(QString, text);
    QSignalSpy chosen(m_model.get(), &OpenModel::chosen);
    m_model->begin("picture");
    m_model->setFolder(m_folder->path());
    QCOMPARE(m_model->choose(text.replace("FOLDER", m_folder->path())), "");
    QCOMPARE(chosen.size(), 1);
    QCOMPARE(chosen.first().at(0).toString(), "picture");
    QCOMPARE(
        QFileInfo(chosen.first().at(1).toUrl().toLocalFile()).canonicalFilePath(),
        QFileInfo(m_folder->filePath("a.png")).canonicalFilePath());
}

void TestOpenModel::refused_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("problem");
    QTest::newRow("nothing") << "  "
                             << "Choose a file, or type its name.";
    QTest::newRow("not there") << "z.png"
                               << "There is no z.png in FOLDER.";
    QTest::newRow("of another computer")
        << "file://elsewhere/a.png"
        << "Only files on this computer can be opened. Save it first.";
    QTest::newRow("a pipe") << "pipe"
                            << "pipe is not a file that can be opened, but a device or a pipe.";
}

void TestOpenModel::refused()
{
    QFETCH(const QString, text);
    QFETCH(QString, problem);
    mkfifo((m_folder->path().toStdString() + "/pipe").c_str(), 0600);
    QSignalSpy chosen(m_model.get(), &OpenModel::chosen);
    m_model->begin("picture");
    m_model->setFolder(m_folder->path());
    QCOMPARE(m_model->choose(text), problem.replace("FOLDER", m_folder->path()));
    QCOMPARE(chosen.size(), 0);
}

void TestOpenModel::foldersAreEntered()
{
    QSignalSpy chosen(m_model.get(), &OpenModel::chosen);
    m_model->begin("picture");
    m_model->setFolder(m_folder->path());
    QCOMPARE(m_model->choose("folder"), "");
    QCOMPARE(m_model->folder(), m_folder->filePath("folder"));
    QVERIFY(m_model->files().isEmpty());
    m_model->up();
    QCOMPARE(m_model->folder(), m_folder->path());
    QCOMPARE(chosen.size(), 0);
}

void TestOpenModel::folderOfEachKindIsRemembered()
{
    m_model->begin("picture");
    m_model->setFolder(m_folder->path());
    QCOMPARE(m_model->choose("a.png"), "");
    OpenModel later(*m_settings);
    later.begin("weights");
    QVERIFY(later.folder() != m_folder->path());
    later.begin("picture");
    QCOMPARE(later.folder(), m_folder->path());
    m_folder->remove();
    later.begin("picture"); // it is gone
    QVERIFY(QFileInfo(later.folder()).isDir());
}

void TestOpenModel::previews()
{
    QImage picture(1200, 300, QImage::Format_RGB32);
    picture.fill(Qt::darkGreen);
    picture.save(m_folder->filePath("large.png"));
    m_model->begin("picture");
    m_model->setFolder(m_folder->path());
    m_model->look("large.png");
    QVERIFY(m_model->preview().isNull());
    QTRY_VERIFY(!m_model->preview().isNull());
    QCOMPARE(m_model->preview().size(), QSize(512, 128));
    QVERIFY2(m_model->facts().startsWith("1200 × 300 pixels, "), qPrintable(m_model->facts()));
    // What can't be shown says why, and the last one that was looked at counts.
    m_model->look("large.png");
    m_model->look("a.png");
    QTRY_VERIFY(m_model->facts().contains("a.png"));
    QVERIFY(m_model->preview().isNull());
    m_model->look({});
    QVERIFY(m_model->facts().isEmpty());
    m_model->begin("weights");
    m_model->setFolder(m_folder->path());
    m_model->look("c.safetensors");
    QTRY_VERIFY(m_model->facts().replace(QChar(0xA0), u' ').startsWith("1 B, "));
}

/// A name in Latin-1 is listed, and opens.
void TestOpenModel::namesAreBytes()
{
    make("k\xE4tzchen.png");
    QSignalSpy chosen(m_model.get(), &OpenModel::chosen);
    m_model->begin("picture");
    m_model->setFolder(m_folder->path());
    const QString name = fileText("k\xE4tzchen.png");
    QVERIFY(m_model->files().contains(name));
    QCOMPARE(m_model->choose(name), "");
    QCOMPARE(
        fileBytes(localFileText(chosen.first().at(1).toUrl())),
        m_folder->path().toStdString() + "/k\xE4tzchen.png");
}

QTEST_GUILESS_MAIN(TestOpenModel)
#include "test_open_model.moc"
