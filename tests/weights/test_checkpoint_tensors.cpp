#include "support/test_main.h"
#include "weights/layer_weights.h"
#include "weights/open_weights.h"
#include "weights/safetensors/safetensors.h"
#include "weights/sharded.h"
#include "weights/synthetic.h"
#include "weights/weight_files.h"
#include "zoo/network.h"

#include <array>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <functional>

using namespace inceptoscope;

/// Names, shapes and forms of tensors that trainers leave, brought to those of the network.
class TestCheckpointTensors : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void prefixes_data();
    void prefixes();
    void averageBeside();
    void backboneAndHead();
    void foreignNames();
    void ones();
    void pruned();
    void weightNorm();
    void spectralNorm();
    void unknownForms();
    void doubles();
    void shards();
    void shardsInACache();
    void badShards_data();
    void badShards();

private:
    using Rename = std::function<std::string(const std::string&)>;
    std::string written(const std::string& name, const std::vector<Rename>& renames);
    static std::vector<float> read(const TensorSource& source, const std::string& key);

    Graph m_graph;
    std::unique_ptr<TensorSource> m_plain;
    Folder m_folder;
};

void TestCheckpointTensors::initTestCase()
{
    m_graph = makeNetwork("googlenet_bn", {.classes = 3}).graph;
    m_plain = syntheticWeights(m_graph, "");
}

std::vector<float> TestCheckpointTensors::read(const TensorSource& source, const std::string& key)
{
    const auto index = source.find(key);
    if (!index)
        return {};
    std::vector<float> values(source.tensors()[*index].elements());
    source.read(*index, values);
    return values;
}

/// The network's tensors under other names, once for each way of naming. Of each its first
/// values suffice where the names count, but shapes do, too: so all are written.
std::string
TestCheckpointTensors::written(const std::string& name, const std::vector<Rename>& renames)
{
    std::vector<TensorInfo> infos;
    std::vector<size_t> from;
    for (const Rename& rename : renames)
        for (size_t i = 0; i < m_plain->tensors().size(); ++i)
            if (const std::string key = rename(m_plain->tensors()[i].key); !key.empty()) {
                infos.push_back(m_plain->tensors()[i]);
                infos.back().key = key;
                from.push_back(i);
            }
    writeSafetensors(m_folder.path(name), infos, {}, [&](size_t i) {
        std::vector<float> values(infos[i].elements());
        m_plain->read(from[i], values);
        return values;
    });
    return m_folder.path(name);
}

void TestCheckpointTensors::prefixes_data()
{
    QTest::addColumn<QString>("prefix");
    for (const char* prefix :
         {"module.", "backbone.", "net.encoder.", "model._orig_mod.module.", "student/"})
        QTest::newRow(prefix) << QString(prefix);
}

void TestCheckpointTensors::prefixes()
{
    QFETCH(const QString, prefix);
    const std::string before = prefix.toStdString();
    const auto path = written("prefixed", {[&](const std::string& key) { return before + key; }});
    const auto source = openWeights(path, m_graph);
    const WeightReport report = inspect(m_graph, *source);
    // Names are divided by dots.
    QCOMPARE(report.complete(), prefix.endsWith('.'));
    if (!report.complete())
        return;
    QVERIFY(report.unused.empty());
    const std::string key = parameters(m_graph, false).back().key;
    QCOMPARE(read(*source, key), read(*m_plain, key));
    QVERIFY(!source->notes().empty());
    QVERIFY(source->choices().empty());
}

/// Of two networks in one dictionary the plain one is taken, and the other can be asked for.
void TestCheckpointTensors::averageBeside()
{
    const std::string path = written(
        "ema", {[](const std::string& key) { return "model_ema.module." + key; },
                [](const std::string& key) { return "model." + key; }});
    const auto source = openWeights(path, m_graph);
    QVERIFY(inspect(m_graph, *source).complete());
    QCOMPARE(
        source->choices().front(),
        "of it the tensors of \"model\" are read; those of \"model_ema\" would fit, too, which "
        "--weights FILE#model_ema takes");
    const auto average = openWeights(path + "#model_ema", m_graph);
    QVERIFY(inspect(m_graph, *average).complete());
    QCOMPARE(average->tensors().size(), m_plain->tensors().size());
    QCOMPARE(average->choices().front(), "of it the tensors of \"model_ema\" are read");
}

