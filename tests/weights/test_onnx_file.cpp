#include "support/test_main.h"
#include "weights/onnx/onnx_file.h"
#include "weights/onnx_writer.h"

#include <QRegularExpression>

#include <filesystem>

using namespace inceptoscope;

/// What an ONNX file holds, whichever way its values are stored.
class TestOnnxFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void model();
    void sources();
    void storage_data();
    void storage();
    void manyPackedFloats();
    void besideTheModel();
    void placesBelow_data();
    void placesBelow();
    void links_data();
    void links();
    void besideRefused_data();
    void besideRefused();
    void recognised_data();
    void recognised();

private:
    Folder m_folder;
};

static std::string fixture(const char* name)
{
    return INCEPTOSCOPE_SOURCE_DIR "/tests/weights/onnx/" + std::string(name);
}

static std::vector<float> readAll(const TensorSource& source, size_t index)
{
    std::vector<float> values(source.tensors()[index].elements());
    source.read(index, values);
    return values;
}

void TestOnnxFile::model()
{
    const OnnxModel model = readOnnx(fixture("small_13_kept.onnx"));
    QCOMPARE(model.opset, int64_t(13));
    QCOMPARE(model.producer.substr(0, 7), std::string("pytorch"));
    QCOMPARE(model.outputs.size(), size_t(1));
    size_t convolutions = 0;
    for (const OnnxNode& node : model.nodes)
        convolutions += node.op == "Conv" ? 1 : 0;
    QCOMPARE(convolutions, size_t(7));
}

void TestOnnxFile::sources()
{
    OnnxWriter writer;
    writer.initialiser("a", {2, 1}, {1, 2});
    writer.initialiser(onnx_part::integers("shape", {1, -1}));
    writer.initialiser(onnx_part::tensor("scalar", {}, std::vector<float>{0.5F}));
    writer.node("Identity", {"x"}, "y");
    const auto source = openOnnx(m_folder.write("model", writer.model(12)));
    QCOMPARE(source->tensors().size(), size_t(2));
    QCOMPARE(source->tensors()[0].key, std::string("a"));
    QCOMPARE(toString(source->tensors()[0].shape), std::string("2x1"));
    QCOMPARE(readAll(*source, 0), (std::vector<float>{1, 2}));
    QCOMPARE(toString(source->tensors()[1].shape), std::string("scalar"));
    QCOMPARE(readAll(*source, 1), std::vector<float>{0.5F});
    QCOMPARE(source->metadata().at("opset"), std::string("12"));
    QCOMPARE(source->metadata().at("producer"), std::string("test"));
    QCOMPARE(source->describe(), m_folder.path("model"));
    QVERIFY(!source->isFolded("a") && source->notes().empty());
}

void TestOnnxFile::storage_data()
{
    QTest::addColumn<QByteArray>("tensor");
    QTest::addColumn<QString>("dtype");
    const auto add = [](const char* name, uint64_t type, const std::string& values,
                        const char* dtype) {
        QTest::newRow(name) << QByteArray::fromStdString(
                                   onnx_part::dims({3}) + wire::number(2, type) +
                                   wire::bytes(8, "a") + values)
                            << dtype;
    };
    const std::string f32 = bytesOfValues(std::vector<float>{1, -2, 0.5F});
    const std::string f64 = bytesOfValues(std::vector<double>{1, -2, 0.5});
    const std::string f16 = bytesOfValues(std::vector<uint16_t>{0x3c00, 0xc000, 0x3800});
    const std::string bf16 = bytesOfValues(std::vector<uint16_t>{0x3f80, 0xc000, 0x3f00});
    add("raw floats", 1, wire::bytes(9, f32), "F32");
    add("packed floats", 1, wire::bytes(4, f32), "F32");
    add("floats one by one", 1, wire::real(4, 1) + wire::real(4, -2) + wire::real(4, 0.5F), "F32");
    add("raw doubles", 11, wire::bytes(9, f64), "F64");
    add("packed doubles", 11, wire::bytes(10, f64), "F64");
    add("raw halves", 10, wire::bytes(9, f16), "F16");
    add("halves as numbers", 10,
        wire::bytes(5, wire::varint(0x3c00) + wire::varint(0xc000) + wire::varint(0x3800)), "F16");
    add("raw bfloat16", 16, wire::bytes(9, bf16), "BF16");
    add("bfloat16 as numbers", 16,
        wire::number(5, 0x3f80) + wire::number(5, 0xc000) + wire::number(5, 0x3f00), "BF16");
}

