#include "error.h"
#include "graph/builder.h"
#include "session/session.h"
#include "support/error_message.h"
#include "support/gpu.h"
#include "support/tensor_map.h"
#include "support/test_main.h"
#include "weights/synthetic.h"

#include <cmath>
#include <memory>

using namespace inceptoscope;

namespace {

/// Input 3x6x5 and one 1x1 convolution whose first channels are the input's own, so that
/// results are known.
Graph identity()
{
    GraphBuilder builder({3, 6, 5});
    builder.beginModule("m", "m", ModuleKind::Stem);
    (void)builder.input().conv("op", 4, 1, {.activation = Activation::None});
    builder.endModule();
    return builder.finish();
}

TensorMap identityWeights()
{
    TensorMap map;
    map.add("m/op.weight", {4, 3, 1, 1}, {1, 0, 0, 0, 1, 0, 0, 0, 1, -1, 0, 0});
    map.add("m/op.bias", {4}, {0, 0, 0, 0});
    return map;
}

std::vector<float> ramp()
{
    std::vector<float> values(90);
    for (size_t i = 0; i < values.size(); ++i)
        values[i] = float(i) - 30.0F;
    return values;
}

FeatureMapStyle grey()
{
    FeatureMapStyle style;
    for (uint32_t i = 0; i < 256; ++i)
        style.colours[i] = 0xff000000U | i * 0x010101U;
    return style;
}

} // namespace

class TestSession : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanup();
    void statistics();
    void featureMapsPerChannel();
    void featureMapsPerLayer();
    void featureMapsDiverging();
    void partOfTheChannels();
    void readsOneChannel();
    void timesComeOnceWarm();
    void refusesWrongInput();
    void refusesWrongWeights();
    void refusesUnkeptNodes();
    void cancelsLoading();
    void sumsThatConvolutionsMake_data();
    void sumsThatConvolutionsMake();

private:
    std::vector<FeatureMapAtlas>
    maps(const FeatureMapRequest& request, const FeatureMapStyle& style);

    std::unique_ptr<Gpu> m_gpu;
    std::unique_ptr<Session> m_session;
    Graph m_graph = identity();
};

void TestSession::initTestCase()
{
    m_gpu = std::make_unique<Gpu>();
    m_session = std::make_unique<Session>(m_gpu->device(), m_graph, identityWeights());
    m_session->setInput(ramp());
    m_session->run();
}

void TestSession::cleanup()
{
    QVERIFY2(m_gpu->noMessages(), "validation layers found something");
}

std::vector<FeatureMapAtlas>
TestSession::maps(const FeatureMapRequest& request, const FeatureMapStyle& style)
{
    return m_session->renderFeatureMaps({&request, 1}, style);
}

void TestSession::statistics()
{
    const FeatureMapAtlas atlas = maps({.node = 1}, grey()).at(0);
    QCOMPARE(atlas.statistics.size(), size_t(4));
    QCOMPARE(atlas.statistics[0].minimum, -30.0F);
    QCOMPARE(atlas.statistics[0].maximum, -1.0F);
    QCOMPARE(atlas.statistics[0].mean, -15.5F);
    QCOMPARE(atlas.statistics[0].zeroShare, 0.0F);
    QCOMPARE(atlas.statistics[1].minimum, 0.0F);
    QCOMPARE(atlas.statistics[1].zeroShare, 1.0F / 30.0F);
    QCOMPARE(atlas.statistics[3].maximum, 30.0F);
}