void TestCheckpointTensors::backboneAndHead()
{
    const std::string path = written("head", {[](const std::string& key) {
                                         return key.starts_with("fc.") ? key : "backbone." + key;
                                     }});
    QVERIFY(inspect(m_graph, *openWeights(path, m_graph)).complete());
}

/// Names that only look alike stay as they are.
void TestCheckpointTensors::foreignNames()
{
    const std::string path = m_folder.write(
        "foreign",
        safetensorsBytes(
            "{" + entry("resnet.fc.weight", "F32", "[1]", "[0,4]") + "}", std::string(4, '\0')));
    QCOMPARE(openWeights(path, m_graph)->tensors().front().key, "resnet.fc.weight");
}

void TestCheckpointTensors::ones()
{
    std::vector<TensorInfo> infos = m_plain->tensors();
    size_t turn = 0;
    for (TensorInfo& info : infos) {
        if (info.shape.size() == 1 && ++turn % 2 == 0)
            info.shape = {1, info.shape[0]};
        else if (info.shape.size() == 1)
            info.shape = {info.shape[0], 1, 1};
        else if (info.shape.size() == 2)
            info.shape = {info.shape[0], info.shape[1], 1, 1};
    }
    writeSafetensors(m_folder.path("ones"), infos, {}, [&](size_t i) {
        std::vector<float> values(infos[i].elements());
        m_plain->read(i, values);
        return values;
    });
    const auto source = openWeights(m_folder.path("ones"), m_graph);
    QVERIFY(inspect(m_graph, *source).complete());
    const std::string key = parameters(m_graph, false).front().key;
    QCOMPARE(read(*source, key), read(*m_plain, key));
    // Of another number of classes, which classCount() asks for.
    const Graph thousand = makeNetwork("googlenet_bn").graph;
    const auto other = openWeights(m_folder.path("ones"), thousand);
    QCOMPARE(other->tensors()[*other->find("fc.weight")].shape, (std::vector<uint64_t>{3, 1024}));
}

static std::string file(const Folder& folder, const std::vector<NamedTensor>& tensors)
{
    writeSafetensors(folder.path("parts"), tensors, {});
    return folder.path("parts");
}

void TestCheckpointTensors::pruned()
{
    const std::vector<float> values = {1, 2, 3, 4};
    const std::vector<float> mask = {1, 0, 0, 1};
    const auto source = openWeightsFile(file(
        m_folder, {{.key = "a.weight_mask", .shape = {2, 2}, .data = mask},
                   {.key = "a.weight_orig", .shape = {2, 2}, .data = values},
                   {.key = "a.bias", .shape = {4}, .data = values}}));
    QCOMPARE(source->tensors().size(), size_t(2));
    QCOMPARE(read(*source, "a.weight"), (std::vector<float>{1, 0, 0, 4}));
    QCOMPARE(read(*source, "a.bias"), values);
    QCOMPARE(
        source->notes().front(),
        "1 tensors are pruned: their weight_orig is multiplied by their weight_mask");
}

