#include "support/test_main.h"
#include "weights/safetensors/safetensors.h"
#include "weights/weight_files.h"

#include <bit>
#include <csignal>
#include <filesystem>
#include <iterator>
#include <sys/resource.h>
#include <thread>
#include <unistd.h>

using namespace inceptoscope;

/// What is written can be read again, and a writer that fails leaves everything as it was.
class TestSafetensorsWriter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void roundTrip();
    void layout();
    void noTensors();
    void brokenText();
    void replacesAFile();
    void twoAtATime();
    void missingFolder();
    void unwritableFolder();
    void targetIsAFolder();
    void diskIsFull();

private:
    static std::string contents(const std::string& path);
    static QStringList files(const Folder& folder);
};

static const std::vector<float> three = {1.0F, -0.0F, 3.5F};

static void writeThree(const std::string& path)
{
    writeSafetensors(path, {{.key = "a", .shape = {3}, .data = three}}, {});
}

std::string TestSafetensorsWriter::contents(const std::string& path)
{
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

QStringList TestSafetensorsWriter::files(const Folder& folder)
{
    QStringList names;
    for (const auto& file : std::filesystem::directory_iterator(folder.path("")))
        names += QString::fromStdString(file.path().filename());
    names.sort();
    return names;
}

void TestSafetensorsWriter::roundTrip()
{
    const Folder folder;
    const std::vector<float> special = {
        std::bit_cast<float>(0x7fc12345U),
        std::bit_cast<float>(0xff800000U),
        std::bit_cast<float>(0x00000001U),
        -0.0F,
        3.4028235e38F,
        1.0F / 3.0F};
    const std::vector<float> one = {2.5F};
    const std::map<std::string, std::string> metadata = {
        {"net", "googlenet"}, {"text", "a \"b\"\n\xc3\xa4"}};
    const std::vector<NamedTensor> tensors = {
        {.key = "z", .shape = {1, 2, 3}, .data = special},
        {.key = "nothing", .shape = {0, 7}, .data = {}},
        {.key = "inception_3a/\"\xc3\xa4\"\t", .shape = {}, .data = one}};
    const std::string path = folder.path("out.safetensors");
    writeSafetensors(path, tensors, metadata);
    QCOMPARE(files(folder), QStringList{"out.safetensors"});

    const auto source = openSafetensors(path);
    QVERIFY(source->metadata() == metadata);
    QCOMPARE(source->tensors().size(), tensors.size());
    for (const NamedTensor& t : tensors) {
        const auto index = source->find(t.key);
        QVERIFY2(index.has_value(), t.key.c_str());
        QVERIFY(source->tensors()[*index].shape == t.shape);
        QVERIFY(source->tensors()[*index].dtype == DType::F32);
        std::vector<float> values(t.data.size());
        source->read(*index, values);
        for (size_t i = 0; i < values.size(); ++i)
            QCOMPARE(std::bit_cast<uint32_t>(values[i]), std::bit_cast<uint32_t>(t.data[i]));
    }
}

void TestSafetensorsWriter::layout()
{
    const Folder folder;
    writeThree(folder.path("out"));
    std::string header = "{" + entry("a", "F32", "[3]", "[0,12]") + "}";
    header.append((8 - header.size() % 8) % 8, ' ');
    QCOMPARE(contents(folder.path("out")), safetensorsBytes(header, bytesOfValues(three)));
}

void TestSafetensorsWriter::noTensors()
{
    const Folder folder;
    writeSafetensors(folder.path("out"), {}, {});
    QCOMPARE(contents(folder.path("out")), safetensorsBytes("{}      "));
    writeSafetensors(folder.path("out"), {}, {{"k", "v"}});
    QCOMPARE(openSafetensors(folder.path("out"))->metadata().at("k"), std::string("v"));
}

void TestSafetensorsWriter::brokenText()
{
    const Folder folder;
    writeSafetensors(folder.path("out"), {}, {{"path", "a\xff"}});
    QCOMPARE(
        openSafetensors(folder.path("out"))->metadata().at("path"), std::string("a\xef\xbf\xbd"));
}

void TestSafetensorsWriter::replacesAFile()
{
    const Folder folder;
    const std::string path = folder.write("out", std::string(1000, 'x'));
    writeThree(path);
    const auto before = openSafetensors(path);
    writeSafetensors(path, {}, {});
    QVERIFY(openSafetensors(path)->tensors().empty());
    std::vector<float> values(3);
    before->read(0, values);
    QCOMPARE(values, three);
    QCOMPARE(files(folder), QStringList{"out"});
}

void TestSafetensorsWriter::twoAtATime()
{
    const Folder folder;
    const std::string path = folder.path("out");
    const std::vector<float> values(1000, 1.0F);
    std::vector<Refusal> refused(4);
    std::vector<std::thread> threads;
    threads.reserve(refused.size());
    for (Refusal& r : refused)
        threads.emplace_back([&] {
            r = refusal([&] {
                for (int i = 0; i < 20; ++i) {
                    writeSafetensors(path, {{.key = "a", .shape = {1000}, .data = values}}, {});
                    (void)openSafetensors(path);
                }
            });
        });
    for (std::thread& t : threads)
        t.join();
    for (const Refusal& r : refused)
        QCOMPARE(r.message, std::string("no error"));
    QCOMPARE(files(folder), QStringList{"out"});
}

void TestSafetensorsWriter::missingFolder()
{
    const Folder folder;
    const std::string path = folder.path("none/out");
    const Refusal refused = refusal([&] { writeThree(path); });
    QCOMPARE(
        refused.message,
        path + " can't be written: the folder " + folder.path("none") + " doesn't exist");
    QVERIFY(refused.kind == ErrorKind::Io);
    QCOMPARE(files(folder), QStringList{});
}

void TestSafetensorsWriter::unwritableFolder()
{
    const Folder folder;
    const std::string inside = folder.path("locked");
    QVERIFY(std::filesystem::create_directory(inside));
    using std::filesystem::perms;
    std::filesystem::permissions(inside, perms::owner_read | perms::owner_exec);
    if (access(inside.c_str(), W_OK) == 0)
        QSKIP("this user may write everywhere");
    const Refusal refused = refusal([&] { writeThree(inside + "/out"); });
    QCOMPARE(refused.message, inside + "/out can't be written: permission denied");
    QVERIFY(refused.kind == ErrorKind::Io);
}

void TestSafetensorsWriter::targetIsAFolder()
{
    const Folder folder;
    const std::string path = folder.path("out");
    QVERIFY(std::filesystem::create_directory(path));
    const Refusal refused = refusal([&] { writeThree(path); });
    QCOMPARE(refused.message, path + " is a folder, a file name was expected");
    QVERIFY(refused.kind == ErrorKind::Io);
    QCOMPARE(files(folder), QStringList{"out"});
}

/// A limit on the size of files stands in for a disk without room.
void TestSafetensorsWriter::diskIsFull()
{
    const Folder folder;
    const std::string path = folder.path("out");
    writeThree(path);
    const std::string before = contents(path);
    const std::vector<float> large(100'000, 1.0F);
    rlimit old = {};
    QCOMPARE(getrlimit(RLIMIT_FSIZE, &old), 0);
    const rlimit small = {.rlim_cur = 4096, .rlim_max = old.rlim_max};
    const auto oldHandler = std::signal(SIGXFSZ, SIG_IGN);
    QCOMPARE(setrlimit(RLIMIT_FSIZE, &small), 0);
    const Refusal refused = refusal(
        [&] { writeSafetensors(path, {{.key = "a", .shape = {100'000}, .data = large}}, {}); });
    setrlimit(RLIMIT_FSIZE, &old);
    (void)std::signal(SIGXFSZ, oldHandler);
    QCOMPARE(refused.message, path + " can't be written: file too large");
    QVERIFY(refused.kind == ErrorKind::Io);
    QCOMPARE(files(folder), QStringList{"out"});
    QCOMPARE(contents(path), before);
}

INCEPTOSCOPE_TEST_MAIN(TestSafetensorsWriter)
#include "test_safetensors_writer.moc"
