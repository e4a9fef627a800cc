#include "support/test_main.h"
#include "weights/layer_weights.h"
#include "weights/synthetic.h"
#include "weights/synthetic_vectors.h"
#include "zoo/network.h"

#include <nlohmann/json.hpp>

#include <bit>
#include <cmath>
#include <fstream>
#include <numeric>

using namespace inceptoscope;
using Json = nlohmann::json;

/// The synthetic rule bit for bit against numbers that another implementation computed.
class TestSynthetic : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hashes();
    void tensor_data();
    void tensor();
    void picture_data();
    void picture();
    void wholePictures();
    void embeddedVectorsAreTheFiles();
    void googlenetsKeys();
    void source();
};

void TestSynthetic::hashes()
{
    const std::vector<std::tuple<std::string, std::string, uint64_t>> known = {
        {"", "", 0xcbf29ce484222325U},
        {"a", "", 0xaf63dc4c8601ec8cU},
        {"input", "", 0x1ebbae8f5810b65bU},
        {"Conv2d_1a_3x3.conv.weight", "", 0xb233eed710c5459dU},
        {"Conv2d_1a_3x3.conv.weight", "demo-salt", 0x06f3cb4b1d513920U},
        {"conv1/7x7_s2.weight", "", 0xcf623167b5630b37U}};
    for (const auto& [key, salt, hash] : known) {
        const std::vector<float> values = syntheticUniform(key, 3, salt);
        for (uint64_t i = 0; i < 3; ++i) {
            uint64_t z = hash + i + 0x9E3779B97F4A7C15U;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
            z ^= z >> 31;
            const double expected = double(z >> 40) / 8388608.0 - 1.0;
            QVERIFY2(double(values[i]) == expected, key.c_str());
        }
    }
}

void TestSynthetic::tensor_data()
{
    QTest::addColumn<int>("index");
    int index = 0;
    for (const TensorVector& v : tensorVectors())
        QTest::newRow((v.salt + "/" + v.key).c_str()) << index++;
}

void TestSynthetic::tensor()
{
    QFETCH(const int, index);
    const TensorVector known = tensorVectors()[size_t(index)];
    const std::vector<float> values = syntheticTensor(known.key, known.shape, known.salt);
    const uint64_t elements = std::accumulate(
        known.shape.begin(), known.shape.end(), uint64_t(1), std::multiplies<uint64_t>());
    QCOMPARE(values.size(), elements);
    for (size_t i = 0; i < 8; ++i)
        QCOMPARE(std::bit_cast<uint32_t>(values[i]), known.firstBits[i]);
    QCOMPARE(std::bit_cast<uint32_t>(values.back()), std::bit_cast<uint32_t>(known.last));
    const double sum = std::accumulate(values.begin(), values.end(), 0.0);
    QVERIFY2(
        std::abs(sum - known.sum) < 1e-9,
        qPrintable(QString("%1 is not %2").arg(sum, 0, 'g', 17).arg(known.sum, 0, 'g', 17)));
}

void TestSynthetic::picture_data()
{
    QTest::addColumn<int>("index");
    int index = 0;
    for (const PictureVector& v : pictureVectors())
        QTest::newRow((v.salt + " " + std::to_string(v.height)).c_str()) << index++;
}

void TestSynthetic::picture()
{
    QFETCH(const int, index);
    const PictureVector known = pictureVectors()[size_t(index)];
    const std::vector<uint8_t> planes = syntheticPicture(known.height, known.width, known.salt);
    const size_t plane = size_t(known.height) * known.width;
    QCOMPARE(planes.size(), 3 * plane);
    for (size_t x = 0; x < 8; ++x)
        QCOMPARE(int(planes[x]), known.first[x]);
    for (size_t c = 0; c < 3; ++c)
        QCOMPARE(
            int(planes[c * plane + size_t(known.height / 2) * known.width + known.width / 2]),
            known.centre[c]);
    QCOMPARE(int(planes.back()), known.last);
    QCOMPARE(std::accumulate(planes.begin(), planes.end(), uint64_t(0)), known.sum);
}

/// Sums don't see permutations: a small picture in full, and a hash (FNV-1a) of a larger one
/// that isn't square.
void TestSynthetic::wholePictures()
{
    const std::vector<uint8_t> plain = {
        9,   15,  58,  87,  100, 83,  44,  31,  51,  28,  30,  61,  27,  10,  89,  85,  41,  32,
        74,  60,  86,  64,  94,  72,  162, 147, 114, 108, 126, 160, 100, 149, 147, 109, 175, 129,
        93,  109, 119, 159, 120, 156, 168, 147, 144, 124, 104, 157, 158, 109, 144, 169, 162, 125,
        142, 133, 117, 177, 211, 158, 113, 199, 134, 127, 188, 179, 170, 158, 134, 150, 171, 188};
    QCOMPARE(syntheticPicture(4, 6, ""), plain);
    const auto hash = [](const std::vector<uint8_t>& bytes) {
        uint64_t h = 0xcbf29ce484222325U;
        for (const uint8_t b : bytes)
            h = (h ^ b) * 0x100000001b3U;
        return h;
    };
    QCOMPARE(hash(syntheticPicture(120, 200, "")), uint64_t(0x03ebfe1d65cabb6cU));
    QCOMPARE(hash(syntheticPicture(120, 200, "demo-salt")), uint64_t(0xd63e3c94970daa44U));
}

