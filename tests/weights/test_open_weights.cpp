#include "support/test_main.h"
#include "weights/open_weights.h"
#include "weights/safetensors/safetensors.h"
#include "weights/synthetic.h"
#include "weights/weight_files.h"
#include "zoo/network.h"

using namespace inceptoscope;

/// What a person may give as weights: a rule's name, or a file that tells what it is.
class TestOpenWeights : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void syntheticNames();
    void syntheticSources();
    void eachFormat_data();
    void eachFormat();
    void foreignFormat();
    void onnxFiles_data();
    void onnxFiles();
    void onnxNames();
    void damagedSafetensors_data();
    void damagedSafetensors();
    void headersOfAnyLength();
    void missingFile();
    void zippedSafetensors();

private:
    Refusal opening(const std::string& path) const;
    Graph m_graph;
    Folder m_folder;
};

void TestOpenWeights::initTestCase()
{
    m_graph = makeNetwork("googlenet").graph;
}

Refusal TestOpenWeights::opening(const std::string& path) const
{
    return refusal([&] { (void)openWeights(path, m_graph); });
}

void TestOpenWeights::syntheticNames()
{
    for (const char* yes : {"synthetic", "synthetic:", "synthetic:a", "synthetic:a:b"})
        QVERIFY2(isSynthetic(yes), yes);
    for (const char* no :
         {"", "Synthetic", "synthetic ", "synthetics", "synthetic.safetensors", "./synthetic",
          "a/synthetic:b", ":synthetic"})
        QVERIFY2(!isSynthetic(no), no);
}

void TestOpenWeights::syntheticSources()
{
    const std::vector<std::pair<std::string, std::string>> specs = {
        {"synthetic", ""},
        {"synthetic:", ""},
        {"synthetic:demo-salt", "demo-salt"},
        {"synthetic:a:b", "a:b"}};
    for (const auto& [spec, salt] : specs) {
        const auto source = openWeights(spec, m_graph);
        QCOMPARE(source->describe(), salt.empty() ? "synthetic" : "synthetic:" + salt);
        const auto index = source->find("conv1/7x7_s2.bias");
        QVERIFY(index.has_value());
        std::vector<float> values(64);
        source->read(*index, values);
        QCOMPARE(values, syntheticTensor("conv1/7x7_s2.bias", {64}, salt));
    }
}

void TestOpenWeights::eachFormat_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("key");
    QTest::newRow("safetensors") << "onnx/small.safetensors"
                                 << "head.fc.weight";
    QTest::newRow("PyTorch, zip") << "data/zip.pth"
                                  << "conv.weight";
    QTest::newRow("PyTorch, before 1.6") << "data/legacy.pth"
                                         << "conv.weight";
    QTest::newRow("ONNX") << "onnx/small_9_folded.onnx"
                          << "head.fc.weight";
}

/// The content counts, whatever the name says.
void TestOpenWeights::eachFormat()
{
    QFETCH(const QString, file);
    QFETCH(const QString, key);
    for (const char* name : {"weights", "weights.onnx", "weights.pth", "weights.safetensors"}) {
        QFile::remove(QString::fromStdString(m_folder.path(name)));
        QVERIFY(QFile::copy(
            INCEPTOSCOPE_SOURCE_DIR "/tests/weights/" + file,
            QString::fromStdString(m_folder.path(name))));
        QVERIFY(openWeightsFile(m_folder.path(name))->find(key.toStdString()));
        QVERIFY(!openWeights(m_folder.path(name), m_graph)->tensors().empty());
        QFile::remove(QString::fromStdString(m_folder.path(name)));
    }
}

void TestOpenWeights::foreignFormat()
{
    const std::string path =
        m_folder.write("foreign", std::string("\x89HDF\r\n\x1a\n\0\0\0\0\0\10\10\0", 16));
    const Refusal refused = opening(path);
    QVERIFY(refused.message.starts_with("weights: " + path + " is an HDF5 file, as Keras writes"));
    QVERIFY(refused.kind == ErrorKind::BadInput);
    QCOMPARE(refusal([&] { (void)openWeightsFile(path); }).message, refused.message);
}

