#include "engine/labels.h"
#include "engine/open_network.h"
#include "support/test_main.h"
#include "weights/layer_weights.h"
#include "weights/weight_files.h"
#include "zoo/input_options.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <filesystem>

using namespace inceptoscope;

using Pairs = std::map<std::string, std::string>;

/// Networks made for the weights that people have: other classes, other pictures. The files hold
/// zeros, since only their names, shapes and metadata matter here.
class TestOpenNetwork : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void classes_data();
    void classes();
    void auxiliaryOfOtherClasses();
    void labelsInTheFile();
    void labelsBesideTheFile();
    void labelsThatDontFit();
    void givenLabels();
    void preprocessing();
    void preprocessingFaults();
    void otherInput();
    void anotherNetwork_data();
    void anotherNetwork();
    void nobodysWeights();
    void knownCauses();
    void configBesideTheFile();
    void largeLabels();

private:
    [[nodiscard]] std::string write(
        const Graph& graph, const Pairs& metadata, bool auxiliary = false,
        uint64_t auxiliaryClasses = 0) const;
    Folder m_folder;
};

/// Only the header is written; the rest is a hole of zeros.
std::string TestOpenNetwork::write(
    const Graph& graph, const Pairs& metadata, bool auxiliary, uint64_t auxiliaryClasses) const
{
    QJsonObject header;
    QJsonObject texts;
    for (const auto& [key, value] : metadata)
        texts[QString::fromStdString(key)] = QString::fromStdString(value);
    header["__metadata__"] = texts;
    qint64 end = 0;
    for (Parameter& p : parameters(graph, auxiliary)) {
        if (auxiliaryClasses > 0 && p.key.starts_with("aux1.fc2"))
            p.shape[0] = auxiliaryClasses;
        QJsonArray shape;
        qint64 bytes = 4;
        for (const uint64_t side : p.shape) {
            shape.append(qint64(side));
            bytes *= qint64(side);
        }
        header[QString::fromStdString(p.key)] = QJsonObject{
            {"dtype", "F32"}, {"shape", shape}, {"data_offsets", QJsonArray{end, end + bytes}}};
        end += bytes;
    }
    const std::string head = safetensorsBytes(QJsonDocument(header).toJson().toStdString());
    const std::string path = m_folder.write("weights.safetensors", head);
    std::filesystem::resize_file(path, head.size() + uint64_t(end));
    return path;
}

static uint32_t classesOf(const Network& network)
{
    return network.graph[*network.graph.logits()].shape.c;
}

static QString firstNote(const OpenedNetwork& opened)
{
    return opened.notes.empty() ? QString() : QString::fromStdString(opened.notes.front());
}

void TestOpenNetwork::classes_data()
{
    QTest::addColumn<uint32_t>("classes");
    QTest::addColumn<QString>("first");
    QTest::newRow("fine-tuned") << 10U << QString();
    QTest::newRow("ImageNet") << 1000U << "tench, Tinca tinca";
    QTest::newRow("TensorFlow") << 1001U << "background";
}

void TestOpenNetwork::classes()
{
    QFETCH(const uint32_t, classes);
    QFETCH(const QString, first);
    const std::string path = write(makeNetwork("googlenet_bn", {.classes = classes}).graph, {});
    const OpenedNetwork opened = openNetwork({.network = "googlenet_bn", .weights = path});
    QCOMPARE(classesOf(opened.network), classes);
    QVERIFY(opened.trained);
    QVERIFY(!opened.hasAuxiliary);
    QCOMPARE(classLabel(*opened.labels, 0, classes), first);
    QCOMPARE(firstNote(opened), QString());
}

/// They are trained apart, sometimes before the classes were exchanged.
void TestOpenNetwork::auxiliaryOfOtherClasses()
{
    const std::string path = write(makeNetwork("googlenet_bn", {.classes = 10}).graph, {}, true);
    QVERIFY(openNetwork({.network = "googlenet_bn", .weights = path}).hasAuxiliary);
    (void)write(makeNetwork("googlenet_bn", {.classes = 10}).graph, {}, true, 1000);
    const OpenedNetwork opened = openNetwork({.network = "googlenet_bn", .weights = path});
    QCOMPARE(classesOf(opened.network), 10U);
    QVERIFY(!opened.hasAuxiliary);
}

void TestOpenNetwork::labelsInTheFile()
{
    const Graph graph = makeNetwork("googlenet_bn", {.classes = 3}).graph;
    for (const auto& [key, text] : Pairs{
             {"labels", R"(["disc", "star", "wave"])"},
             {"id2label", R"({"0": "disc", "1": "star", "2": "wave"})"},
             {"class_names", "disc\nstar\nwave\n"}}) {
        const std::string path = write(graph, {{key, text}});
        const OpenedNetwork opened = openNetwork({.network = "googlenet_bn", .weights = path});
        QCOMPARE(opened.labels->names, QStringList({"disc", "star", "wave"}));
        QCOMPARE(opened.labels->source, "the file's metadata");
    }
}

