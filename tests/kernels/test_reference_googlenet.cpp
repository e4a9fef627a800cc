#include "reference/reference.h"
#include "support/test_main.h"
#include "weights/synthetic.h"
#include "zoo/network.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <fstream>

using namespace inceptoscope;
using Json = nlohmann::json;

/// GoogLeNet as the zoo writes it, run by the CPU reference with the synthetic weights, gives
/// the oracle's numbers: the definition is right before any kernel runs.
class TestReferenceGooglenet : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyModuleMatches();

private:
    static void checkModule(const Json& golden, const std::vector<double>& values);
};

/// Nine digits in the file.
constexpr double bound = 1e-8;

static std::vector<float> syntheticInput()
{
    const std::vector<uint8_t> picture = syntheticPicture(224, 224, "");
    std::vector<float> input;
    input.reserve(picture.size());
    for (const uint8_t pixel : picture)
        input.push_back((float(pixel) - 128) / 2);
    return input;
}

void TestReferenceGooglenet::checkModule(const Json& golden, const std::vector<double>& values)
{
    const std::string name = golden.at("name");
    std::vector<double> samples;
    for (const size_t index : golden.at("idx"))
        samples.push_back(values.at(index));
    const std::vector<double> expected = golden.at("val");
    QVERIFY2(relativeL2(samples, expected) <= bound, name.c_str());

    // Catches permutations, which leave mean and deviation alone.
    const std::vector<float> u = syntheticUniform("probe/" + name, values.size(), "");
    double probe = 0;
    double squares = 0;
    for (size_t i = 0; i < values.size(); ++i) {
        probe += values[i] * double(u[i]);
        squares += values[i] * values[i];
    }
    const double rms = std::sqrt(squares / double(values.size()));
    QVERIFY2(std::abs(rms - golden.at("rms").get<double>()) <= bound * rms, name.c_str());
    const double scale = rms * std::sqrt(double(values.size()));
    QVERIFY2(std::abs(probe - golden.at("probe").get<double>()) <= bound * scale, name.c_str());
}

void TestReferenceGooglenet::everyModuleMatches()
{
    REQUIRE_SHARED("oracle/golden/own_bvlc_googlenet.json");
    const QString path = sharedPath("oracle/golden/own_bvlc_googlenet.json");
    const Json golden = Json::parse(std::ifstream(path.toStdString()));
    const Network network = makeNetwork("googlenet");
    const Graph& graph = network.graph;
    const auto weights = syntheticWeights(graph, "");
    const auto values = referenceRun(graph, *weights, syntheticInput(), true);

    for (const Json& group : golden.at("groups")) {
        const auto module = graph.findModule(group.at("name").get<std::string>());
        QVERIFY(module);
        checkModule(group, values[graph.modules()[*module].output]);
    }
    const std::vector<double> logits = golden.at("logits");
    QVERIFY(relativeL2(values[*graph.logits()], logits) <= bound);
    const std::vector<double> aux1 = golden.at("aux1_logits");
    QVERIFY(relativeL2(values[network.auxiliaryLogits.at(0)], aux1) <= bound);
    const std::vector<double> aux2 = golden.at("aux2_logits");
    QVERIFY(relativeL2(values[network.auxiliaryLogits.at(1)], aux2) <= bound);

    const std::vector<double>& probabilities = values[*graph.probabilities()];
    const auto top = std::max_element(probabilities.begin(), probabilities.end());
    QCOMPARE(top - probabilities.begin(), std::ptrdiff_t(294));
    QVERIFY(std::abs(*top - 0.999982) <= 5e-7);
}

INCEPTOSCOPE_TEST_MAIN(TestReferenceGooglenet)
#include "test_reference_googlenet.moc"