void TestOpenWeights::onnxFiles_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("message");
    const auto add = [](const char* name, const QByteArray& bytes, const char* message) {
        QTest::newRow(name) << bytes << message;
    };
    add("cut in its graph", "\10\7\22\7pytorch\x1a\0052.0.1:",
        "the ONNX model ends inside onnx.ModelProto.graph; it is truncated or damaged");
    add("no graph", "\10\3\22\nCNTK model", "it is an ONNX model without a graph");
    add("begins with its graph", "\10\11:\xf0\1\n\r\n\1x",
        "the ONNX model ends inside onnx.ModelProto.graph, which is said to be 240 bytes long; it "
        "is truncated or damaged");
    add("with a safetensors header's brace in its place", "\10\7:\x80\x80\x80\10\n{",
        "the ONNX model ends inside onnx.ModelProto.graph, which is said to be 16777216 bytes "
        "long; it is truncated or damaged");
}

void TestOpenWeights::onnxFiles()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const QString, message);
    const std::string path = m_folder.write("weights.pth", bytes.toStdString());
    QCOMPARE(
        QString::fromStdString(opening(path).message),
        "weights: " + QString::fromStdString(path) + ": " + message);
    QCOMPARE(refusal([&] { (void)openWeightsFile(path); }).message, opening(path).message);
}

/// Without a network a file has its own names, with one the network's.
void TestOpenWeights::onnxNames()
{
    const std::string path = INCEPTOSCOPE_SOURCE_DIR "/tests/weights/onnx/small_9_folded.onnx";
    QVERIFY(openWeightsFile(path)->notes().empty());
    QVERIFY(openWeightsFile(path)->find("head.fc.weight"));
    QVERIFY(!openWeights(path, m_graph)->notes().empty());
}

void TestOpenWeights::damagedSafetensors_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("message");
    const char* notJson = "its header is not JSON; it is damaged, or no safetensors file";
    const auto add = [](const char* name, const std::string& bytes, const char* message) {
        QTest::newRow(name) << QByteArray::fromStdString(bytes) << message;
    };
    add("one byte", "\10", "it is 1 bytes long, a safetensors file begins with 8 bytes of length");
    add("a header of 8 bytes, not there", bytesOfValues(std::vector<uint64_t>{8}),
        "its header is said to be 8 bytes long, the file has 0 left; it is truncated");
    add("a header of 8 bytes, not JSON", safetensorsBytes("        "), notJson);
    add("a header of 264 bytes, not JSON", safetensorsBytes(std::string(0x108, 'x')), notJson);
    add("a header of 640 bytes, not JSON", safetensorsBytes(std::string(0x280, 'x')), notJson);
}

void TestOpenWeights::damagedSafetensors()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const QString, message);
    const std::string path = m_folder.write("damaged", bytes.toStdString());
    QCOMPARE(
        QString::fromStdString(opening(path).message),
        "weights: " + QString::fromStdString(path) + ": " + message);
}

/// Lengths whose bytes look like the beginnings of other formats.
void TestOpenWeights::headersOfAnyLength()
{
    const std::string header = "{" + entry("a", "F32", "[1]", "[0,4]") + "}";
    for (const size_t length : {0x108U, 0x708U, 0x808U, 0x1008U, 0x280U, 0x480U, 0x123a08U}) {
        const std::string padded = header + std::string(length - header.size(), ' ');
        const std::string path =
            m_folder.write("file", safetensorsBytes(padded, std::string(4, '\0')));
        const auto source = openWeights(path, m_graph);
        QCOMPARE(source->tensors().size(), size_t(1));
        QCOMPARE(source->describe(), path);
    }
}

void TestOpenWeights::missingFile()
{
    const std::string path = m_folder.path("synthetic");
    const Refusal refused = opening(path);
    QCOMPARE(refused.message, "weights: can't open " + path + ": No such file or directory");
    QVERIFY(refused.kind == ErrorKind::Io);
    QCOMPARE(
        opening(m_folder.write("empty", "")).message,
        "weights: " + m_folder.path("empty") + " is empty; download or copy it again");
    QCOMPARE(
        opening(m_folder.path("")).message,
        "weights: " + m_folder.path("") + " is a folder; give the weights file in it");
}

/// The magic number counts, whatever the name says.
void TestOpenWeights::zippedSafetensors()
{
    const std::string path = m_folder.write("weights.safetensors", "PK\3\4 and more");
    QVERIFY(opening(path).message.find("it is a zip archive") != std::string::npos);
    const std::string odd = m_folder.path("weights.pth");
    writeSafetensors(odd, {}, {});
    QVERIFY(openWeights(odd, m_graph)->tensors().empty());
}

INCEPTOSCOPE_TEST_MAIN(TestOpenWeights)
#include "test_open_weights.moc"
