#include "error.h"
#include "gradient/gradient.h"
#include "gradient/loss.h"
#include "graph/builder.h"
#include "graph/module_graph.h"
#include "session/memory_needs.h"
#include "session/session.h"
#include "support/error_message.h"
#include "support/forms.h"
#include "support/gpu.h"
#include "support/random_graphs.h"
#include "support/test_main.h"
#include "weights/synthetic.h"
#include "zoo/network.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <memory>

using namespace inceptoscope;

Q_DECLARE_METATYPE(inceptoscope::Precision)
Q_DECLARE_METATYPE(inceptoscope::Keep)

namespace {

constexpr uint32_t batch = 4;

std::vector<float> picturesOf(const Shape& shape)
{
    return syntheticUniform("batch", batch * shape.values(), "");
}

std::vector<float> part(const std::vector<float>& values, size_t picture, size_t size)
{
    const auto from = values.begin() + std::ptrdiff_t(picture * size);
    return {from, from + std::ptrdiff_t(size)};
}

} // namespace

/// Several pictures in one run.
class TestBatch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_gpu = std::make_unique<Gpu>(); }
    void cleanup() { QVERIFY2(m_gpu->noMessages(), "validation layers found something"); }
    void allOps_data();
    void allOps();
    void convolutions_data();
    void convolutions();
    void networks();
    void backward_data();
    void backward();
    void loss();
    void picturesOneByOne();
    void memory();
    void refusals();

private:
    void compare(const Graph& graph, const TensorSource& weights, SessionOptions options);
    std::unique_ptr<Gpu> m_gpu;
};

/// A batch of four is four single runs, to the last bit.
void TestBatch::compare(const Graph& graph, const TensorSource& weights, SessionOptions options)
{
    const Shape& in = graph[graph.input()].shape;
    const std::vector<float> input = picturesOf(in);
    Session single(m_gpu->device(), graph, weights, options);
    Session all(m_gpu->device(), graph.withBatch(batch), weights, options);
    all.setInput(input);
    all.run();
    all.run(); // a second run must not see what the first one left
    for (uint32_t picture = 0; picture < batch; ++picture) {
        single.setInput(part(input, picture, in.values()));
        single.run();
        for (NodeId id = 0; id < graph.size(); ++id) {
            if (!single.readable(id))
                continue;
            const std::vector<float> expected = single.read(id);
            const std::vector<float> got = all.read(id);
            QCOMPARE(got.size(), batch * expected.size());
            QVERIFY2(
                part(got, picture, expected.size()) == expected,
                qPrintable(QString("%1, picture %2").arg(graph[id].name.c_str()).arg(picture)));
        }
        QCOMPARE(
            all.readChannel(graph.size() - 1, 0, picture), single.readChannel(graph.size() - 1, 0));
    }
}

void TestBatch::allOps_data()
{
    QTest::addColumn<uint32_t>("seed");
    QTest::addColumn<Precision>("precision");
    QTest::addColumn<Keep>("keep");
    // Of those whose seed is a multiple of 3 the end is a loss.
    QTest::newRow("fp32") << 1U << Precision::Fp32 << Keep::Everything;
    QTest::newRow("fp32, memory used again") << 2U << Precision::Fp32 << Keep::Taps;
    QTest::newRow("fp16") << 4U << Precision::Fp16 << Keep::Taps;
}

void TestBatch::allOps()
{
    QFETCH(const uint32_t, seed);
    QFETCH(const Precision, precision);
    QFETCH(const Keep, keep);
    if (precision == Precision::Fp16 && !m_gpu->device().info().fp16Storage)
        return;
    const RandomGraph random = randomGraph(seed);
    compare(random.graph, random.weights, {.keep = keep, .precision = precision});
}

void TestBatch::convolutions_data()
{
    QTest::addColumn<size_t>("form");
    for (size_t form = 0; form < forms.size(); ++form)
        QTest::newRow(forms[form].name) << form;
}

/// Each form, of layers that it is for, with what they keep between their parts.
void TestBatch::convolutions()
{
    QFETCH(const size_t, form);
    if (!forms[form].runsOn(m_gpu->device().info()))
        return;
    GraphBuilder builder({20, 9, 8});
    builder.beginModule("m", "m", ModuleKind::Stem);
    const Tensor x = builder.input().conv("a", 24, 3);
    if (forms[form].convolutions == ConvForm::Direct) // more steps than one chunk has
        (void)concat({x, builder.input().conv("b", 9, 5)}, "joined");
    else
        (void)x.fc("c", 10);
    builder.endModule();
    const Graph graph = builder.finish();
    const auto weights = syntheticWeights(graph, "");
    compare(graph, *weights, forms[form].with({.keep = Keep::Taps}));
}