void TestSession::featureMapsPerChannel()
{
    const FeatureMapAtlas atlas = maps({.node = 1, .columns = 2, .gap = 1}, grey()).at(0);
    QCOMPARE(atlas.width, 11U);
    QCOMPARE(atlas.height, 13U);
    QCOMPARE(atlas.pixels[0], 0xff000000U);          // lowest of channel 0
    QCOMPARE(atlas.pixels[5], 0U);                   // the gap
    QCOMPARE(atlas.pixels[5 * 11 + 4], 0xffffffffU); // highest of channel 0
    QCOMPARE(atlas.pixels[6], 0xff000000U);          // lowest of channel 1
    QCOMPARE(atlas.pixels[7 * 11 + 6], 0xffffffffU); // channel 3 runs the other way
    QCOMPARE(atlas.pixels[12 * 11 + 10], 0xff000000U);
    QCOMPARE(atlas.pixels[6 * 11], 0U);
}

void TestSession::featureMapsPerLayer()
{
    FeatureMapStyle style = grey();
    style.scaling = Scaling::PerLayer;
    const FeatureMapAtlas atlas = maps({.node = 1, .columns = 4, .gap = 0}, style).at(0);
    QCOMPARE(atlas.width, 20U);
    // The layer runs from -30 to 59: channel 0 starts at 0, channel 1 (from 0) at 30 / 89.
    QCOMPARE(atlas.pixels[0], 0xff000000U);
    QCOMPARE(atlas.pixels[5] & 0xffU, uint32_t(30.0 / 89.0 * 255.0 + 0.5));
    QCOMPARE(atlas.pixels[5 * 20 + 14], 0xffffffffU);
}

void TestSession::featureMapsDiverging()
{
    FeatureMapStyle style = grey();
    style.diverging = true;
    const FeatureMapAtlas atlas = maps({.node = 1, .columns = 4, .gap = 0}, style).at(0);
    QCOMPARE(atlas.pixels[0] & 0xffU, 0U);              // -30 of a range of [-30, 30]
    QCOMPARE(atlas.pixels[5] & 0xffU, 128U);            // zero is the middle
    QVERIFY((atlas.pixels[5 * 20 + 4] & 0xffU) < 128U); // -1
}

void TestSession::partOfTheChannels()
{
    const FeatureMapAtlas atlas =
        maps({.node = 1, .columns = 9, .firstChannel = 3, .channels = 5}, grey()).at(0);
    QCOMPARE(atlas.columns, 1U);
    QCOMPARE(atlas.width, 5U);
    QCOMPARE(atlas.pixels[0], 0xffffffffU);
    QCOMPARE(atlas.statistics.size(), size_t(4));
}

void TestSession::readsOneChannel()
{
    const std::vector<float> channel = m_session->readChannel(1, 2);
    QCOMPARE(channel.size(), size_t(30));
    QCOMPARE(channel[0], 30.0F);
    QCOMPARE(channel[29], 59.0F);
    QVERIFY_EXCEPTION_THROWN((void)m_session->readChannel(1, 4), Error);
}

void TestSession::timesComeOnceWarm()
{
    Session session(m_gpu->device(), m_graph, identityWeights());
    session.setInput(ramp());
    QVERIFY(!session.warm());
    session.runModule(session.modules().front());
    QVERIFY(session.warm());
    QVERIFY(session.milliseconds(1) < 0);
    session.run();
    QVERIFY(session.milliseconds(1) > 0);
    QCOMPARE(session.milliseconds(0), 0.0);
    QVERIFY(session.lastRunSeconds() > 0);
}

void TestSession::refusesWrongInput()
{
    QCOMPARE(
        errorMessage([&] { m_session->setInput(std::vector<float>(89)); }),
        QStringLiteral("input: 89 values, the network needs 3x6x5"));
    QCOMPARE(
        errorMessage([&] { m_session->setImage({}, {}); }),
        QStringLiteral("picture: it has no pixels"));
}

void TestSession::refusesWrongWeights()
{
    TensorMap wrong;
    wrong.add("m/op.weight", {4, 2, 1, 1}, std::vector<float>(8));
    wrong.add("m/op.bias", {4}, std::vector<float>(4));
    const QString said = errorMessage([&] { const Session s(m_gpu->device(), m_graph, wrong); });
    QVERIFY2(
        said.contains("m/op.weight is [4,2,1,1], the network needs [4,3,1,1]"), qPrintable(said));
}