/// Rows of length 5 and 10 get the lengths 2 and 3.
void TestCheckpointTensors::weightNorm()
{
    const std::vector<float> v = {3, 4, 6, 8};
    const std::vector<float> g = {2, 3};
    const std::vector<float> expected = {1.2F, 1.6F, 1.8F, 2.4F};
    for (const auto& [magnitude, direction] : std::vector<std::pair<std::string, std::string>>{
             {"a.weight_g", "a.weight_v"},
             {"a.parametrizations.weight.original0", "a.parametrizations.weight.original1"}})
        for (const std::vector<uint64_t>& shape :
             std::vector<std::vector<uint64_t>>{{2, 1, 1, 1}, {2}}) {
            const auto source = openWeightsFile(file(
                m_folder, {{.key = magnitude, .shape = shape, .data = g},
                           {.key = direction, .shape = {2, 2, 1, 1}, .data = v}}));
            QCOMPARE(source->tensors().size(), size_t(1));
            QCOMPARE(source->tensors()[0].shape, (std::vector<uint64_t>{2, 2, 1, 1}));
            QCOMPARE(read(*source, "a.weight"), expected);
        }
    // Over everything, and over the other dimension: columns of length sqrt(45) and sqrt(80).
    const std::vector<float> one = {10};
    const auto whole = openWeightsFile(file(
        m_folder, {{.key = "a.weight_g", .shape = {}, .data = one},
                   {.key = "a.weight_v", .shape = {2, 2}, .data = v}}));
    QVERIFY(std::abs(read(*whole, "a.weight")[3] - 80 / std::sqrt(125.0F)) < 1e-5F);
    const auto columns = openWeightsFile(file(
        m_folder, {{.key = "a.weight_g", .shape = {1, 2}, .data = g},
                   {.key = "a.weight_v", .shape = {2, 2}, .data = v}}));
    QVERIFY(std::abs(read(*columns, "a.weight")[3] - 24 / std::sqrt(80.0F)) < 1e-5F);
}

/// W = diag(2, 1) with its first singular vectors: the largest singular value is 2.
void TestCheckpointTensors::spectralNorm()
{
    const std::vector<float> w = {2, 0, 0, 1};
    const std::vector<float> first = {1, 0};
    for (const std::array<std::string, 3>& keys :
         {std::array<std::string, 3>{"a.weight_orig", "a.weight_u", "a.weight_v"},
          {"a.parametrizations.weight.original", "a.parametrizations.weight.0._u",
           "a.parametrizations.weight.0._v"}}) {
        const auto source = openWeightsFile(file(
            m_folder, {{.key = keys[0], .shape = {2, 2}, .data = w},
                       {.key = keys[1], .shape = {2}, .data = first},
                       {.key = keys[2], .shape = {2}, .data = first}}));
        QCOMPARE(source->tensors().size(), size_t(1));
        QCOMPARE(read(*source, "a.weight"), (std::vector<float>{1, 0, 0, 0.5F}));
    }
}

void TestCheckpointTensors::unknownForms()
{
    const std::vector<float> four = {1, 2, 3, 4};
    const std::vector<float> three = {1, 2, 3};
    const auto note = [&](const std::vector<NamedTensor>& tensors) {
        const auto source = openWeightsFile(file(m_folder, tensors));
        return source->notes().empty() ? std::string() : source->notes().front();
    };
    QVERIFY(note({{.key = "a.weight_orig", .shape = {4}, .data = four}})
                .starts_with("\"a.weight\" is pruned, and its mask isn't there"));
    QVERIFY(note({{.key = "a.parametrizations.weight.original", .shape = {4}, .data = four}})
                .starts_with("\"a.weight\" is parametrised in a way that isn't known"));
    const std::string shapes = "\"a.weight\" has parts whose shapes don't belong together";
    QCOMPARE(
        note(
            {{.key = "a.weight_orig", .shape = {4}, .data = four},
             {.key = "a.weight_mask", .shape = {3}, .data = three}}),
        shapes);
    QCOMPARE(
        note(
            {{.key = "a.weight_v", .shape = {4}, .data = four},
             {.key = "a.weight_g", .shape = {3}, .data = three}}),
        shapes);
    QCOMPARE(
        note(
            {{.key = "a.weight_v", .shape = {4}, .data = four},
             {.key = "a.weight", .shape = {4}, .data = four},
             {.key = "a.weight_g", .shape = {4}, .data = four}}),
        "");
}

void TestCheckpointTensors::doubles()
{
    const std::string path = m_folder.write(
        "doubles", safetensorsBytes(
                       "{" + entry("a", "F64", "[2]", "[0,16]") + "}",
                       bytesOfValues(std::vector<double>{0.1, -3})));
    const auto source = openWeightsFile(path);
    QVERIFY(source->tensors()[0].dtype == DType::F64);
    QCOMPARE(read(*source, "a"), (std::vector<float>{0.1F, -3}));
}

