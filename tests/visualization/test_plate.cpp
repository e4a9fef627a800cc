// Twelve channels of GoogLeNet with its real weights, as plate.jpg shows them. Made anew by
// QTEST_FUNCTION_TIMEOUT=3600000 INCEPTOSCOPE_MAKE_PLATE=FILE.jpg test_plate, which takes minutes;
// the test itself looks at what is there with the network's own eyes.
#include "engine/open_network.h"
#include "support/test_main.h"
#include "visualization/growth.h"
#include "visualization/picture_tensor.h"
#include "vulkan/device.h"

#include <QDir>
#include <QPainter>

using namespace inceptoscope;

class TestPlate : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void make();
    void eachExcitesItsChannelMost();
    void cleanupTestCase();

private:
    [[nodiscard]] AscentGraph target(size_t tile) const;
    std::optional<Instance> m_instance;
    std::unique_ptr<Device> m_device;
    OpenedNetwork m_network;
};

namespace {

constexpr int side = 128;
constexpr int columns = 4;
constexpr int steps = 160;

struct Tile
{
    const char* module;
    uint32_t channel;
};

/// From edges to animals: a row a depth.
constexpr std::array<Tile, 12> tiles = {{
    {"conv2/3x3", 10},
    {"inception_3a/output", 50},
    {"inception_3b/output", 200},
    {"inception_4a/output", 100},
    {"inception_4a/output", 409},
    {"inception_4b/output", 10},
    {"inception_4c/output", 55},
    {"inception_4c/output", 447},
    {"inception_4d/output", 60},
    {"inception_4d/output", 139},
    {"inception_4e/output", 300},
    {"inception_5a/output", 9},
}};

const QString platePath = QStringLiteral(INCEPTOSCOPE_SOURCE_DIR "/tests/visualization/plate.jpg");

QRect placeOf(size_t tile)
{
    return {int(tile) % columns * side, int(tile) / columns * side, side, side};
}

std::vector<Planes> samples()
{
    std::vector<Planes> result;
    const QDir folder(QStringLiteral(INCEPTOSCOPE_SOURCE_DIR "/resources/pictures"));
    for (const QFileInfo& file : folder.entryInfoList({"*.png"}, QDir::Files))
        result.push_back(planesOf(
            QImage(file.filePath())
                .scaled(side, side, Qt::KeepAspectRatioByExpanding, Qt::SmoothTransformation)
                .copy(0, 0, side, side)));
    return result;
}

} // namespace

AscentGraph TestPlate::target(size_t tile) const
{
    const Graph& graph = m_network.network.graph;
    return ascentGraph(
        graph, {.node = graph.find(tiles[tile].module).value(), .channel = tiles[tile].channel},
        {3, side, side});
}

void TestPlate::initTestCase()
{
    REQUIRE_SHARED("weights/bvlc_googlenet.f16.safetensors");
    m_instance.emplace();
    m_device = std::make_unique<Device>(*m_instance, std::string());
    m_network = openNetwork(NetworkRequest{
        .network = "googlenet",
        .weights = sharedPath("weights/bvlc_googlenet.f16.safetensors").toStdString()});
}

void TestPlate::cleanupTestCase()
{
    m_device.reset();
}

void TestPlate::make()
{
    const QString file = qEnvironmentVariable("INCEPTOSCOPE_MAKE_PLATE");
    if (file.isEmpty())
        QSKIP("the plate is made only when asked for");
    QImage plate(columns * side, int(tiles.size()) / columns * side, QImage::Format_RGB888);
    QPainter painter(&plate);
    for (size_t i = 0; i < tiles.size(); ++i) {
        const AscentGraph ascent = target(i);
        Session session(
            *m_device, ascent.graph, *m_network.weights, ascentOptions(ascent, "GoogLeNet"));
        Growth growth(ascent, m_network.network.preprocessing, {});
        growth.begin(session);
        for (int step = 0; step < steps; ++step)
            (void)growth.step(session);
        painter.drawImage(placeOf(i), growth.picture());
    }
    painter.end();
    QVERIFY(plate.save(file, "jpg", 92));
}

/// Of twelve grown pictures and the photographs that come with the program each channel prefers its
/// own, half as much again and more.
void TestPlate::eachExcitesItsChannelMost()
{
    const QImage plate(platePath);
    QCOMPARE(plate.size(), QSize(columns * side, int(tiles.size()) / columns * side));
    std::vector<Planes> pictures = samples();
    QVERIFY(pictures.size() >= 9);
    for (size_t i = 0; i < tiles.size(); ++i)
        pictures.push_back(planesOf(plate.copy(placeOf(i))));
    const size_t firstTile = pictures.size() - tiles.size();
    for (size_t i = 0; i < tiles.size(); ++i) {
        const AscentGraph ascent = target(i);
        Session session(
            *m_device, ascent.graph, *m_network.weights, ascentOptions(ascent, "GoogLeNet"));
        const auto mean = [&](const Planes& picture) {
            session.setInput(inputOf(picture, m_network.network.preprocessing));
            for (const ModuleId module : session.modules())
                if (module < ascent.backward)
                    session.runModule(module);
            double sum = 0;
            const std::vector<float> map = session.readChannel(ascent.of, *ascent.channel);
            for (const float value : map)
                sum += double(value);
            return sum / double(map.size());
        };
        const double own = mean(pictures[firstTile + i]);
        for (size_t j = 0; j < pictures.size(); ++j)
            if (j != firstTile + i) {
                const double other = mean(pictures[j]);
                QVERIFY2(
                    own > 1.5 * std::max(0.0, other),
                    qPrintable(QStringLiteral("tile %1: %2, picture %3: %4")
                                   .arg(i)
                                   .arg(own)
                                   .arg(j)
                                   .arg(other)));
            }
    }
}

INCEPTOSCOPE_TEST_MAIN(TestPlate)
#include "test_plate.moc"