void TestOnnxFile::storage()
{
    QFETCH(const QByteArray, tensor);
    QFETCH(const QString, dtype);
    OnnxWriter writer;
    writer.initialiser(tensor.toStdString()).node("Relu", {"x"}, "y");
    const auto source = openOnnx(m_folder.write("model", writer.model()));
    QCOMPARE(source->tensors().size(), size_t(1));
    QCOMPARE(QString::fromStdString(std::string(dtypeName(source->tensors()[0].dtype))), dtype);
    QCOMPARE(readAll(*source, 0), (std::vector<float>{1, -2, 0.5F}));
}

/// They take no more memory than in the file.
void TestOnnxFile::manyPackedFloats()
{
    const std::vector<float> values(8'000'000);
    OnnxWriter writer;
    writer.initialiser(
        onnx_part::dims({int64_t(values.size())}) + wire::number(2, 1) + wire::bytes(8, "a") +
        wire::bytes(4, bytesOfValues(values)));
    writer.node("Relu", {"x"}, "y");
    const auto source = openOnnx(m_folder.write("model", writer.model()));
    QCOMPARE(source->tensors()[0].elements(), uint64_t(values.size()));
}

static std::string externalTensor(
    const std::string& location, const std::string& offset = {}, const std::string& length = {})
{
    const auto entry = [](const std::string& key, const std::string& value) {
        return value.empty() ? std::string()
                             : wire::bytes(13, wire::bytes(1, key) + wire::bytes(2, value));
    };
    return onnx_part::dims({2}) + wire::number(2, 1) + wire::bytes(8, "a") +
           entry("location", location) + entry("offset", offset) + entry("length", length) +
           wire::number(14, 1);
}

void TestOnnxFile::besideTheModel()
{
    (void)m_folder.write("model.data", bytesOfValues(std::vector<float>{9, 3, 4, 9}));
    OnnxWriter writer;
    writer.initialiser(externalTensor("model.data", "4", "8")).node("Relu", {"x"}, "y");
    const auto source = openOnnx(m_folder.write("model", writer.model()));
    QCOMPARE(readAll(*source, 0), (std::vector<float>{3, 4}));
}

/// As exporters write it: in the same folder or below, and as a link that stays there.
void TestOnnxFile::placesBelow_data()
{
    QTest::addColumn<QString>("location");
    for (const char* location :
         {"./model.data", "parts/model.data", "./parts/./model.data", "parts//model.data",
          "link.data", "linked/model.data", "with\\backslash"})
        QTest::newRow(location) << location;
}

void TestOnnxFile::placesBelow()
{
    QFETCH(const QString, location);
    const Folder folder;
    const std::string values = bytesOfValues(std::vector<float>{3, 4});
    std::filesystem::create_directory(folder.path("parts"));
    for (const char* name : {"model.data", "parts/model.data", "with\\backslash"})
        (void)folder.write(name, values);
    std::filesystem::create_symlink("parts/model.data", folder.path("link.data"));
    std::filesystem::create_symlink("parts", folder.path("linked"));
    OnnxWriter writer;
    writer.initialiser(externalTensor(location.toStdString())).node("Relu", {"x"}, "y");
    const auto source = openOnnx(folder.write("model", writer.model()));
    QCOMPARE(readAll(*source, 0), (std::vector<float>{3, 4}));
}

/// Links that lead out of the model's folder, unless a hub's cache made them.
void TestOnnxFile::links_data()
{
    QTest::addColumn<QString>("model"); // its folder
    QTest::addColumn<QString>("link");
    QTest::addColumn<QString>("target");
    QTest::addColumn<QString>("location");
    QTest::addColumn<bool>("read");
    const auto add = [](const char* name, const char* model, const char* link, const char* target,
                        const char* location, bool read) {
        QTest::newRow(name) << model << link << target << location << read;
    };
    add("a file", "models", "x", "../outside", "x", false);
    add("a file, absolute", "models", "x", "/etc/passwd", "x", false);
    add("a folder", "models", "x", "..", "x/outside", false);
    add("a hub's", "hub/snapshots/1", "x", "../../blobs/b", "x", true);
    add("a hub's, in a folder", "hub/snapshots/1/onnx", "x", "../../../blobs/b", "./x", true);
    add("out of a hub", "hub/snapshots/1", "x", "../../../outside", "x", false);
    add("out of a hub by a blob", "hub/snapshots/1", "x", "../../blobs/leading_out", "x", false);
    add("to a hub's other places", "hub/snapshots/1", "x", "../../refs", "x", false);
    add("no hub", "models/1", "x", "../../hub/blobs/b", "x", false);
}

