// Pictures grown with the weights that come with the program.
#include "engine/open_network.h"
#include "error.h"
#include "support/test_main.h"
#include "visualization/dream.h"
#include "visualization/dream_study.h"
#include "visualization/growth.h"
#include "visualization/growth_study.h"
#include "visualization/picture_tensor.h"
#include "vulkan/device.h"

using namespace inceptoscope;

class TestGrowth : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void excitesMore();
    void theSeedSettlesIt();
    void goesOnWithAnotherSession();
    void theTaskGoesOn();
    void theCentreUnit();
    void aSilentChannelGrowsToo();
    void dreamAmplifies();
    void dreamOfAChannel();
    void dreamCanBeStopped();
    void theDreamTask();
    void cleanupTestCase();

private:
    struct Grown
    {
        double before = 0;
        double after = 0;
        QImage picture;
    };
    [[nodiscard]] AscentGraph target(const char* node, uint32_t channel, uint32_t side) const
    {
        const Graph& graph = m_network.network.graph;
        return ascentGraph(
            graph, {.node = graph.find(node).value(), .channel = channel}, {3, side, side});
    }
    [[nodiscard]] Grown
    grow(const AscentGraph& target, const GrowthOptions& options, int steps) const
    {
        Session session(
            *m_device, target.graph, *m_network.weights, ascentOptions(target, "GoogLeNet"));
        Growth growth(target, m_network.network.preprocessing, options);
        growth.begin(session);
        Grown result{.before = growth.score(session), .after = 0, .picture = {}};
        for (int i = 0; i < steps; ++i)
            (void)growth.step(session);
        result.after = growth.score(session);
        result.picture = growth.picture();
        return result;
    }
    [[nodiscard]] MeasuringSite site() const
    {
        return {.device = *m_device, .goOn = [](double) { return true; }};
    }

    std::optional<Instance> m_instance;
    std::unique_ptr<Device> m_device;
    OpenedNetwork m_network;
};