void TestOpenNetwork::labelsBesideTheFile()
{
    const Graph graph = makeNetwork("googlenet_bn", {.classes = 2}).graph;
    const NetworkRequest request{
        .network = "googlenet_bn", .weights = write(graph, {{"labels", "[\"in\", \"it\"]"}})};
    QCOMPARE(openNetwork(request).labels->names, QStringList({"in", "it"}));
    const std::string json = m_folder.write("weights.labels.json", "[\"j\", \"son\"]");
    QCOMPARE(openNetwork(request).labels->names, QStringList({"j", "son"}));
    const std::string text = m_folder.write("weights.labels.txt", "be\nside\n");
    QCOMPARE(openNetwork(request).labels->names, QStringList({"be", "side"}));
    QCOMPARE(openNetwork(request).labels->source.toStdString(), text);
    QFile::remove(QString::fromStdString(text));
    QFile::remove(QString::fromStdString(json));
}

/// The network runs without names, and says why.
void TestOpenNetwork::labelsThatDontFit()
{
    const Graph graph = makeNetwork("googlenet_bn", {.classes = 3}).graph;
    std::string path = write(graph, {{"labels", "[\"a\", \"b\"]"}});
    OpenedNetwork opened = openNetwork({.network = "googlenet_bn", .weights = path});
    QVERIFY(opened.labels->names.isEmpty());
    QCOMPARE(
        firstNote(opened), QString::fromStdString(
                               "weights: " + path +
                               ": the labels from the file's metadata name 2 classes, the "
                               "weights have 3; they are left out"));
    path = write(graph, {{"labels", "[\"a\", "}});
    opened = openNetwork({.network = "googlenet_bn", .weights = path});
    QCOMPARE(
        firstNote(opened), QString::fromStdString(
                               "weights: " + path +
                               ": its \"labels\": it begins as JSON, but "
                               "isn't JSON; these labels are left out"));
}

void TestOpenNetwork::givenLabels()
{
    const Graph graph = makeNetwork("googlenet_bn", {.classes = 2}).graph;
    NetworkRequest request{
        .network = "googlenet_bn", .weights = write(graph, {{"labels", "[\"in\", \"it\"]"}})};
    request.labels = m_folder.write("names.txt", "n00000001 one\nn00000002 two\n");
    QCOMPARE(openNetwork(request).labels->names, QStringList({"one", "two"}));
    request.labels = m_folder.write("names.txt", "one\ntwo\nthree\n");
    Refusal refused = refusal([&] { (void)openNetwork(request); });
    QCOMPARE(
        refused.message, "--labels: " + request.labels + " names 3 classes, the weights have 2");
    request.labels = m_folder.path("missing.txt");
    refused = refusal([&] { (void)openNetwork(request); });
    QCOMPARE(refused.message, "labels: " + request.labels + " is not a file");
    QVERIFY(refused.kind == ErrorKind::Io);
}

void TestOpenNetwork::preprocessing()
{
    const Graph graph = makeNetwork("googlenet_bn", {.classes = 2}).graph;
    NetworkRequest request{.network = "googlenet_bn", .weights = write(graph, {})};
    OpenedNetwork opened = openNetwork(request);
    QCOMPARE(
        describe(opened.network.preprocessing),
        std::string("RGB, 0..1, minus 0.5, divided by 0.5; shorter side 256"));
    QCOMPARE(opened.inputSource, std::string("the network"));
    (void)write(graph, {{"input_mean", "0.4"}, {"input_std", "0.25"}, {"resize", "230"}});
    opened = openNetwork(request);
    QCOMPARE(
        describe(opened.network.preprocessing),
        std::string("RGB, 0..1, minus 0.4, divided by 0.25; shorter side 230"));
    QCOMPARE(opened.inputSource, std::string("the file's metadata"));
    request.input = {{"input_mean", "0.3"}, {"channel_order", "bgr"}};
    opened = openNetwork(request);
    QCOMPARE(
        describe(opened.network.preprocessing),
        std::string("BGR, 0..1, minus 0.3, divided by 0.25; shorter side 230"));
    QCOMPARE(opened.inputSource, std::string("the file's metadata and --preprocess"));
}

void TestOpenNetwork::preprocessingFaults()
{
    const std::string path =
        write(makeNetwork("googlenet_bn", {.classes = 2}).graph, {{"channel_order", "RBG"}});
    NetworkRequest request{.network = "googlenet_bn", .weights = path};
    Refusal refused = refusal([&] { (void)openNetwork(request); });
    QCOMPARE(
        refused.message,
        "weights: " + path + ": channel_order is \"RBG\", RGB or BGR was expected");
    request.input = {{"channel_order", "rgb"}}; // in its place
    QVERIFY(!refusal([&] { (void)openNetwork(request); }).kind);
    request.input["order"] = "rgb";
    refused = refusal([&] { (void)openNetwork(request); });
    QVERIFY(refused.kind == ErrorKind::Usage);
    QVERIFY(refused.message.starts_with("--preprocess: there is no \"order\"; known are channel_"));
    request.input = {{"channel_order", "rgb"}, {"input_size", "20"}};
    refused = refusal([&] { (void)openNetwork(request); });
    QVERIFY2(
        refused.message.starts_with(
            "--preprocess: network googlenet_bn: an input of 20x20 doesn't fit"),
        refused.message.c_str());
}

