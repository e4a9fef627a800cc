#include "files/output_file.h"

#include "files/temporary_folder.h"

#include <QtTest>

#include <csignal>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

using namespace inceptoscope;
namespace fs = std::filesystem;

class TestOutputFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void newByTheUmask();
    void keepsModeAndOwner();
    void nothingWithoutCommit();
    void followsLinks();
    void linkToNothingYet();
    void longestName();
    void refuses_data();
    void refuses();
    void readOnlyFileIsRefused();
    void aPipeIsWrittenTo();
    void aDeviceIsWrittenTo();
    void ownDescriptor();
    void fullDisk();
    void fullDevice();
    void sweepsOnlyWhatNobodyHolds();
    void stopRemovesWhatIsThere();
};

void TestOutputFile::newByTheUmask()
{
    const TemporaryFolder folder;
    const mode_t before = umask(027);
    writeOutputFile(folder.path("new"), "text");
    umask(before);
    QCOMPARE(contentOf(folder.path("new")), QByteArray("text"));
    struct stat info = {};
    QCOMPARE(stat(folder.path("new").c_str(), &info), 0);
    QCOMPARE(info.st_mode & 07777U, 0640U);
    QCOMPARE(folder.names(), QStringList{"new"});
}

void TestOutputFile::keepsModeAndOwner()
{
    const TemporaryFolder folder;
    const fs::path path = folder.path("kept");
    put(path, "before");
    QCOMPARE(chmod(path.c_str(), 0604), 0);
    constexpr uid_t somebody = 12345;
    const bool given = chown(path.c_str(), somebody, somebody) == 0; // the superuser may
    writeOutputFile(path, "after");
    struct stat info = {};
    QCOMPARE(stat(path.c_str(), &info), 0);
    QCOMPARE(info.st_mode & 07777U, 0604U);
    QCOMPARE(info.st_uid, given ? somebody : geteuid());
    QCOMPARE(contentOf(path), QByteArray("after"));
}

void TestOutputFile::nothingWithoutCommit()
{
    const TemporaryFolder folder;
    put(folder.path("out"), "before");
    {
        OutputFile file(folder.path("out"));
        file.write("after");
        QCOMPARE(folder.names().size(), 2);
    }
    QCOMPARE(contentOf(folder.path("out")), QByteArray("before"));
    QCOMPARE(folder.names(), QStringList{"out"});
}

void TestOutputFile::followsLinks()
{
    const TemporaryFolder folder;
    fs::create_directory(folder.path("far"));
    put(folder.path("far/target"), "before");
    fs::create_symlink("far/target", folder.path("link"));
    fs::create_symlink(folder.path("link"), folder.path("again"));
    writeOutputFile(folder.path("again"), "after");
    QVERIFY(fs::is_symlink(folder.path("again")) && fs::is_symlink(folder.path("link")));
    QCOMPARE(contentOf(folder.path("far/target")), QByteArray("after"));
    QCOMPARE(folder.names("far"), QStringList{"target"});
}

void TestOutputFile::linkToNothingYet()
{
    const TemporaryFolder folder;
    fs::create_symlink("target", folder.path("link"));
    writeOutputFile(folder.path("link"), "text");
    QVERIFY(fs::is_symlink(folder.path("link")));
    QCOMPARE(contentOf(folder.path("target")), QByteArray("text"));
}

void TestOutputFile::longestName()
{
    const TemporaryFolder folder;
    const std::string name(255, 'n');
    writeOutputFile(folder.path(name.c_str()), "text");
    QCOMPARE(contentOf(folder.path(name.c_str())), QByteArray("text"));
    const fs::path longer = folder.path((name + "n").c_str());
    QCOMPARE(
        refusal([&] { writeOutputFile(longer, "text"); }),
        longer.string() + " can't be written: file name too long");
}

void TestOutputFile::refuses_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("says");
    QTest::newRow("folder") << QByteArray("folder")
                            << QByteArray("folder is a folder, a file name was expected");
    QTest::newRow("slash") << QByteArray("new/") << QByteArray("a file name was expected");
    QTest::newRow("no folder") << QByteArray("none/out") << QByteArray("none doesn't exist");
    QTest::newRow("in a file") << QByteArray("file/out") << QByteArray("not a directory");
    QTest::newRow("circle") << QByteArray("circle")
                            << QByteArray("too many levels of symbolic links");
    QTest::newRow("in a circle") << QByteArray("circle/out")
                                 << QByteArray("too many levels of symbolic links");
    QTest::newRow("/proc") << QByteArray("/proc/out") << QByteArray("/proc/out can't be written");
    QTest::newRow("closed descriptor") << QByteArray("/dev/fd/987") << QByteArray("987");
}

void TestOutputFile::refuses()
{
    QFETCH(const QByteArray, path);
    QFETCH(const QByteArray, says);
    const TemporaryFolder folder;
    fs::create_directory(folder.path("folder"));
    put(folder.path("file"), "");
    fs::create_symlink("circle", folder.path("circle"));
    const fs::path out = folder.path(path.constData());
    for (const std::string& message :
         {refusal([&] { writeOutputFile(out, "text"); }), refusal([&] { requireOutputFile(out); })})
        QVERIFY2(QByteArray::fromStdString(message).contains(says), message.c_str());
    QCOMPARE(folder.names().size(), 3);
}