namespace {

constexpr uint32_t side = 64;
const char* const layer = "inception3a.branch2.1";

/// Mean difference of two pictures' values, of 255.
double difference(const QImage& a, const QImage& b)
{
    const Planes x = planesOf(a);
    const Planes y = planesOf(b);
    double sum = 0;
    for (size_t c = 0; c < 3; ++c)
        for (size_t i = 0; i < x.rgb[c].size(); ++i)
            sum += std::abs(double(x.rgb[c][i]) - double(y.rgb[c][i]));
    return 255 * sum / double(3 * x.rgb[0].size());
}

QImage samplePicture(QSize size)
{
    return QImage(QStringLiteral(INCEPTOSCOPE_SOURCE_DIR "/resources/pictures/coffee.png"))
        .scaled(size, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
}

} // namespace

void TestGrowth::initTestCase()
{
    m_instance.emplace();
    m_device = std::make_unique<Device>(*m_instance, std::string());
    m_network = openNetwork(NetworkRequest{
        .network = "googlenet_bn",
        .weights = INCEPTOSCOPE_SOURCE_DIR "/resources/weights/googlenet_bn.safetensors"});
}

void TestGrowth::cleanupTestCase()
{
    m_device.reset();
    const std::vector<std::string> messages = m_instance->validationMessages();
    QVERIFY2(messages.empty(), messages.empty() ? "" : messages.front().c_str());
}

/// A few steps make it more than twice what noise excites, of a channel that noise excites, too.
void TestGrowth::excitesMore()
{
    const AscentGraph ascent = target(layer, 5, side);
    const Grown grown = grow(ascent, {}, 24);
    QVERIFY2(
        grown.after > 2 * std::abs(grown.before),
        qPrintable(QStringLiteral("%1 to %2").arg(grown.before).arg(grown.after)));
    QCOMPARE(grown.picture.size(), QSize(side, side));
}

void TestGrowth::theSeedSettlesIt()
{
    const AscentGraph ascent = target(layer, 5, side);
    const QImage picture = grow(ascent, {.seed = 3}, 6).picture;
    QCOMPARE(grow(ascent, {.seed = 3}, 6).picture, picture);
    QVERIFY(difference(grow(ascent, {.seed = 4}, 6).picture, picture) > 1);
}

/// What the window does when something else is wanted in between.
void TestGrowth::goesOnWithAnotherSession()
{
    const AscentGraph ascent = target(layer, 5, side);
    const QImage picture = grow(ascent, {}, 6).picture;
    Growth growth(ascent, m_network.network.preprocessing, {});
    for (int half = 0; half < 2; ++half) {
        Session session(
            *m_device, ascent.graph, *m_network.weights, ascentOptions(ascent, "GoogLeNet"));
        growth.begin(session);
        for (int i = 0; i < 3; ++i)
            (void)growth.step(session);
    }
    QCOMPARE(growth.steps(), 6U);
    QCOMPARE(growth.picture(), picture);
}

/// Interrupted in the middle, as by another picture: the engine then calls the job once more.
void TestGrowth::theTaskGoesOn()
{
    const QImage picture = grow(target(layer, 5, side), {}, 6).picture;
    GrowthTask task(
        {.network = "googlenet_bn",
         .weights = INCEPTOSCOPE_SOURCE_DIR "/resources/weights/googlenet_bn.safetensors",
         .node = layer,
         .channel = 5,
         .side = side});
    QVERIFY(task.latest().picture.isNull());
    const MeasuringSite stopping{
        .device = *m_device, .goOn = [&](double) { return task.latest().steps < 3; }};
    try {
        task.run(stopping, 6);
        QFAIL("it went on");
    } catch (const Error& error) {
        QCOMPARE(error.kind(), ErrorKind::Cancelled);
    }
    QCOMPARE(task.latest().steps, 3U);
    task.run(site(), 6);
    QCOMPARE(task.latest().steps, 6U);
    QCOMPARE(task.latest().picture, picture);
    QVERIFY(task.latest().now > task.latest().before);
}

/// Only what the unit sees changes: the picture's edge stays as grey as the noise it was.
void TestGrowth::theCentreUnit()
{
    constexpr uint32_t large = 160;
    const AscentGraph ascent = target(layer, 5, large);
    const GrowthOptions centre{.looseness = {.shift = 0, .scaling = 0, .turn = 0}, .centre = true};
    const Grown grown = grow(ascent, centre, 24);
    QVERIFY(grown.after > 10 * std::abs(grown.before));
    const auto spread = [&](QRect part) {
        const Planes planes = planesOf(grown.picture.copy(part));
        const auto [least, most] = std::minmax_element(planes.rgb[1].begin(), planes.rgb[1].end());
        return double(*most - *least);
    };
    QVERIFY(
        spread(QRect(large / 2 - 16, large / 2 - 16, 32, 32)) > 2 * spread(QRect(0, 0, 32, 32)));
}

/// Before the ReLU it has a derivative, where behind it there would be none.
void TestGrowth::aSilentChannelGrowsToo()
{
    const AscentGraph ascent = target(layer, 0, side);
    for (uint32_t channel = 0; channel < 16; ++channel) {
        AscentGraph other = ascent;
        other.channel = channel;
        const Grown noise = grow(other, {}, 0);
        if (noise.before >= 0)
            continue;
        QVERIFY(grow(other, {}, 12).after > noise.before + 1e-3);
        return;
    }
    QFAIL("there is no channel that noise leaves silent");
}

void TestGrowth::dreamAmplifies()
{
    const QImage picture = samplePicture({96, 80});
    const Graph& graph = m_network.network.graph;
    const ModuleId module = graph.findModule("inception3a").value();
    const AscentTarget all{.node = graph.modules()[module].output};
    std::vector<QSize> sizes;
    const QImage dreamt = dream(
        site(), m_network, all, picture, {.octaves = 2, .steps = 4},
        [&](const QImage& shown) { sizes.push_back(shown.size()); });
    QCOMPARE(dreamt.size(), picture.size());
    QCOMPARE(sizes.size(), size_t(8));
    QCOMPARE(sizes.front(), QSize(69, 57)); // 1.4 times smaller
    // Still the picture, and more of what the module sees.
    const double changed = difference(dreamt, picture);
    QVERIFY2(changed > 3 && changed < 40, qPrintable(QString::number(changed)));
    const AscentGraph ascent = ascentGraph(graph, all, {3, 80, 96});
    Session session(
        *m_device, ascent.graph, *m_network.weights, ascentOptions(ascent, "GoogLeNet"));
    const auto energy = [&](const QImage& of) {
        session.setInput(inputOf(planesOf(of), m_network.network.preprocessing));
        session.setGiven(
            ascent.seed, std::vector<float>(ascent.graph[ascent.of].shape.elements(), 0.0F));
        session.run();
        double sum = 0;
        for (const float value : session.read(ascent.of))
            sum += double(value) * double(value);
        return sum;
    };
    QVERIFY(energy(dreamt) > 1.5 * energy(picture));
    // The same dream again.
    QCOMPARE(dream(site(), m_network, all, picture, {.octaves = 2, .steps = 4}), dreamt);
}

void TestGrowth::dreamOfAChannel()
{
    const QImage picture = samplePicture({64, 64});
    const Graph& graph = m_network.network.graph;
    const auto dreamt = [&](uint32_t channel) {
        return dream(
            site(), m_network, {.node = graph.find(layer).value(), .channel = channel}, picture,
            {.octaves = 1, .steps = 3});
    };
    QVERIFY(difference(dreamt(1), dreamt(2)) > 1);
}

void TestGrowth::dreamCanBeStopped()
{
    const Graph& graph = m_network.network.graph;
    int left = 5;
    const MeasuringSite stopping{.device = *m_device, .goOn = [&](double) { return --left > 0; }};
    try {
        (void)dream(
            stopping, m_network, {.node = graph.find(layer).value()}, samplePicture({64, 64}), {});
        QFAIL("it went on");
    } catch (const Error& error) {
        QCOMPARE(error.kind(), ErrorKind::Cancelled);
    }
}

/// What the window sees is what the command line makes.
void TestGrowth::theDreamTask()
{
    const Graph& graph = m_network.network.graph;
    const Module& module = graph.modules()[graph.findModule("inception3a").value()];
    const QImage picture = samplePicture({64, 64});
    const DreamOptions options{.octaves = 2, .steps = 2};
    DreamRequest request{
        .network = "googlenet_bn",
        .weights = INCEPTOSCOPE_SOURCE_DIR "/resources/weights/googlenet_bn.safetensors",
        .node = graph[module.output].name,
        .picture = picture,
        .options = options};
    const auto task = std::make_shared<DreamTask>(request);
    QVERIFY(task->latest().picture.isNull());
    QVERIFY(dreamJob(task)(site()) == nullptr);
    QCOMPARE(task->latest().steps, 4U);
    QCOMPARE(
        task->latest().picture,
        dream(site(), m_network, {.node = module.output}, picture, options));
    request.node = "inception9z";
    DreamTask nowhere(request);
    QVERIFY_EXCEPTION_THROWN(nowhere.run(site()), Error);
}

INCEPTOSCOPE_TEST_MAIN(TestGrowth)
#include "test_growth.moc"
