#include "support/test_main.h"
#include "weights/layer_weights.h"
#include "weights/onnx/onnx_mapping.h"
#include "weights/onnx_exported_net.h"
#include "weights/open_weights.h"
#include "weights/safetensors/safetensors.h"
#include "zoo/network.h"

#include <cmath>

using namespace inceptoscope;

/// Files that PyTorch exported (tests/weights/onnx/make_models.py, fixtures).
class TestOnnxMapping : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void exported_data();
    void exported();
    void storedAsTheNetworkHasThem();
    void anotherNumberOfClasses();
    void anotherNetwork();
};

static std::string fixture(const std::string& name)
{
    return INCEPTOSCOPE_SOURCE_DIR "/tests/weights/onnx/" + name;
}

void TestOnnxMapping::exported_data()
{
    QTest::addColumn<QString>("file");
    for (const char* file : {"small_9_folded", "small_9_kept", "small_13_folded", "small_13_kept"})
        QTest::newRow(file) << file;
}

/// What our own folding makes of the model's parameters is what the exported file yields.
void TestOnnxMapping::exported()
{
    QFETCH(const QString, file);
    const Graph graph = smallNetwork();
    const auto source = openWeights(fixture(file.toStdString() + ".onnx"), graph);
    const auto truth = openSafetensors(fixture("small.safetensors"));
    QVERIFY(inspect(graph, *truth).complete());
    const WeightReport report = inspect(graph, *source);
    QVERIFY(report.complete() && report.unused.empty() && source->notes().empty());
    QCOMPARE(report.matched, size_t(file.endsWith("folded") ? 16 : 37));
    size_t layers = 0;
    for (const Parameter& p : parameters(graph, true)) {
        const LayerWeights found = loadLayer(graph, p.node, *source);
        const LayerWeights expected = loadLayer(graph, p.node, *truth);
        QCOMPARE(found.weight.size(), expected.weight.size());
        QCOMPARE(found.bias.size(), expected.bias.size());
        for (size_t i = 0; i < found.weight.size(); ++i)
            QVERIFY(
                std::abs(found.weight[i] - expected.weight[i]) <=
                1e-5F * std::abs(expected.weight[i]));
        for (size_t i = 0; i < found.bias.size(); ++i)
            QVERIFY(std::abs(found.bias[i] - expected.bias[i]) <= 1e-6F);
        ++layers;
    }
    QCOMPARE(layers, size_t(37));
}

/// Nothing is computed where the file has what the network has: the bits are the file's.
void TestOnnxMapping::storedAsTheNetworkHasThem()
{
    const Graph graph = smallNetwork();
    const auto source = openOnnxFor(fixture("small_13_kept.onnx"), graph);
    const auto truth = openSafetensors(fixture("small.safetensors"));
    for (const TensorInfo& info : truth->tensors()) {
        const auto index = source->find(info.key);
        QVERIFY2(index, info.key.c_str());
        QCOMPARE(source->tensors()[*index].shape, info.shape);
        std::vector<float> found(info.elements());
        std::vector<float> expected(info.elements());
        source->read(*index, found);
        truth->read(*truth->find(info.key), expected);
        QCOMPARE(found, expected);
    }
    QVERIFY(!source->isFolded("stem.c.conv.weight"));
    const auto folded = openOnnxFor(fixture("small_13_folded.onnx"), graph);
    QVERIFY(folded->isFolded("stem.c.conv.weight") && !folded->isFolded("head.fc.weight"));
    QVERIFY(folded->find("stem.c.conv.bias") && !folded->find("stem.c.bn.weight"));
}

/// The layer is found, with the file's shape.
void TestOnnxMapping::anotherNumberOfClasses()
{
    const Graph graph = smallNetwork(7);
    const auto source = openOnnxFor(fixture("small_9_folded.onnx"), graph);
    const WeightReport report = inspect(graph, *source);
    QVERIFY(report.missing.empty() && report.unused.empty());
    QCOMPARE(
        report.misshapen, (std::vector<std::string>{
                              "head.fc.weight is [5,14], the network needs [7,14]",
                              "head.fc.bias is [5], the network needs [7]"}));
}

void TestOnnxMapping::anotherNetwork()
{
    const Graph graph = makeNetwork("googlenet").graph;
    const auto source = openOnnxFor(fixture("small_9_kept.onnx"), graph);
    const WeightReport report = inspect(graph, *source);
    QVERIFY(!report.complete());
    QCOMPARE(report.matched, size_t(0));
    QCOMPARE(report.unused.size(), size_t(37));
    QVERIFY(report.misshapen.empty());
    QStringList notes;
    for (const std::string& note : source->notes())
        notes += QString::fromStdString(note);
    QVERIFY(notes.contains("nothing in the file is conv1/7x7_s2 of 64x3x7x7"));
    const QString linear = "the network has no place for the file's linear layer ";
    QVERIFY(notes.contains(linear + "\"/fc/Gemm\" of 5x14"));
}

INCEPTOSCOPE_TEST_MAIN(TestOnnxMapping)
#include "test_onnx_mapping.moc"