void TestSession::refusesUnkeptNodes()
{
    const Network network = makeNetwork("googlenet");
    Session session(
        m_gpu->device(), network.graph, *syntheticWeights(network.graph, ""), {.keep = Keep::Taps});
    QVERIFY(!session.readable(*network.graph.find("conv1/7x7_s2")));
    QCOMPARE(
        errorMessage([&] { (void)session.read(*network.graph.find("conv1/7x7_s2")); }),
        QStringLiteral("session: the result of conv1/7x7_s2 isn't kept"));
}

void TestSession::cancelsLoading()
{
    const Network network = makeNetwork("googlenet");
    const auto weights = syntheticWeights(network.graph, "");
    int calls = 0;
    try {
        const Session session(
            m_gpu->device(), network.graph, *weights, {}, [&](double) { return ++calls < 3; });
        QFAIL("not cancelled");
    } catch (const Error& error) {
        QCOMPARE(error.kind(), ErrorKind::Cancelled);
    }
    QCOMPARE(calls, 3);
}

namespace {

/// Three residual blocks of `channels`, one after the other; the last has no ReLU.
Graph residualGraph(uint32_t channels)
{
    GraphBuilder builder({3, 9, 7});
    builder.beginModule("m", "m", ModuleKind::Inception);
    Tensor x = builder.input().conv("x", channels, 3);
    for (const char* name : {"a", "b", "c"}) {
        const bool last = *name == 'c';
        const Tensor middle = x.conv(std::string(name) + "_1", channels / 2, 3);
        x = add(
            x, middle.conv(std::string(name) + "_2", channels, 1, {.activation = Activation::None}),
            {.scale = last ? 1.0F : 0.2F, .activation = last ? Activation::None : Activation::Relu},
            std::string(name) + "_sum");
    }
    builder.endModule();
    return builder.finish();
}

} // namespace

void TestSession::sumsThatConvolutionsMake_data()
{
    QTest::addColumn<uint32_t>("channels");
    QTest::newRow("one chunk") << 48U;
    QTest::newRow("several chunks, and blocks that aren't full") << 464U;
}

/// The same numbers as with sums of their own, on the second run, too.
void TestSession::sumsThatConvolutionsMake()
{
    QFETCH(const uint32_t, channels);
    const Graph graph = residualGraph(channels);
    const auto weights = syntheticWeights(graph, "sums");
    const NodeId end = graph.find("m/c_sum").value();
    const std::vector<float> input = syntheticUniform("input", 3 * 9 * 7, "sums");
    Session apart(m_gpu->device(), graph, *weights);
    Session fused(m_gpu->device(), graph, *weights, {.keep = Keep::Taps, .timeOps = false});
    QVERIFY(apart.plan().fusedSums.empty());
    QCOMPARE(fused.plan().fusedSums.size(), size_t(3));
    QVERIFY(fused.readable(end));
    QVERIFY(!fused.readable(graph.find("m/a_sum").value()));
    QVERIFY(fused.activationBytes() < apart.activationBytes());
    for (Session* session : {&apart, &fused}) {
        session->setInput(input);
        session->run();
    }
    const std::vector<float> right = apart.read(end);
    double difference = 0;
    double norm = 0;
    for (int run = 0; run < 2; ++run) {
        const std::vector<float> made = fused.read(end);
        QCOMPARE(made.size(), right.size());
        for (size_t i = 0; i < right.size(); ++i) {
            difference += (double(made[i]) - right[i]) * (double(made[i]) - right[i]);
            norm += double(right[i]) * right[i];
        }
        fused.run();
    }
    QVERIFY(norm > 1);
    const double error = std::sqrt(difference / norm);
    QVERIFY2(error < 1e-6, qPrintable(QString::number(error)));
}

INCEPTOSCOPE_TEST_MAIN(TestSession)
#include "test_session.moc"
