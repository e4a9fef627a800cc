#include "graph/builder.h"
#include "support/tensor_map.h"
#include "support/test_main.h"
#include "weights/layer_weights.h"
#include "weights/safetensors/safetensors.h"
#include "weights/weight_files.h"
#include "zoo/network.h"

#include <QElapsedTimer>

#include <cmath>

using namespace inceptoscope;

/// From a source's tensors to what a kernel takes.
class TestLayerWeights : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keysAndShapes();
    void plainLayers();
    void folding_data();
    void folding();
    void missing();
    void misshapen();
    void report();
    void auxiliaryHeads();
    void auxiliaryHeadsOfAnotherInput();
    void realFile();
};

/// A convolution "m/c" of 4 channels in two groups, and a fully connected layer "m/f".
static Graph smallGraph(const Conv2d& conv)
{
    GraphBuilder builder(Shape{6, 3, 3});
    {
        const ModuleScope module(builder.input(), "m", "M", ModuleKind::Stem);
        (void)builder.input().then("c", conv).then("f", FullyConnected{.outFeatures = 2});
    }
    return builder.finish();
}

static Conv2d smallConv()
{
    return {.outChannels = 4, .kernel = {1, 2}, .stride = {1, 1}, .groups = 2};
}

static TensorMap synthetic(const Graph& graph)
{
    TensorMap source;
    for (const Parameter& p : parameters(graph, true))
        source.addSynthetic(p.key, p.shape);
    return source;
}

static std::vector<float> values(const TensorSource& source, const std::string& key)
{
    const auto index = source.find(key);
    if (!index)
        return {};
    std::vector<float> result(source.tensors()[*index].elements());
    source.read(*index, result);
    return result;
}

static NodeId nodeNamed(const Graph& graph, const char* name)
{
    return graph.find(name).value();
}

static QString listed(const std::vector<std::string>& texts)
{
    QStringList list;
    for (const std::string& t : texts)
        list += QString::fromStdString(t);
    return list.join('|');
}

void TestLayerWeights::keysAndShapes()
{
    const auto keys = [](const Conv2d& conv) {
        std::vector<std::string> all;
        const Graph graph = smallGraph(conv);
        for (const Parameter& p : parameters(graph, true)) {
            all.push_back(p.key + " " + toString(p.shape));
            if (graph[p.node].name != (p.key.starts_with("m/c") ? "m/c" : "m/f"))
                all.emplace_back("of another node");
        }
        return listed(all);
    };
    const QString fc = "m/f.weight 2x24|m/f.bias 2";
    Conv2d conv = smallConv();
    QCOMPARE(keys(conv), "m/c.weight 4x3x1x2|m/c.bias 4|" + fc);
    conv.bias = false;
    QCOMPARE(keys(conv), "m/c.weight 4x3x1x2|" + fc);
    conv.batchNorm = BatchNorm{};
    QCOMPARE(
        keys(conv), "m/c.conv.weight 4x3x1x2|m/c.bn.weight 4|m/c.bn.bias 4|m/c.bn.running_mean 4|"
                    "m/c.bn.running_var 4|" +
                        fc);
    conv.bias = true;
    conv.batchNorm->gamma = false;
    QCOMPARE(
        keys(conv), "m/c.conv.weight 4x3x1x2|m/c.conv.bias 4|m/c.bn.bias 4|m/c.bn.running_mean 4|"
                    "m/c.bn.running_var 4|" +
                        fc);
}

void TestLayerWeights::plainLayers()
{
    Conv2d conv = smallConv();
    Graph graph = smallGraph(conv);
    TensorMap source = synthetic(graph);
    LayerWeights layer = loadLayer(graph, nodeNamed(graph, "m/c"), source);
    QCOMPARE(layer.weight, values(source, "m/c.weight"));
    QCOMPARE(layer.bias, values(source, "m/c.bias"));
    layer = loadLayer(graph, nodeNamed(graph, "m/f"), source);
    QCOMPARE(layer.weight, values(source, "m/f.weight"));
    QCOMPARE(layer.bias, values(source, "m/f.bias"));

    conv.bias = false;
    graph = smallGraph(conv);
    layer = loadLayer(graph, nodeNamed(graph, "m/c"), synthetic(graph));
    QCOMPARE(layer.bias, std::vector<float>(4, 0.0F));
}

