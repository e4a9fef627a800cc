// Frames through recorded commands against the ordinary way of one picture after another.
#include "error.h"
#include "session/live_frame.h"
#include "support/gpu.h"
#include "support/test_main.h"
#include "weights/synthetic.h"

using namespace inceptoscope;

namespace {

constexpr uint32_t width = 160;
constexpr uint32_t height = 120;

std::vector<uint8_t> frame(uint32_t number)
{
    std::vector<uint8_t> rgba(size_t(width) * height * 4);
    for (size_t i = 0; i < rgba.size(); ++i)
        rgba[i] = uint8_t((i * (7 + number * 3) + (i / width) * 5 + number * 40) % 251);
    return rgba;
}

FeatureMapStyle style(Scaling scaling, bool diverging)
{
    FeatureMapStyle result{.scaling = scaling, .diverging = diverging};
    for (uint32_t i = 0; i < 256; ++i)
        result.colours[i] = 0xff000000U | i * 0x010203U;
    return result;
}

} // namespace

class TestLiveFrame : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void framesAreWhatPicturesAre_data();
    void framesAreWhatPicturesAre();
    void strongestMapStaysForAWhile();
    void nothingGrowsFromFrameToFrame();
    void refusesWhatIsNotKept();

private:
    /// Maps, a vector, part of the channels, and a thumbnail.
    [[nodiscard]] std::vector<FeatureMapRequest> requests() const;
    void show(LiveFrame& live, const std::vector<uint8_t>& rgba);

    Network m_network = makeNetwork("googlenet_bn", {.inputSize = 64, .classes = 10});
    NodeId m_probabilities = 0;
};

void TestLiveFrame::initTestCase()
{
    m_probabilities = m_network.graph.probabilities().value();
}

std::vector<FeatureMapRequest> TestLiveFrame::requests() const
{
    const ModuleId module = m_network.graph.findModule("inception3a").value();
    std::vector<FeatureMapRequest> result;
    for (const NodeId node : m_network.graph.modules()[module].nodes)
        result.push_back({.node = node, .columns = 7});
    const NodeId output = m_network.graph.modules()[module].output;
    result.push_back({.node = output, .columns = 3, .firstChannel = 10, .channels = 9});
    result.push_back({.node = output, .gap = 0, .strongest = true});
    result.push_back({.node = m_probabilities, .columns = 4});
    return result;
}

void TestLiveFrame::show(LiveFrame& live, const std::vector<uint8_t>& rgba)
{
    std::memcpy(live.picture().data(), rgba.data(), rgba.size());
    live.run();
}

void TestLiveFrame::framesAreWhatPicturesAre_data()
{
    QTest::addColumn<bool>("hostMemory");
    QTest::addColumn<bool>("perLayer");
    QTest::addColumn<bool>("diverging");
    QTest::newRow("memory that the host sees") << true << false << false;
    QTest::newRow("copied both ways") << false << false << false;
    QTest::newRow("one scale a layer") << true << true << false;
    QTest::newRow("diverging, copied") << false << true << true;
}

void TestLiveFrame::framesAreWhatPicturesAre()
{
    QFETCH(const bool, hostMemory);
    QFETCH(const bool, perLayer);
    QFETCH(const bool, diverging);
    const Instance instance({.validation = true});
    {
        Device device(instance, {}, {.hostMemory = hostMemory});
        const auto weights = syntheticWeights(m_network.graph, "");
        Session ordinary(device, m_network.graph, *weights);
        Session session(device, m_network.graph, *weights);
        const auto live =
            session.makeLiveFrame(width, height, m_network.preprocessing, {m_probabilities});
        const auto wanted = style(perLayer ? Scaling::PerLayer : Scaling::PerChannel, diverging);
        live->setMaps(requests(), wanted);
        bool later = false;
        for (const uint32_t number : {0U, 1U, 2U, 0U}) {
            const std::vector<uint8_t> rgba = frame(number);
            show(*live, rgba);
            ordinary.setImage({rgba.data(), width, height, width * 4}, m_network.preprocessing);
            ordinary.run();
            const std::vector<FeatureMapAtlas> expected =
                ordinary.renderFeatureMaps(requests(), wanted);
            QCOMPARE(live->jobs().size(), expected.size());
            for (size_t i = 0; i < expected.size(); ++i) {
                const MapJob& job = live->jobs()[i];
                // The last choice of a channel may stay, which is tested below.
                if (job.request.strongest && later)
                    continue;
                const std::span<const std::byte> pixels = live->pixels(job);
                QCOMPARE(pixels.size(), expected[i].pixels.size() * 4);
                QVERIFY2(
                    std::memcmp(pixels.data(), expected[i].pixels.data(), pixels.size()) == 0,
                    qPrintable(QString::number(i)));
                std::vector<ChannelStatistics> statistics(expected[i].statistics.size());
                live->statistics(job, statistics);
                QVERIFY(
                    std::memcmp(
                        statistics.data(), expected[i].statistics.data(),
                        statistics.size() * sizeof(ChannelStatistics)) == 0);
            }
            std::vector<float> probabilities(10);
            live->read(0, probabilities);
            QCOMPARE(probabilities, ordinary.read(m_probabilities));
            // The session holds the same frame.
            QCOMPARE(session.read(m_probabilities), probabilities);
            QVERIFY(live->times().network > 0 && live->times().maps > 0);
            later = true;
        }
    }
    const std::vector<std::string> messages = instance.validationMessages();
    QVERIFY2(messages.empty(), messages.empty() ? "" : messages.front().c_str());
}

