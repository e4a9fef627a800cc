#include "support/test_main.h"
#include "weights/memory_file.h"
#include "weights/open_weights.h"
#include "weights/torch/torch_file.h"
#include "weights/weight_files.h"

#include <QProcess>

#include <filesystem>

using namespace inceptoscope;

/// Files that PyTorch wrote: those stored beside this test, and fresh ones where there is one.
class TestTorchFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void stored_data() { addFiles(); }
    void stored();
    void fresh_data() { addFiles(); }
    void fresh();
    void cutAnywhere_data();
    void cutAnywhere();

private:
    static void addFiles();
    static std::string stored(const QString& name);
    Folder m_folder;
};

struct Expected
{
    const char* key;
    DType dtype;
    std::vector<uint64_t> shape;
    std::vector<float> values;
};

static std::vector<float> counting(size_t count, float step = 1, float first = 0)
{
    std::vector<float> values(count);
    for (size_t i = 0; i < count; ++i)
        values[i] = first + float(i) * step;
    return values;
}

/// What make_torch_files.py puts into each file.
static std::vector<Expected> expectedTensors()
{
    return {
        {"conv.weight", DType::F32, {2, 3, 2, 2}, counting(24)},
        {"half", DType::F16, {2, 3}, counting(6, 0.25F)},
        {"brain", DType::BF16, {6}, counting(6, 1, -2)},
        {"double", DType::F64, {4}, {0.0F, 0.1F, 0.2F, float(3 * 0.1)}},
        {"transposed", DType::F32, {4, 3}, {0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11}},
        {"slice", DType::F32, {2, 3}, {5, 6, 7, 9, 10, 11}},
        {"last", DType::F32, {1, 2, 3, 4}, counting(24)},
        {"parameter", DType::F32, {3}, counting(3)},
        {"scalar", DType::F32, {}, {7.5F}},
        {"empty", DType::F32, {0, 3}, {}},
    };
}

static void compareTensors(const std::string& path)
{
    const auto source = openWeights(path, Graph());
    const std::vector<Expected> expected = expectedTensors();
    QCOMPARE(source->describe(), path);
    QCOMPARE(source->tensors().size(), expected.size());
    for (size_t i = 0; i < expected.size(); ++i) {
        const TensorInfo& info = source->tensors()[i];
        QCOMPARE(info.key, std::string(expected[i].key));
        QVERIFY2(info.dtype == expected[i].dtype, expected[i].key);
        QCOMPARE(info.shape, expected[i].shape);
        std::vector<float> values(info.elements());
        source->read(i, values);
        QCOMPARE(values, expected[i].values);
    }
}

std::string TestTorchFile::stored(const QString& name)
{
    return (QStringLiteral(INCEPTOSCOPE_SOURCE_DIR "/tests/weights/data/") + name).toStdString();
}

void TestTorchFile::addFiles()
{
    QTest::addColumn<QString>("name");
    for (const char* name :
         {"zip.pth", "legacy.pth", "nested.pth", "model.pt", "parallel.pth", "protocol4.pth"})
        QTest::newRow(name) << QString(name);
}

void TestTorchFile::stored()
{
    QFETCH(const QString, name);
    compareTensors(stored(name));
}

void TestTorchFile::fresh()
{
    QFETCH(const QString, name);
    const std::string path = m_folder.path(name.toStdString());
    if (!std::filesystem::exists(path)) {
        const QString script =
            QStringLiteral(INCEPTOSCOPE_SOURCE_DIR "/tests/weights/make_torch_files.py");
        const QString python = QStringLiteral("/usr/bin/python3");
        if (QProcess::execute(
                python,
                {"-c",
                 "import importlib.util, sys; sys.exit(not importlib.util.find_spec('torch'))"}) !=
            0) {
            somethingWasLeftOut() = true;
            std::fprintf(
                stderr, "\n*** NOT TESTED: fresh PyTorch files\n*** needs Debian's python3-torch, "
                        "which isn't there.\n\n");
            QSKIP("python3-torch isn't there");
        }
        QCOMPARE(
            QProcess::execute(python, {script, QString::fromStdString(m_folder.path("."))}), 0);
    }
    compareTensors(path);
}

void TestTorchFile::cutAnywhere_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("zip") << QString("zip.pth");
    QTest::newRow("legacy") << QString("legacy.pth");
}

/// No beginning of a file is taken for a file.
void TestTorchFile::cutAnywhere()
{
    QFETCH(const QString, name);
    std::ifstream file(stored(name), std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(file), {}};
    QVERIFY(bytes.size() > 1000);
    const MemoryFile cut;
    const std::string path = cut.path();
    for (size_t size = 1; size < bytes.size(); ++size) {
        QVERIFY(cut.write(bytes.substr(0, size)));
        const Refusal refused = refusal([&] { (void)openTorchFile(path); });
        QVERIFY2(refused.kind == ErrorKind::BadInput, std::to_string(size).c_str());
        QVERIFY2(refused.message.starts_with("weights: " + path + ": i"), refused.message.c_str());
    }
}

INCEPTOSCOPE_TEST_MAIN(TestTorchFile)
#include "test_torch_file.moc"