static std::string shard(const std::string& key, float value)
{
    return safetensorsBytes(
        "{" + entry(key, "F32", "[1]", "[0,4]") + "}", bytesOfValues(std::vector<float>{value}));
}

void TestCheckpointTensors::shards()
{
    (void)m_folder.write("model-00001-of-00002.safetensors", shard("a", 1));
    (void)m_folder.write("model-00002-of-00002.safetensors", shard("b", 2));
    const std::string path = m_folder.write(
        "model.safetensors.index.json",
        R"({"metadata": {"total_size": 8}, "weight_map": {"a": "model-00001-of-00002.safetensors",)"
        R"( "b": "model-00002-of-00002.safetensors"}})");
    const auto source = openWeightsFile(path);
    QCOMPARE(source->tensors().size(), size_t(2));
    QCOMPARE(source->describe(), path);
    QCOMPARE(read(*source, "a"), std::vector<float>{1});
    QCOMPARE(read(*source, "b"), std::vector<float>{2});
    QVERIFY(namesShard("/x/model-00001-of-00002.safetensors"));
    QVERIFY(!namesShard("/model-00001-of-00002.safetensors/model.safetensors"));
}

/// A hub's cache: links from a snapshot to blobs.
void TestCheckpointTensors::shardsInACache()
{
    const std::filesystem::path cache = m_folder.write("cache.txt", "") + ".d";
    std::filesystem::create_directories(cache / "blobs");
    std::filesystem::create_directories(cache / "snapshots/1");
    std::ofstream(cache / "blobs/b0", std::ios::binary) << shard("a", 3);
    std::filesystem::create_symlink("../../blobs/b0", cache / "snapshots/1/a.safetensors");
    const std::filesystem::path index = cache / "snapshots/1/model.safetensors.index.json";
    std::ofstream(index) << R"({"weight_map": {"a": "a.safetensors"}})";
    QCOMPARE(read(*openWeightsFile(index.string()), "a"), std::vector<float>{3});
}

void TestCheckpointTensors::badShards_data()
{
    QTest::addColumn<QString>("map");
    QTest::addColumn<QString>("message");
    const auto row = [](const char* name, const char* map, const char* message) {
        QTest::newRow(name) << QString(map) << QString(message);
    };
    row("missing", R"({"a": "one-00001-of-00001.safetensors"})",
        ": its part \"one-00001-of-00001.safetensors\", one of 1, isn't beside it; download all "
        "parts into its folder");
    for (const char* name : {"../x", "/etc/passwd", "..", "a/b", ""})
        row(name, (R"({"a": ")" + std::string(name) + "\"}").c_str(),
            (": it names the file \"" + std::string(name) +
             "\"; only files in its own folder are read")
                .c_str());
    std::filesystem::create_symlink("/etc/passwd", m_folder.write("away", "") + ".safetensors");
    row("link", R"({"a": "away.safetensors"})",
        ": its part \"away.safetensors\" is a link to /etc/passwd; only files in its own folder "
        "are "
        "read, so put it there itself");
    row("itself", R"({"a": "bad.index.json"})", " is no part of weights in several files");
    row("number", R"({"a": 1})", ": the file of tensor \"a\" is no text");
    row("nothing", "{}", ": it looks like the index of several files, but has no weight_map");
    row("damaged", "{", ": it looks like the index of several files, but has no weight_map");
}

void TestCheckpointTensors::badShards()
{
    QFETCH(const QString, map);
    QFETCH(const QString, message);
    const std::string path =
        m_folder.write("bad.index.json", "{\"weight_map\": " + map.toStdString() + "}");
    QCOMPARE(
        QString::fromStdString(refusal([&] { (void)openWeightsFile(path); }).message),
        "weights: " + QString::fromStdString(path) + message);
}

INCEPTOSCOPE_TEST_MAIN(TestCheckpointTensors)
#include "test_checkpoint_tensors.moc"