void TestLiveFrame::strongestMapStaysForAWhile()
{
    Gpu gpu;
    Session session(gpu.device(), m_network.graph, *syntheticWeights(m_network.graph, ""));
    const ModuleId module = m_network.graph.findModule("inception3a").value();
    const NodeId output = m_network.graph.modules()[module].output;
    const auto live = session.makeLiveFrame(width, height, m_network.preprocessing, {});
    const auto wanted = style(Scaling::PerChannel, false);
    const std::vector<FeatureMapRequest> thumbnail{{.node = output, .gap = 0, .strongest = true}};
    live->setMaps(thumbnail, wanted);
    const Shape& shape = m_network.graph[output].shape;
    uint32_t last = shape.c;
    for (uint32_t number = 0; number < 6; ++number) {
        show(*live, frame(number));
        std::vector<ChannelStatistics> statistics(shape.c);
        live->statistics(live->jobs()[0], statistics);
        const auto strongest = std::max_element(
            statistics.begin(), statistics.end(),
            [](const auto& a, const auto& b) { return a.mean < b.mean; });
        const bool stays = last < shape.c && strongest->mean <= statistics[last].mean * 1.3F;
        const uint32_t expected = stays ? last : uint32_t(strongest - statistics.begin());
        const FeatureMapRequest request{
            .node = output, .gap = 0, .firstChannel = expected, .channels = 1};
        const FeatureMapAtlas map = session.renderFeatureMaps({&request, 1}, wanted).at(0);
        const std::span<const std::byte> pixels = live->pixels(live->jobs()[0]);
        QCOMPARE(pixels.size(), map.pixels.size() * 4);
        QVERIFY(std::memcmp(pixels.data(), map.pixels.data(), pixels.size()) == 0);
        last = expected;
    }
    QVERIFY(gpu.noMessages());
}

void TestLiveFrame::nothingGrowsFromFrameToFrame()
{
    Gpu gpu;
    Session session(gpu.device(), m_network.graph, *syntheticWeights(m_network.graph, ""));
    const auto live =
        session.makeLiveFrame(width, height, m_network.preprocessing, {m_probabilities});
    live->setMaps(requests(), style(Scaling::PerChannel, false));
    const uint64_t frames = live->deviceBytes();
    const uint64_t all = session.deviceBytes();
    QVERIFY(frames > uint64_t(width) * height * 4);
    QVERIFY(all > session.weightBytes() + session.activationBytes());
    const std::byte* picture = live->picture().data();
    for (uint32_t number = 0; number < 4; ++number)
        show(*live, frame(number));
    QCOMPARE(live->deviceBytes(), frames);
    QCOMPARE(session.deviceBytes(), all);
    QCOMPARE(live->picture().data(), picture);
    QVERIFY(gpu.noMessages());
}

void TestLiveFrame::refusesWhatIsNotKept()
{
    Gpu gpu;
    Session session(
        gpu.device(), m_network.graph, *syntheticWeights(m_network.graph, ""),
        {.keep = Keep::Taps});
    const auto live = session.makeLiveFrame(width, height, m_network.preprocessing, {});
    QVERIFY_EXCEPTION_THROWN(live->setMaps(requests(), style(Scaling::PerChannel, false)), Error);
    show(*live, frame(0)); // goes on as before
    QVERIFY(gpu.noMessages());
}

INCEPTOSCOPE_TEST_MAIN(TestLiveFrame)
#include "test_live_frame.moc"