void TestOutputFile::readOnlyFileIsRefused()
{
    const TemporaryFolder folder;
    const fs::path path = folder.path("out");
    put(path, "before");
    QCOMPARE(chmod(path.c_str(), 0444), 0);
    QCOMPARE(
        refusal([&] { requireOutputFile(path); }),
        path.string() + " can't be written: it is a read-only file");
    QCOMPARE(contentOf(path), QByteArray("before"));
}

void TestOutputFile::aPipeIsWrittenTo()
{
    const TemporaryFolder folder;
    const fs::path path = folder.path("pipe");
    QCOMPARE(mkfifo(path.c_str(), 0600), 0);
    requireOutputFile(path); // doesn't wait for a reader
    QByteArray got;
    std::thread reader([&] { got = contentOf(path); });
    const QByteArray sent(1'000'000, 'x');
    writeOutputFile(path, {sent.constData(), size_t(sent.size())});
    reader.join();
    QCOMPARE(got, sent);
    QVERIFY(fs::is_fifo(path));
}

void TestOutputFile::aDeviceIsWrittenTo()
{
    requireOutputFile("/dev/null");
    writeOutputFile("/dev/null", "text");
    QVERIFY(fs::is_character_file("/dev/null"));
}

/// As "/dev/stdout" behind "> file": the shell's open file goes on where it is.
void TestOutputFile::ownDescriptor()
{
    const TemporaryFolder folder;
    const int file = open(folder.path("out").c_str(), O_WRONLY | O_CREAT | O_APPEND, 0644);
    QCOMPARE(write(file, "before ", 7), ssize_t(7));
    const std::string name = "/dev/fd/" + std::to_string(file);
    requireOutputFile(name);
    writeOutputFile(name, "text ");
    QCOMPARE(write(file, "after", 5), ssize_t(5));
    close(file);
    QCOMPARE(contentOf(folder.path("out")), QByteArray("before text after"));
    QCOMPARE(folder.names(), QStringList{"out"});
}

/// A limit on the size of files stands in for a disk without room.
void TestOutputFile::fullDisk()
{
    const TemporaryFolder folder;
    put(folder.path("out"), "before");
    rlimit old = {};
    QCOMPARE(getrlimit(RLIMIT_FSIZE, &old), 0);
    const rlimit small = {.rlim_cur = 4096, .rlim_max = old.rlim_max};
    const auto oldHandler = std::signal(SIGXFSZ, SIG_IGN);
    QCOMPARE(setrlimit(RLIMIT_FSIZE, &small), 0);
    const std::string message =
        refusal([&] { writeOutputFile(folder.path("out"), std::string(100'000, 'x')); });
    setrlimit(RLIMIT_FSIZE, &old);
    (void)std::signal(SIGXFSZ, oldHandler);
    QCOMPARE(message, folder.path("out").string() + " can't be written: file too large");
    QCOMPARE(contentOf(folder.path("out")), QByteArray("before"));
    QCOMPARE(folder.names(), QStringList{"out"});
}

void TestOutputFile::fullDevice()
{
    if (!fs::exists("/dev/full"))
        QSKIP("there is no /dev/full");
    QCOMPARE(
        refusal([] { writeOutputFile("/dev/full", "text"); }),
        std::string("/dev/full can't be written: no space left on the device"));
}

void TestOutputFile::sweepsOnlyWhatNobodyHolds()
{
    const TemporaryFolder folder;
    put(folder.path(".inceptoscope-1-0.tmp"), "left by a crash");
    fs::create_directory(folder.path(".inceptoscope-1-1.tmp"));
    put(folder.path(".inceptoscope-1-1.tmp/index.html"), "");
    put(folder.path(".inceptoscope-notes"), "");
    put(folder.path("other.tmp"), "");
    fs::create_symlink("other.tmp", folder.path(".inceptoscope-1-2.tmp"));
    put(folder.path(".inceptoscope-1-3.tmp"), "somebody is writing it");
    const int somebody = open(folder.path(".inceptoscope-1-3.tmp").c_str(), O_RDONLY);
    QCOMPARE(flock(somebody, LOCK_EX), 0);
    writeOutputFile(folder.path("out"), "text");
    close(somebody);
    QCOMPARE(
        folder.names(), (QStringList{
                            ".inceptoscope-1-2.tmp", ".inceptoscope-1-3.tmp", ".inceptoscope-notes",
                            "other.tmp", "out"}));
}

void TestOutputFile::stopRemovesWhatIsThere()
{
    const TemporaryFolder folder;
    put(folder.path("other"), "before");
    OutputFile file(folder.path("out"));
    const auto beside = TemporaryEntry::folder(folder.path("folder"), "folder");
    const OutputFile within(beside->path() / "file");
    QCOMPARE(folder.names().size(), 3);
    removeTemporaries(); // as a signal's handler
    QCOMPARE(folder.names(), QStringList{"other"});
}

QTEST_GUILESS_MAIN(TestOutputFile)
#include "test_output_file.moc"