void TestOnnxFile::links()
{
    QFETCH(const QString, model);
    QFETCH(const QString, link);
    QFETCH(const QString, target);
    QFETCH(const QString, location);
    QFETCH(const bool, read);
    const Folder folder;
    const std::string home = model.toStdString() + "/";
    const std::string values = bytesOfValues(std::vector<float>{3, 4});
    std::filesystem::create_directories(folder.path("hub/blobs"));
    std::filesystem::create_directories(folder.path(home));
    for (const char* name : {"outside", "hub/blobs/b", "hub/refs"})
        (void)folder.write(name, values);
    std::filesystem::create_symlink("../../outside", folder.path("hub/blobs/leading_out"));
    std::filesystem::create_symlink(target.toStdString(), folder.path(home + link.toStdString()));
    OnnxWriter writer;
    writer.initialiser(externalTensor(location.toStdString())).node("Relu", {"x"}, "y");
    const std::string path = folder.write(home + "model", writer.model());
    std::vector<float> found;
    const Refusal refused = refusal([&] { found = readAll(*openOnnx(path), 0); });
    QCOMPARE(found, (read ? std::vector<float>{3, 4} : std::vector<float>{}));
    if (!read)
        QVERIFY2(
            QString::fromStdString(refused.message)
                .contains(
                    QRegularExpression("a link to .+; only a file in the model's own folder")),
            refused.message.c_str());
}

void TestOnnxFile::besideRefused_data()
{
    QTest::addColumn<QByteArray>("tensor");
    QTest::addColumn<QString>("message");
    const auto add = [](const char* name, const std::string& tensor, const char* message) {
        QTest::newRow(name) << QByteArray::fromStdString(tensor) << message;
    };
    const char* elsewhere = "only a file in the model's own folder is read";
    add("absolute", externalTensor("/etc/passwd"), elsewhere);
    add("above", externalTensor("../model.data"), elsewhere);
    add("the folder above", externalTensor(".."), elsewhere);
    add("above, from below", externalTensor("a/../../b"), elsewhere);
    add("a folder", externalTensor("parts/"), elsewhere);
    add("itself", externalTensor("."), elsewhere);
    add("control characters", externalTensor("../\x1b[31mred\r\n"),
        "lies in the file \"../?[31mred??\"; only a file in the model's own folder is read");
    add("control characters in a missing one", externalTensor("\x1b[31m"),
        "/model has values: No such file or directory");
    add("with a NUL", externalTensor(std::string("model.data\0x", 12)), elsewhere);
    add("no location", externalTensor(""), elsewhere);
    add("behind the end", externalTensor("model.data", "12"),
        "ends behind the end of model.data, which has 16 bytes");
    add("far behind the end", externalTensor("model.data", "18446744073709551615"),
        "ends behind the end of model.data, which has 16 bytes");
    add("no number", externalTensor("model.data", "-4"),
        "ends behind the end of model.data, which has 16 bytes");
    add("another length", externalTensor("model.data", "0", "12"),
        "is 2, that is 8 bytes, but its length in model.data is 12");
    add("missing", externalTensor("nothing.data"), "model has values: No such file or directory");
}

void TestOnnxFile::besideRefused()
{
    QFETCH(const QByteArray, tensor);
    QFETCH(const QString, message);
    (void)m_folder.write("model.data", std::string(16, '\0'));
    OnnxWriter writer;
    writer.initialiser(tensor.toStdString()).node("Relu", {"x"}, "y");
    const std::string path = m_folder.write("model", writer.model());
    const Refusal refused = refusal([&] { (void)openOnnx(path); });
    QVERIFY2(QString::fromStdString(refused.message).endsWith(message), refused.message.c_str());
    QVERIFY(refused.message.find_first_of("\x1b\r\n") == std::string::npos);
}

void TestOnnxFile::recognised_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("onnx");
    const auto add = [](const char* name, const std::string& bytes, bool onnx) {
        QTest::newRow(name) << QByteArray::fromStdString(bytes) << onnx;
    };
    OnnxWriter writer;
    writer.node("Relu", {"x"}, "y");
    const std::string whole = writer.model();
    add("a model", whole, true);
    add("its first half", whole.substr(0, whole.size() / 2), true);
    add("graph first", wire::bytes(7, "") + wire::number(1, 4), true);
    add("graph first, cut", wire::bytes(7, std::string(20, 'x')).substr(0, 10), false);
    add("no graph", wire::bytes(2, "producer"), false);
    add("version only", wire::number(1, 4), false);
    add("version 0", wire::number(1, 0) + wire::bytes(7, ""), false);
    add("a field that models don't have", wire::number(1, 4) + wire::bytes(9, "x"), false);
    add("a field of another type", wire::number(1, 4) + wire::number(7, 1), false);
    add("safetensors", safetensorsBytes("{}"), false);
    add("text", "Some words.", false);
    add("zip", "PK\3\4", false);
    add("one byte", "\10", false);
}

void TestOnnxFile::recognised()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const bool, onnx);
    QCOMPARE(looksLikeOnnx(MappedFile(m_folder.write("file", bytes.toStdString()))), onnx);
}

INCEPTOSCOPE_TEST_MAIN(TestOnnxFile)
#include "test_onnx_file.moc"
