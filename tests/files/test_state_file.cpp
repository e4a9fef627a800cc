#include "files/state_file.h"

#include "files/temporary_folder.h"

#include <QtTest>

#include <sys/stat.h>

using namespace inceptoscope;
namespace fs = std::filesystem;

class TestStateFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void comesBack();
    void passesOver_data();
    void passesOver();
    void tooLarge();
};

void TestStateFile::comesBack()
{
    const TemporaryFolder folder;
    const fs::path path = folder.path("new/state");
    QVERIFY(!readStateFile(path, 100));
    QCOMPARE(stateObjection(path), std::string());
    writeStateFile(path, "text");
    QCOMPARE(readStateFile(path, 100), std::optional<std::string>("text"));
    writeStateFile(path, "");
    QCOMPARE(readStateFile(path, 100), std::optional<std::string>(""));
    QCOMPARE(stateObjection(path), std::string());
}

void TestStateFile::passesOver_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("kind");
    QTest::newRow("folder") << QByteArray("folder") << QByteArray("a folder");
    QTest::newRow("pipe") << QByteArray("pipe") << QByteArray("a pipe");
    QTest::newRow("link to a pipe") << QByteArray("link") << QByteArray("a pipe");
    QTest::newRow("device") << QByteArray("/dev/full") << QByteArray("a device");
}

/// Neither read nor written, and not waited for.
void TestStateFile::passesOver()
{
    QFETCH(const QByteArray, path);
    QFETCH(const QByteArray, kind);
    const TemporaryFolder folder;
    fs::create_directory(folder.path("folder"));
    QCOMPARE(mkfifo(folder.path("pipe").c_str(), 0600), 0);
    fs::create_symlink("pipe", folder.path("link"));
    const fs::path state = folder.path(path.constData());
    const std::string objection =
        state.string() + " is " + kind.toStdString() + ", not a file, and is passed over";
    QCOMPARE(stateObjection(state), objection);
    QVERIFY(!readStateFile(state, 100));
    QCOMPARE(refusal([&] { writeStateFile(state, "text"); }), objection);
    QCOMPARE(folder.names().size(), 3);
}

void TestStateFile::tooLarge()
{
    const TemporaryFolder folder;
    put(folder.path("state"), QByteArray(101, 'x'));
    QVERIFY(!readStateFile(folder.path("state"), 100));
}

QTEST_GUILESS_MAIN(TestStateFile)
#include "test_state_file.moc"