/// Trained on smaller pictures.
void TestOpenNetwork::otherInput()
{
    const std::string path = write(
        makeNetwork("googlenet_bn", {.classes = 2}).graph,
        {{"input_size", "[3,128,128]"}, {"crop_fraction", "0.8"}});
    const OpenedNetwork opened = openNetwork({.network = "googlenet_bn", .weights = path});
    const Graph& graph = opened.network.graph;
    QVERIFY((graph[graph.input()].shape == Shape{3, 128, 128}));
    QCOMPARE(classesOf(opened.network), 2U);
    QCOMPARE(opened.network.preprocessing.resize, 160U);
}

void TestOpenNetwork::anotherNetwork_data()
{
    QTest::addColumn<QString>("other");
    for (const std::string& id : networkIds())
        QTest::newRow(id.c_str()) << (id == "googlenet" ? "inception_v3" : "googlenet");
}

/// The sentence on weights that don't fit says what they would fit.
void TestOpenNetwork::anotherNetwork()
{
    QFETCH(const QString, other);
    const std::string id = QTest::currentDataTag();
    const std::string path = write(makeNetwork(id, {.classes = 7}).graph, {});
    QCOMPARE(closestNetwork(path), id);
    const Refusal refused =
        refusal([&] { (void)openNetwork({.network = other.toStdString(), .weights = path}); });
    QVERIFY(refused.kind == ErrorKind::BadInput);
    const std::string end = "; it looks like weights of " + id + " (--network " + id + ")";
    QVERIFY2(refused.message.ends_with(end), refused.message.c_str());
}

void TestOpenNetwork::nobodysWeights()
{
    const std::string path = INCEPTOSCOPE_SOURCE_DIR "/tests/weights/onnx/small.safetensors";
    QCOMPARE(closestNetwork(path), std::string());
    QCOMPARE(closestNetwork("synthetic:salt"), std::string());
    const Refusal refused =
        refusal([&] { (void)openNetwork({.network = "googlenet", .weights = path}); });
    QVERIFY2(
        refused.message.find(" holds none of the ") != std::string::npos, refused.message.c_str());
    QVERIFY2(
        refused.message.ends_with(", the network with \"conv1/7x7_s2.weight\")"),
        refused.message.c_str());
}

/// Why something is missing, where a cause is known.
void TestOpenNetwork::knownCauses()
{
    const Graph graph = makeNetwork("googlenet_bn").graph;
    const auto message = [&](const std::string& name, const std::string& key) {
        // One tensor is the network's, so that the file isn't another network's altogether.
        const std::string header = "{" + entry("conv1.bn.bias", "F32", "[64]", "[0,256]") + "," +
                                   entry(key, "F32", "[1]", "[256,260]") + "}";
        const std::string path =
            m_folder.write(name, safetensorsBytes(header, std::string(260, '\0')));
        return refusal([&] { (void)openNetwork({.network = "googlenet_bn", .weights = path}); })
            .message;
    };
    std::string said = message("model-00001-of-00002.safetensors", "x");
    QVERIFY2(said.find("give the index beside it") != std::string::npos, said.c_str());
    said = message("pruned", "conv1.conv.weight_orig");
    QVERIFY2(
        said.find("\"conv1.conv.weight\" is pruned, and its mask isn't there") != std::string::npos,
        said.c_str());
    said = message("other", "x");
    QVERIFY2(said.ends_with(" more, which the network needs"), said.c_str());
}

/// Hugging Face's names lie in a file of their own.
void TestOpenNetwork::configBesideTheFile()
{
    const std::string path = write(makeNetwork("googlenet_bn", {.classes = 2}).graph, {});
    const NetworkRequest request{.network = "googlenet_bn", .weights = path};
    const std::string config = m_folder.path("config.json");
    (void)m_folder.write("config.json", R"({"id2label": {"0": "cat", "1": "dog"}})");
    QCOMPARE(openNetwork(request).labels->names, QStringList({"cat", "dog"}));
    QCOMPARE(openNetwork(request).labels->source.toStdString(), config);
    (void)m_folder.write("config.json", R"({"model_type": "x"})");
    QVERIFY(openNetwork(request).labels->names.isEmpty());
    QVERIFY(openNetwork(request).notes.empty());
    (void)m_folder.write("config.json", R"({"id2label": {"0": "cat"}})");
    QVERIFY(firstNote(openNetwork(request)).contains("name 1 classes, the weights have 2"));
    QFile::remove(QString::fromStdString(config));
}

/// Refused with the size that the file really has.
void TestOpenNetwork::largeLabels()
{
    const std::string path = m_folder.write("large.txt", "a\n");
    std::filesystem::resize_file(path, 20'000'000);
    QCOMPARE(
        refusal([&] { (void)readLabels(QString::fromStdString(path)); }).message,
        "labels: " + path +
            ": 20000000 bytes are too many for class names, at most 4194304 are read");
}

INCEPTOSCOPE_TEST_MAIN(TestOpenNetwork)
#include "test_open_network.moc"
