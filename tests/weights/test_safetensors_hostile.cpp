#include "support/test_main.h"
#include "weights/hostile_headers.h"
#include "weights/safetensors/safetensors.h"
#include "weights/weight_files.h"

#include <QElapsedTimer>

#include <filesystem>
#include <sys/stat.h>

using namespace inceptoscope;

/// Files that nobody means well with: each is refused with its own sentence.
class TestSafetensorsHostile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void malformedHeader_data() { addRows(malformedHeaders()); }
    void malformedHeader() { refusesTheHeader(); }
    void impossibleTensor_data() { addRows(impossibleTensors()); }
    void impossibleTensor() { refusesTheHeader(); }
    void impossibleRange_data() { addRows(impossibleRanges()); }
    void impossibleRange() { refusesTheHeader(); }
    void wrongLength_data();
    void wrongLength();
    void notAFile();
    void missingFile();
    void unreadableFile();
    void shortenedAfterOpening();

private:
    static void addRows(const std::vector<HostileHeader>& rows);
    void refusesTheHeader();
    Folder m_folder;
};

static Refusal openingIsRefused(const std::string& path)
{
    return refusal([&] { (void)openSafetensors(path); });
}

void TestSafetensorsHostile::addRows(const std::vector<HostileHeader>& rows)
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<int>("dataBytes");
    QTest::addColumn<QString>("message");
    for (const HostileHeader& row : rows)
        QTest::newRow(row.name) << QByteArray::fromStdString(row.header) << int(row.dataBytes)
                                << QString::fromStdString(row.message);
}

void TestSafetensorsHostile::refusesTheHeader()
{
    QFETCH(const QByteArray, header);
    QFETCH(const int, dataBytes);
    QFETCH(const QString, message);
    const std::string path = m_folder.write(
        "hostile", safetensorsBytes(header.toStdString(), std::string(size_t(dataBytes), 'd')));
    QElapsedTimer timer;
    timer.start();
    const Refusal refused = openingIsRefused(path);
    QCOMPARE(
        QString::fromStdString(refused.message),
        "weights: " + QString::fromStdString(path) + ": " + message);
    QVERIFY(refused.kind == ErrorKind::BadInput);
    QVERIFY2(timer.elapsed() < 2000, qPrintable(QString::number(timer.elapsed()) + " ms"));
}

void TestSafetensorsHostile::wrongLength_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("message");
    const auto add = [](const char* name, const std::string& bytes, const char* message) {
        QTest::newRow(name) << QByteArray::fromStdString(bytes) << message;
    };
    const auto length = [](uint64_t n) { return bytesOfValues(std::vector<uint64_t>{n}); };
    const char* tooShort = ": it is 5 bytes long, a safetensors file begins with 8 bytes of length";
    add("empty", "", " is empty; download or copy it again");
    add("5 bytes", "hello", tooShort);
    add("length only", length(0),
        ": its header is not JSON; it is damaged, or no safetensors file");
    add("beyond the file", length(3) + "{}",
        ": its header is said to be 3 bytes long, the file has 2 left; it is truncated");
    add("beyond an empty rest", length(100'000'000),
        ": its header is said to be 100000000 bytes long, the file has 0 left; it is truncated");
    add("above the limit", length(100'000'001) + "{}",
        ": its header is said to be 100000001 bytes long, at most 100000000 are allowed; it is "
        "probably no safetensors file");
    add("64 bits", length(~uint64_t(0)) + "{}",
        ": its header is said to be 18446744073709551615 bytes long, at most 100000000 are "
        "allowed; it is probably no safetensors file");
    add("wraps around", length(~uint64_t(7)) + "{}",
        ": its header is said to be 18446744073709551608 bytes long, at most 100000000 are "
        "allowed; it is probably no safetensors file");
}

void TestSafetensorsHostile::wrongLength()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const QString, message);
    const std::string path = m_folder.write("length", bytes.toStdString());
    const Refusal refused = openingIsRefused(path);
    QCOMPARE(
        QString::fromStdString(refused.message),
        "weights: " + QString::fromStdString(path) + message);
    QVERIFY(refused.kind == ErrorKind::BadInput);
}

void TestSafetensorsHostile::notAFile()
{
    const std::string folder = m_folder.path("folder");
    const std::string pipe = m_folder.path("pipe");
    QVERIFY(std::filesystem::create_directory(folder));
    QCOMPARE(mkfifo(pipe.c_str(), 0600), 0);
    for (const std::string& path : {folder, pipe, std::string("/dev/zero")}) {
        QElapsedTimer timer;
        timer.start();
        const Refusal refused = openingIsRefused(path);
        QCOMPARE(
            refused.message,
            "weights: " + path +
                (path == folder ? " is a folder; give the weights file in it" : " is not a file"));
        QVERIFY(refused.kind == ErrorKind::Io);
        QVERIFY(timer.elapsed() < 2000);
    }
}

void TestSafetensorsHostile::missingFile()
{
    const std::string path = m_folder.path("missing");
    const Refusal refused = openingIsRefused(path);
    QCOMPARE(refused.message, "weights: can't open " + path + ": No such file or directory");
    QVERIFY(refused.kind == ErrorKind::Io);
}

void TestSafetensorsHostile::unreadableFile()
{
    const std::string path = m_folder.write("unreadable", safetensorsBytes("{}"));
    std::filesystem::permissions(path, std::filesystem::perms::none);
    if (std::ifstream(path).is_open())
        QSKIP("this user may read every file");
    const Refusal refused = openingIsRefused(path);
    QCOMPARE(refused.message, "weights: can't open " + path + ": Permission denied");
    QVERIFY(refused.kind == ErrorKind::Io);
}

void TestSafetensorsHostile::shortenedAfterOpening()
{
    const std::string header = "{" + entry("a", "F32", "[2]", "[0,8]") + "," +
                               entry("b", "F32", "[65536]", "[8,262152]") + "}";
    const std::string path =
        m_folder.write("shortened", safetensorsBytes(header, std::string(262152, '\0')));
    const auto source = openSafetensors(path);
    std::vector<float> a(2);
    std::vector<float> b(65536);
    source->read(1, b);
    std::filesystem::resize_file(path, 8 + header.size() + 8);
    source->read(0, a);
    const std::string message =
        "weights: " + path + " was shortened while it was being read; load it again";
    for (const bool all : {false, true}) {
        if (all)
            std::filesystem::resize_file(path, 0);
        const Refusal refused = refusal([&] { source->read(1, b); });
        QCOMPARE(refused.message, message);
        QVERIFY(refused.kind == ErrorKind::Io);
    }
    QCOMPARE(refusal([&] { source->read(0, a); }).message, message);
}

INCEPTOSCOPE_TEST_MAIN(TestSafetensorsHostile)
#include "test_safetensors_hostile.moc"