/// As `bench` runs networks: memory used again, sums in convolutions.
void TestBatch::networks()
{
    const auto module = [this](const char* network, const char* name, uint32_t size) {
        const Graph whole = makeNetwork(network).graph;
        const ModuleId id = whole.findModule(name).value();
        const Graph graph = moduleGraph(whole, id, {moduleInput(whole, id).c, size, size});
        const auto weights = syntheticWeights(graph, "");
        compare(graph, *weights, {.keep = Keep::Taps, .timeOps = false});
    };
    module("googlenet", "inception_3a", 7);
    module("inception_resnet_v1", "repeat_1.0", 5);
}

void TestBatch::backward_data()
{
    QTest::addColumn<uint32_t>("seed");
    QTest::addColumn<size_t>("form");
    QTest::newRow("direct") << 4U << size_t(0);
    QTest::newRow("winograd") << 5U << size_t(2);
    QTest::newRow("tiled") << 7U << size_t(3);
}

/// Derivatives by results are each picture's own, to the last bit; those by parameters are sums.
void TestBatch::backward()
{
    QFETCH(const uint32_t, seed);
    QFETCH(const size_t, form);
    const RandomGraph random = randomGraph(seed);
    const Graph& forward = random.graph;
    const Graph graph = gradient(forward, random.of, random.wrt);
    const Graph batched = gradient(forward.withBatch(batch), random.of, random.wrt);
    const NodeId start = graph.find(gradientName(forward, random.of)).value();
    const size_t outputs = graph[start].shape.values();
    const std::vector<float> input = picturesOf(graph[0].shape);
    const std::vector<float> seeds = syntheticUniform("seeds", batch * outputs, "");
    const SessionOptions options = forms[form].with({});
    Session single(m_gpu->device(), graph, random.weights, options);
    Session all(m_gpu->device(), batched, random.weights, options);
    all.setInput(input);
    all.setGiven(start, seeds);
    all.run();
    all.run();
    std::vector<std::vector<double>> sums(random.wrt.parameters.size());
    for (uint32_t picture = 0; picture < batch; ++picture) {
        single.setInput(part(input, picture, graph[0].shape.values()));
        single.setGiven(start, part(seeds, picture, outputs));
        single.run();
        for (const NodeId node : random.wrt.nodes) {
            const NodeId d = graph.find(gradientName(forward, node)).value();
            const std::vector<float> expected = single.read(d);
            QCOMPARE(part(all.read(d), picture, expected.size()), expected);
        }
        for (size_t i = 0; i < sums.size(); ++i) {
            const std::string name = gradientName(forward, random.wrt.parameters[i]);
            const std::vector<float> one = single.read(graph.find(name).value());
            sums[i].resize(one.size(), 0.0);
            std::ranges::transform(sums[i], one, sums[i].begin(), std::plus<double>());
        }
    }
    for (size_t i = 0; i < sums.size(); ++i) {
        const std::string name = gradientName(forward, random.wrt.parameters[i]);
        const std::vector<float> got = all.read(graph.find(name).value());
        double difference = 0;
        double size = 1e-12;
        for (size_t v = 0; v < sums[i].size(); ++v) {
            difference += (got.at(v) - sums[i][v]) * (got.at(v) - sums[i][v]);
            size += sums[i][v] * sums[i][v];
        }
        QVERIFY2(std::sqrt(difference / size) <= 1e-5, name.c_str());
    }
}

/// The mean over the pictures, whose derivatives carry their share.
void TestBatch::loss()
{
    constexpr uint32_t classes = 10;
    GraphBuilder builder({3, 9, 9});
    builder.beginModule("m", "m", ModuleKind::Head);
    const Tensor logits = builder.input().conv("a", 8, 3).maxPool("b", 3).fc("c", classes);
    const Tensor probabilities = logits.softmax("d");
    builder.endModule();
    const Graph network = builder.finish(logits, probabilities);
    const auto weights = syntheticWeights(network, "");
    const Loss one = withLoss(network);
    const Loss many = withLoss(network.withBatch(batch));
    const Graph graph = gradient(one.graph, one.value, {.nodes = {0}});
    const Graph batched = gradient(many.graph, many.value, {.nodes = {0}});
    const NodeId start = graph.find(gradientName(graph, one.value)).value();
    const NodeId d = graph.find("d/input").value();
    const SessionOptions options{.keep = Keep::Taps, .taps = {one.value, d}};
    Session single(m_gpu->device(), graph, *weights, options);
    Session all(m_gpu->device(), batched, *weights, options);
    const std::vector<float> input = picturesOf(graph[0].shape);
    std::vector<float> targets;
    for (uint32_t picture = 0; picture < batch; ++picture) {
        const std::vector<float> target = lossTarget(classes, picture, 0.1);
        targets.insert(targets.end(), target.begin(), target.end());
    }
    all.setInput(input);
    all.setGiven(many.target, targets);
    all.setGiven(start, std::vector<float>{1.0F});
    all.run();
    const std::vector<float> got = all.read(d);
    float sum = 0;
    for (uint32_t picture = 0; picture < batch; ++picture) {
        single.setInput(part(input, picture, graph[0].shape.values()));
        single.setGiven(one.target, part(targets, picture, classes));
        single.setGiven(start, std::vector<float>{1.0F / batch});
        single.run();
        sum += single.read(one.value).at(0) / float(batch);
        QCOMPARE(part(got, picture, graph[0].shape.values()), single.read(d));
    }
    QVERIFY(std::abs(all.read(many.value).at(0) / sum - 1) < 1e-6F);
}

