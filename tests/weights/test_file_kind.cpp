#include "support/test_main.h"
#include "weights/open_weights.h"
#include "weights/torch_bytes.h"
#include "weights/weight_files.h"

using namespace inceptoscope;

/// Files that are no weights files: each is called what it is, with what to do next.
class TestFileKind : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void kinds_data();
    void kinds();
    void pieces();

private:
    Folder m_folder;
};

/// A field of a protobuf message with a length, and one with a number.
static std::string field(unsigned number, const std::string& content)
{
    std::string bytes;
    for (uint64_t value : {uint64_t(number) << 3U | 2U, uint64_t(content.size())}) {
        for (; value >= 128; value >>= 7U)
            bytes += char(value | 128U);
        bytes += char(value);
    }
    return bytes + content;
}

static std::string version(char value)
{
    return std::string("\x08") + value;
}

void TestFileKind::kinds_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("begin");
    QTest::addColumn<QString>("next");
    const auto row = [](const char* name, const std::string& bytes, const char* begin,
                        const char* next) {
        QTest::newRow(name) << QByteArray::fromStdString(bytes) << QString(begin) << QString(next);
    };
    const std::string fill(300, '\1');
    row("web page", "<!DOCTYPE html>\n<html><head><title>Sign in</title></head></html>",
        "is a web page (\"Sign in\"), which a server sent in place of the weights",
        "open the address in a browser and save the file itself");
    row("web page in capitals, indented", "\xef\xbb\xbf\n  <HTML><BODY>404", "is a web page",
        "save the file itself");
    row("XHTML", "<?xml version=\"1.0\"?>\n<html xmlns=\"x\"/>", "is a web page", "browser");
    row("storage's answer",
        "<?xml version='1.0'?><Error><Code>AccessDenied</Code><Message>Access "
        "denied.</Message></Error>",
        "is an XML text (\"Access denied.\")", "download the file again");
    row("OpenVINO", "<?xml version=\"1.0\"?>\n<net name=\"x\" version=\"11\">",
        "describes an OpenVINO model", "get the ONNX file");
    row("refusal in JSON", R"({"error": "Repository not found"})",
        "is an answer in which a server refuses the weights", "download the file again");
    row("TensorFlow.js", R"({"format": "graph-model", "weightsManifest": []})",
        "is the description of a TensorFlow.js model", "tf2onnx");
    row("configuration", R"({"architectures": ["X"]})", "is a JSON text without weights",
        "give the weights file itself");
    row("refusal in text", "Invalid username or password.",
        "is a text (\"Invalid username or password.\"), not weights", "the server sent this");
    row("Git LFS", "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 104857600\n",
        "is a Git LFS pointer, not the file of 104857600 bytes it stands for",
        "run 'git lfs pull' in its folder");
    row("ncnn", "7767517\n75 83\nInput data", "describes an ncnn model", "get the ONNX");
    row("prototxt", "name: \"GoogleNet\"\ninput: \"data\"",
        "describes a network in protobuf's text", "convert");
    row("gzip", "\x1f\x8b\x08" + fill, "is compressed with gzip", "gunzip");
    row("bzip2", "BZh91AY&SY" + fill, "is compressed with bzip2", "bunzip2");
    row("xz",
        std::string(
            "\xfd"
            "7zXZ\0",
            6) +
            fill,
        "is compressed with xz", "unxz");
    row("zstd", "\x28\xb5\x2f\xfd" + fill, "is compressed with zstd", "unzstd");
    row("7z", "7z\xbc\xaf\x27\x1c" + fill, "is a 7z archive", "unpack it");
    row("tar", "net.pth" + std::string(250, '\0') + "ustar" + fill, "is a tar archive", "tar -xf");
    row("GGUF", std::string("GGUF\3\0\0\0", 8) + fill, "is a GGUF file", "safetensors file");
    row("HDF5", "\x89HDF\r\n\x1a\n" + fill, "is an HDF5 file, as Keras writes (.h5)", "tf2onnx");
    row("TensorFlow Lite", std::string("\x1c\0\0\0TFL3", 8) + fill, "is a TensorFlow Lite model",
        "--tflite");
    row("ONNX Runtime", std::string("\x1c\0\0\0ORTM", 8) + fill,
        "is a model in ONNX Runtime's own format", "the .onnx file");
    row("NumPy", "\x93NUMPY\1" + fill, "is a NumPy array", "safetensors");
    row("MATLAB", "MATLAB 5.0 MAT-file, Platform: GLNXA64" + fill, "is a MATLAB file",
        "convert it to ONNX first");
    row("MXNet", std::string("\x12\1\0\0\0\0\0\0", 8) + fill, "is a parameter file of MXNet",
        "convert it to ONNX first");
    row("Torch 7", std::string("\4\0\0\0\1\0\0\0\3\0\0\0V 1\x0d\0\0\0nn.Sequential", 32),
        "is a file of Torch 7", "convert");
    row("TensorFlow's index", fill + "\x57\xfb\x80\x8b\x24\x75\x47\xdb",
        "is the index of a TensorFlow checkpoint", "--checkpoint");
    row("PNG", "\x89PNG\r\n\x1a\n" + fill, "is a picture (PNG), not weights", "");
    row("JPEG", "\xff\xd8\xff\xe0" + fill, "is a picture (JPEG), not weights", "");
    row("SVG", "<?xml version=\"1.0\"?>\n<svg xmlns=\"x\"/>", "is a picture (SVG), not weights",
        "");
    row("BMP", "BM" + std::string("\x50\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0", 16) + fill,
        "is a picture (BMP), not weights", "");
    row("frozen graph",
        field(1, field(1, "input") + field(2, "Placeholder") + field(5, "x")) +
            field(1, field(1, "w") + field(2, "Const")),
        "is a TensorFlow graph (frozen, .pb)", "--graphdef");
    const std::string graph = field(2, field(1, field(1, "input") + field(2, "Placeholder")));
    row("SavedModel", version(1) + field(2, field(1, "about") + graph),
        "is the graph of a TensorFlow SavedModel", "--saved-model");
    row("meta graph", field(1, field(4, "serve")) + graph,
        "is the graph of a TensorFlow checkpoint", "--checkpoint");
    row("Core ML", version(4) + field(2, field(1, "image")) + field(403, fill),
        "is a Core ML model", "made from");
    row("Caffe", field(1, "GoogleNet") + field(100, field(1, "data") + field(2, "Data")),
        "is a Caffe model", "convert it to ONNX");
    row("Caffe of before", field(1, "CaffeNet") + field(2, field(1, fill)), "is a Caffe model",
        "convert it to ONNX");
    const auto zip = [](const std::string& name) {
        return zipBytes({{.name = name, .data = "x", .method = 8}});
    };
    row("zip with weights", zip("weights/inception.pth"),
        "is a zip archive with \"weights/inception.pth\" inside", "unpack it with unzip");
    row("zip of macOS",
        zipBytes({{.name = "__MACOSX/._a.pth", .data = "x"}, {.name = "b.onnx", .data = "x"}}),
        "is a zip archive with \"b.onnx\" inside", "unzip");
    row("Keras 3", zip("model.weights.h5"), "is a Keras model (.keras)", "tf2onnx");
    row("npz", zip("conv1.npy"), "is an archive of NumPy arrays (.npz)", "safetensors");
    row("Core ML package", zip("Data/com.apple.CoreML/model.mlmodel"), "is a Core ML package",
        "made from");
    row("other zip", zip("notes.txt"), "is a zip archive with neither PyTorch's data.pkl", "");
    row("nothing known", "\xde\xad\xbe\xef\xfe\xed\xfa\xce" + fill,
        "is no weights file that is known here (it begins with the bytes de ad be ef fe ed fa ce)",
        "safetensors, PyTorch and ONNX files can be read");
}