void TestSynthetic::embeddedVectorsAreTheFiles()
{
    REQUIRE_SHARED("oracle/facts/hash_vectors.json");
    const QString path = sharedPath("oracle/facts/hash_vectors.json");
    const Json facts = Json::parse(std::ifstream(path.toStdString()));
    const std::vector<TensorVector> tensors = tensorVectors();
    QCOMPARE(facts["tensors"].size(), tensors.size());
    for (size_t i = 0; i < tensors.size(); ++i) {
        const Json& fact = facts["tensors"][i];
        QCOMPARE(tensors[i].key, fact["key"].get<std::string>());
        QCOMPARE(tensors[i].salt, fact["salt"].get<std::string>());
        QVERIFY(tensors[i].shape == fact["shape"].get<std::vector<uint64_t>>());
        for (size_t j = 0; j < 8; ++j)
            QCOMPARE(
                QString::number(tensors[i].firstBits[j], 16).rightJustified(8, '0'),
                QString::fromStdString(fact["first8_bits"][j].get<std::string>()));
        QVERIFY(double(tensors[i].last) == fact["last"].get<double>());
        QVERIFY(tensors[i].sum == fact["sum_float64"].get<double>());
    }
    const std::vector<PictureVector> pictures = pictureVectors();
    QCOMPARE(facts["images"].size(), pictures.size());
    for (size_t i = 0; i < pictures.size(); ++i) {
        const Json& fact = facts["images"][i];
        QCOMPARE(pictures[i].salt, fact["salt"].get<std::string>());
        QCOMPARE(pictures[i].height, fact["H"].get<uint32_t>());
        QCOMPARE(pictures[i].width, fact["W"].get<uint32_t>());
        QVERIFY((pictures[i].first == fact["first8_row0_R"].get<std::array<int, 8>>()));
        QVERIFY((pictures[i].centre == fact["center_RGB"].get<std::array<int, 3>>()));
        QCOMPARE(pictures[i].last, fact["last_B"].get<int>());
        QCOMPARE(pictures[i].sum, fact["sum"].get<uint64_t>());
    }
}

/// The checkpoint lists the auxiliary heads last, the graph where they branch off.
void TestSynthetic::googlenetsKeys()
{
    REQUIRE_SHARED("oracle/statekeys/own_bvlc_googlenet.txt");
    const Graph graph = makeNetwork("googlenet").graph;
    QStringList main;
    QStringList auxiliary;
    for (const Parameter& p : parameters(graph, true))
        (graph.isAuxiliary(p.node) ? auxiliary : main) +=
            QString::fromStdString(p.key + " " + toString(p.shape));
    QStringList expected;
    QFile file(sharedPath("oracle/statekeys/own_bvlc_googlenet.txt"));
    QVERIFY(file.open(QIODevice::ReadOnly | QIODevice::Text));
    while (!file.atEnd())
        expected += QString::fromUtf8(file.readLine()).trimmed();
    QCOMPARE(main + auxiliary, expected);

    QStringList withoutHeads;
    for (const Parameter& p : parameters(graph, false))
        withoutHeads += QString::fromStdString(p.key + " " + toString(p.shape));
    QCOMPARE(withoutHeads, main);
}

void TestSynthetic::source()
{
    const Graph graph = makeNetwork("googlenet").graph;
    const std::vector<Parameter> needed = parameters(graph, true);
    for (const std::string salt : {"", "demo-salt"}) {
        const auto weights = syntheticWeights(graph, salt);
        QCOMPARE(weights->describe(), salt.empty() ? "synthetic" : "synthetic:" + salt);
        QVERIFY(weights->metadata().empty());
        QCOMPARE(weights->tensors().size(), needed.size());
        for (size_t i = 0; i < needed.size(); ++i) {
            QCOMPARE(weights->tensors()[i].key, needed[i].key);
            QVERIFY(weights->tensors()[i].shape == needed[i].shape);
        }
        const auto index = weights->find("inception_3a/5x5.weight");
        QVERIFY(index.has_value());
        std::vector<float> values(weights->tensors()[*index].elements());
        weights->read(*index, values);
        QCOMPARE(values, syntheticTensor("inception_3a/5x5.weight", {32, 16, 5, 5}, salt));
        const WeightReport report = inspect(graph, *weights);
        QVERIFY(report.complete() && report.auxiliary && report.unused.empty());
        QCOMPARE(report.matched, needed.size());
    }
}

INCEPTOSCOPE_TEST_MAIN(TestSynthetic)
#include "test_synthetic.moc"