void TestBatch::picturesOneByOne()
{
    GraphBuilder builder({3, 8, 8});
    builder.beginModule("m", "m", ModuleKind::Stem);
    (void)builder.input().lrn("op");
    builder.endModule();
    const Graph graph = builder.finish();
    const TensorMap none;
    Session single(m_gpu->device(), graph, none);
    Session pair(m_gpu->device(), graph.withBatch(2), none);
    std::vector<std::vector<uint8_t>> pictures;
    for (const uint8_t step : {uint8_t(3), uint8_t(7)}) {
        std::vector<uint8_t>& pixels = pictures.emplace_back(size_t(10) * 12 * 4);
        for (size_t i = 0; i < pixels.size(); ++i)
            pixels[i] = uint8_t(i * step);
    }
    const Preprocessing preprocessing{.resize = 9};
    const auto view = [&](size_t i) { return ImageView{pictures[i].data(), 10, 12, 40}; };
    for (const uint32_t i : {1U, 0U})
        pair.setImage(view(i), preprocessing, i);
    const std::vector<float> got = pair.read(0);
    for (const uint32_t i : {0U, 1U}) {
        single.setImage(view(i), preprocessing);
        QCOMPARE(part(got, i, 192), single.read(0));
    }
    QVERIFY(part(got, 0, 192) != part(got, 1, 192));
    QVERIFY(errorMessage([&] {
                pair.setImage(view(0), preprocessing, 2);
            }).contains("picture 3 of input, which has 2"));
    QVERIFY(errorMessage([&] { pair.setInput(part(got, 0, 192)); }).contains("needs 2x3x8x8"));
}

/// What a batch needs is known before anything is allocated: all but the weights grows with it.
void TestBatch::memory()
{
    const Graph graph = makeNetwork("googlenet").graph;
    const WeightLayout none{
        .layers = std::vector<PlacedWeights>(graph.size()),
        .bytes = std::vector<uint64_t>(graph.size(), 0)};
    for (const Keep keep : {Keep::Everything, Keep::Taps}) {
        const Plan one = plan(graph, {.keep = keep});
        const Plan many = plan(graph.withBatch(8), {.keep = keep});
        QVERIFY(many.arenaBytes >= 8 * one.arenaBytes);
        QVERIFY(double(many.arenaBytes) < 8.1 * double(one.arenaBytes));
        QCOMPARE(memoryNeeds(graph.withBatch(8), many, none).activations, many.arenaBytes);
    }
    const Graph large = graph.withBatch(4096);
    const QString refusal = errorMessage([&] {
        requireRoom(
            large, plan(large, {}), none, m_gpu->device().info(), uint64_t(1) << 30, "GoogLeNet");
    });
    QVERIFY2(refusal.startsWith("GoogLeNet needs "), qPrintable(refusal));
    QVERIFY(refusal.contains("make the batch smaller than 4096 pictures or choose another device"));
}

void TestBatch::refusals()
{
    const Graph graph = makeNetwork("googlenet").graph;
    QVERIFY(errorMessage([&] { (void)graph.withBatch(0); }).contains("1 to 4096 pictures, not 0"));
    QVERIFY(errorMessage([&] { (void)graph.withBatch(4097); }).contains("not 4097"));
    QVERIFY(graph.withBatch(7).withBatch(1)[5].shape == graph[5].shape);
    QCOMPARE(toString(graph.withBatch(7)[0].shape), "7x" + toString(graph[0].shape));
}

INCEPTOSCOPE_TEST_MAIN(TestBatch)
#include "test_batch.moc"