void TestLayerWeights::folding_data()
{
    QTest::addColumn<bool>("bias");
    QTest::addColumn<bool>("batchNorm");
    QTest::addColumn<bool>("gamma");
    QTest::addColumn<float>("scale");
    for (const bool bias : {false, true})
        for (const float scale : {1.0F, 0.17F, -2.0F}) {
            const std::string row =
                std::string(bias ? "bias" : "no bias") + ", scale " + std::to_string(scale);
            QTest::newRow((row + ", plain").c_str()) << bias << false << false << scale;
            QTest::newRow((row + ", gamma").c_str()) << bias << true << true << scale;
            QTest::newRow((row + ", no gamma").c_str()) << bias << true << false << scale;
        }
}

/// scale * ((W x + b - mean) / sqrt(var + eps) * gamma + beta), a rounding to float allowed.
void TestLayerWeights::folding()
{
    QFETCH(const bool, bias);
    QFETCH(const bool, batchNorm);
    QFETCH(const bool, gamma);
    QFETCH(const float, scale);
    Conv2d conv = smallConv();
    conv.bias = bias;
    conv.scale = scale;
    if (batchNorm)
        conv.batchNorm = BatchNorm{.eps = 0.125F, .gamma = gamma};
    const Graph graph = smallGraph(conv);
    const TensorMap source = synthetic(graph);
    const LayerWeights layer = loadLayer(graph, nodeNamed(graph, "m/c"), source);
    const std::string prefix = batchNorm ? "m/c.conv" : "m/c";
    const auto part = [&](const std::string& key, size_t o, double absent) {
        const std::vector<float> all = values(source, key);
        return all.empty() ? absent : double(all[o]);
    };
    const std::vector<float> weight = values(source, prefix + ".weight");
    QCOMPARE(layer.weight.size(), size_t(24));
    QCOMPARE(layer.bias.size(), size_t(4));
    for (size_t o = 0; o < 4; ++o) {
        const double deviation =
            batchNorm ? std::sqrt(part("m/c.bn.running_var", o, 0) + 0.125) : 1.0;
        const double slope = part("m/c.bn.weight", o, 1) / deviation;
        const double b = part(prefix + ".bias", o, 0) - part("m/c.bn.running_mean", o, 0);
        const double expected = double(scale) * (b * slope + part("m/c.bn.bias", o, 0));
        QVERIFY(std::abs(double(layer.bias[o]) - expected) <= 1e-7 * std::abs(expected));
        for (size_t i = o * 6; i < o * 6 + 6; ++i) {
            const double w = double(scale) * slope * double(weight[i]);
            QVERIFY(std::abs(double(layer.weight[i]) - w) <= 1e-7 * std::abs(w));
        }
    }
}

void TestLayerWeights::missing()
{
    const Graph graph = smallGraph(smallConv());
    TensorMap source;
    source.addSynthetic("m/c.weight", {4, 3, 1, 2});
    const Refusal refused =
        refusal([&] { (void)loadLayer(graph, nodeNamed(graph, "m/c"), source); });
    QCOMPARE(
        refused.message,
        std::string("weights: the test's tensors has no tensor m/c.bias, which the network needs"));
    QVERIFY(refused.kind == ErrorKind::BadInput);
}

void TestLayerWeights::misshapen()
{
    const Graph graph = smallGraph(smallConv());
    for (const auto& [shape, text] : std::vector<std::pair<std::vector<uint64_t>, std::string>>{
             {{4, 6, 1, 2}, "[4,6,1,2]"}, {{4, 3, 2}, "[4,3,2]"}, {{}, "[]"}, {{24}, "[24]"}}) {
        TensorMap source;
        source.addSynthetic("m/c.weight", shape);
        const Refusal refused =
            refusal([&] { (void)loadLayer(graph, nodeNamed(graph, "m/c"), source); });
        QCOMPARE(
            refused.message,
            "weights: the test's tensors: m/c.weight is " + text + ", the network needs [4,3,1,2]");
        QVERIFY(refused.kind == ErrorKind::BadInput);
    }
}