void TestFileKind::kinds()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const QString, begin);
    QFETCH(const QString, next);
    for (const char* name : {"a.pth", "a.safetensors", "a.onnx"}) {
        const std::string path = m_folder.write(name, bytes.toStdString());
        const Refusal refused = refusal([&] { (void)openWeightsFile(path); });
        const QString message = QString::fromStdString(refused.message);
        QVERIFY(refused.kind == ErrorKind::BadInput);
        QVERIFY2(
            message.startsWith("weights: " + QString::fromStdString(path) + " " + begin),
            refused.message.c_str());
        QVERIFY2(message.contains(next), refused.message.c_str());
        QVERIFY2(refused.message.size() < path.size() + 400, refused.message.c_str());
    }
}

/// Whatever a file begins with, it gets one clean sentence.
void TestFileKind::pieces()
{
    const std::string graph =
        field(1, field(1, "input") + field(2, "Placeholder")) + std::string(20, '\n');
    for (size_t size = 1; size < graph.size(); ++size) {
        const std::string path = m_folder.write("piece", graph.substr(0, size));
        const Refusal refused = refusal([&] { (void)openWeightsFile(path); });
        QVERIFY2(refused.kind == ErrorKind::BadInput, refused.message.c_str());
    }
}

INCEPTOSCOPE_TEST_MAIN(TestFileKind)
#include "test_file_kind.moc"
