#include "files/output_folder.h"

#include "files/temporary_folder.h"

#include <QtTest>

#include <sys/stat.h>
#include <unistd.h>

using namespace inceptoscope;
namespace fs = std::filesystem;

class TestOutputFolder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void makesIt();
    void replacesAnEarlierOne();
    void followsALink();
    void theCurrentFolder();
    void leavesOthersAlone_data();
    void leavesOthersAlone();
    void saysTheReason();

private:
    const FolderFiles m_files{{"a.txt", "one"}, {"mark.txt", "two"}};
    void write(const fs::path& path) const { writeOutputFolder(path, m_files, "mark.txt"); }
};

void TestOutputFolder::makesIt()
{
    const TemporaryFolder folder;
    const mode_t before = umask(022);
    requireOutputFolder(folder.path("new/out"), m_files, "mark.txt");
    QCOMPARE(folder.names("new"), QStringList()); // it only looked
    write(folder.path("new/out/"));
    umask(before);
    QCOMPARE(folder.names("new"), QStringList{"out"});
    QCOMPARE(folder.names("new/out"), (QStringList{"a.txt", "mark.txt"}));
    QCOMPARE(contentOf(folder.path("new/out/a.txt")), QByteArray("one"));
    struct stat info = {};
    QCOMPARE(stat(folder.path("new/out").c_str(), &info), 0);
    QCOMPARE(info.st_mode & 07777U, 0755U);
}

void TestOutputFolder::replacesAnEarlierOne()
{
    const TemporaryFolder folder;
    fs::create_directory(folder.path("out"));
    put(folder.path("out/mark.txt"), "earlier");
    QCOMPARE(chmod(folder.path("out").c_str(), 0750), 0);
    struct stat earlier = {};
    QCOMPARE(stat(folder.path("out").c_str(), &earlier), 0);
    write(folder.path("out"));
    QCOMPARE(folder.names(), QStringList{"out"});
    QCOMPARE(contentOf(folder.path("out/mark.txt")), QByteArray("two"));
    struct stat info = {};
    QCOMPARE(stat(folder.path("out").c_str(), &info), 0);
    QCOMPARE(info.st_mode & 07777U, 0750U);
    QVERIFY(info.st_ino != earlier.st_ino); // another folder took its place
}

void TestOutputFolder::followsALink()
{
    const TemporaryFolder folder;
    fs::create_directory(folder.path("far"));
    fs::create_symlink("far", folder.path("link"));
    write(folder.path("link"));
    QVERIFY(fs::is_symlink(folder.path("link")));
    QCOMPARE(folder.names("far").size(), 2);
    QCOMPARE(folder.names(), (QStringList{"far", "link"}));
}

/// Whoever stands in it would otherwise stand in a folder that is gone.
void TestOutputFolder::theCurrentFolder()
{
    const TemporaryFolder folder;
    fs::create_directory(folder.path("out"));
    const fs::path before = fs::current_path();
    fs::current_path(folder.path("out"));
    write(".");
    write(folder.path("out"));
    const bool there = fs::exists("a.txt");
    fs::current_path(before);
    QVERIFY(there);
    QCOMPARE(folder.names("out"), (QStringList{"a.txt", "mark.txt"}));
}

void TestOutputFolder::leavesOthersAlone_data()
{
    QTest::addColumn<QStringList>("files");
    QTest::addColumn<QByteArray>("says");
    QTest::newRow("another file") << QStringList{"mark.txt", "thesis.txt"}
                                  << QByteArray("(thesis.txt)");
    QTest::newRow("a hidden file") << QStringList{"mark.txt", ".git"} << QByteArray("(.git)");
    QTest::newRow("no marker") << QStringList{"a.txt"} << QByteArray("(no mark.txt)");
}

void TestOutputFolder::leavesOthersAlone()
{
    QFETCH(const QStringList, files);
    QFETCH(const QByteArray, says);
    const TemporaryFolder folder;
    fs::create_directory(folder.path("out"));
    for (const QString& file : files)
        put(folder.path(qPrintable("out/" + file)), "mine");
    const std::string message = refusal([&] { write(folder.path("out")); });
    QVERIFY2(QByteArray::fromStdString(message).contains(says), message.c_str());
    QCOMPARE(folder.names("out").size(), files.size());
    QCOMPARE(contentOf(folder.path(qPrintable("out/" + files[0]))), QByteArray("mine"));
}

void TestOutputFolder::saysTheReason()
{
    const TemporaryFolder folder;
    put(folder.path("file"), "");
    QCOMPARE(
        refusal([&] { write(folder.path("file")); }),
        folder.path("file").string() + " is a file; a folder was expected");
    const fs::path within = folder.path("file/out");
    QCOMPARE(
        refusal([&] { write(within); }), within.string() + " can't be written: not a directory");
    QCOMPARE(
        refusal([&] { write("/proc/out"); }),
        std::string("/proc/out can't be written: no file can be made in its folder"));
}

QTEST_GUILESS_MAIN(TestOutputFolder)
#include "test_output_folder.moc"