void TestLayerWeights::report()
{
    const Graph graph = smallGraph(smallConv());
    TensorMap source;
    source.addSynthetic("other.weight", {1});
    source.addSynthetic("m/f.bias", {3});
    source.addSynthetic("m/c.weight", {4, 3, 1, 2});
    source.addSynthetic("m/f.weight", {2, 4, 3, 2});
    source.addSynthetic("m/C.bias", {4});
    const WeightReport report = inspect(graph, source);
    QCOMPARE(report.matched, size_t(1));
    QCOMPARE(listed(report.missing), QString("m/c.bias"));
    QCOMPARE(
        listed(report.misshapen), QString("m/f.weight is [2,4,3,2], the network needs [2,24]|"
                                          "m/f.bias is [3], the network needs [2]"));
    QCOMPARE(listed(report.unused), QString("other.weight|m/C.bias"));
    QVERIFY(!report.complete());
    QVERIFY(!report.auxiliary);
    const WeightReport whole = inspect(graph, synthetic(graph));
    QVERIFY(whole.complete() && whole.unused.empty());
    QCOMPARE(whole.matched, size_t(4));
}

void TestLayerWeights::auxiliaryHeads()
{
    const Graph graph = makeNetwork("googlenet").graph;
    const std::vector<Parameter> all = parameters(graph, true);
    TensorMap source;
    for (const Parameter& p : all)
        if (p.key != "loss2/classifier.bias")
            source.add(p.key, p.shape, {});
    WeightReport report = inspect(graph, source);
    QVERIFY(report.complete() && !report.auxiliary && report.unused.empty());
    QCOMPARE(report.matched, all.size() - 1);
    source.add("loss2/classifier.bias", {1000}, {});
    report = inspect(graph, source);
    QVERIFY(report.complete() && report.auxiliary);
}

/// The heads' first fully connected layers fit one input size only; the rest runs with any.
void TestLayerWeights::auxiliaryHeadsOfAnotherInput()
{
    TensorMap source;
    for (const Parameter& p : parameters(makeNetwork("googlenet").graph, true))
        source.add(p.key, p.shape, {});
    const WeightReport report = inspect(makeNetwork("googlenet", {.inputSize = 320}).graph, source);
    QVERIFY(report.complete() && !report.auxiliary);
    QCOMPARE(listed(report.unused), QString("loss1/fc.weight|loss2/fc.weight"));
}

void TestLayerWeights::realFile()
{
    REQUIRE_SHARED("weights/bvlc_googlenet.f16.safetensors");
    const std::string path = sharedPath("weights/bvlc_googlenet.f16.safetensors").toStdString();
    const Graph graph = makeNetwork("googlenet").graph;
    QElapsedTimer timer;
    timer.start();
    const auto source = openSafetensors(path);
    const WeightReport report = inspect(graph, *source);
    const qint64 opened = timer.nsecsElapsed();
    size_t count = 0;
    bool finite = true;
    for (NodeId id = 0; id < graph.size(); ++id) {
        if (graph.isAuxiliary(id))
            continue;
        const LayerWeights layer = loadLayer(graph, id, *source);
        count += layer.weight.empty() ? 0 : layer.weight.size() + layer.bias.size();
        for (const float w : layer.weight)
            finite = finite && std::isfinite(w);
    }
    qInfo(
        "opened and inspected in %.2f ms, all layers in %.1f ms", double(opened) / 1e6,
        double(timer.nsecsElapsed()) / 1e6);
    QVERIFY(finite);
    QCOMPARE(count, size_t(6'998'552));
    QVERIFY(report.complete() && report.unused.empty());
    QVERIFY2(!report.auxiliary, "the released file holds neither loss1 nor loss2");
    QCOMPARE(report.matched, size_t(116));
    QCOMPARE(source->tensors().size(), size_t(116));
    QCOMPARE(source->tensors()[0].key, std::string("conv1/7x7_s2.weight"));
    QVERIFY(source->tensors()[0].dtype == DType::F16);
    QVERIFY(source->metadata().at("input").find("BGR") != std::string::npos);
}

INCEPTOSCOPE_TEST_MAIN(TestLayerWeights)
#include "test_layer_weights.moc"
