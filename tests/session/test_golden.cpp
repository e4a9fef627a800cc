#include "reference/reference.h"
#include "session/session.h"
#include "support/gpu.h"
#include "support/test_main.h"
#include "weights/synthetic.h"

#include <nlohmann/json.hpp>

#include <cmath>
#include <fstream>
#include <memory>

using namespace inceptoscope;
using nlohmann::json;

namespace {

constexpr double bound = 1e-4; // relative, fp32 against float64

/// The rule's picture as the tensor that the golden file was made with.
std::vector<float> input(const std::string& salt)
{
    const std::vector<uint8_t> picture = syntheticPicture(224, 224, salt);
    std::vector<float> tensor(picture.size());
    for (size_t i = 0; i < tensor.size(); ++i)
        tensor[i] = (float(picture[i]) - 128.0F) * 0.5F;
    return tensor;
}

double relative(double value, double expected, double scale)
{
    return std::abs(value - expected) / scale;
}

} // namespace

/// GoogLeNet as a whole, against float64.
class TestGolden : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanup();
    void googlenetEveryGroup();
    void googlenetLogits();
    void otherWeightsAndPicture();
    void embeddedFacts();

private:
    std::unique_ptr<Gpu> m_gpu;
    std::unique_ptr<Session> m_session;
    Network m_network = makeNetwork("googlenet");
};

void TestGolden::initTestCase()
{
    m_gpu = std::make_unique<Gpu>();
    m_session = std::make_unique<Session>(
        m_gpu->device(), m_network.graph, *syntheticWeights(m_network.graph, ""),
        SessionOptions{.auxiliary = true});
    m_session->setInput(input(""));
    m_session->run();
}

void TestGolden::cleanup()
{
    QVERIFY2(m_gpu->noMessages(), "validation layers found something");
}

static json golden()
{
    std::ifstream file(sharedPath("oracle/golden/own_bvlc_googlenet.json").toStdString());
    return json::parse(file);
}

void TestGolden::googlenetEveryGroup()
{
    REQUIRE_SHARED("oracle/golden/own_bvlc_googlenet.json");
    const json facts = golden();
    int groups = 0;
    for (const json& group : facts["groups"]) {
        const std::string name = group["name"];
        const auto module = m_network.graph.findModule(name);
        QVERIFY2(module.has_value(), name.c_str());
        const std::vector<float> values =
            m_session->read(m_network.graph.modules()[*module].output);
        const double rms = group["rms"];

        std::vector<float> got;
        for (const size_t i : group["idx"])
            got.push_back(values.at(i));
        const std::vector<double> expected = group["val"];
        const double samples =
            relativeL2(std::span<const float>(got), std::span<const double>(expected));
        double sum = 0;
        double squares = 0;
        double probe = 0;
        const std::vector<float> u = syntheticUniform("probe/" + name, values.size(), "");
        for (size_t i = 0; i < values.size(); ++i) {
            sum += values[i];
            squares += double(values[i]) * values[i];
            probe += double(values[i]) * u[i];
        }
        const double n = double(values.size());
        QVERIFY2(samples <= bound, name.c_str());
        QVERIFY2(relative(sum / n, group["mean"], rms) <= bound, name.c_str());
        QVERIFY2(relative(std::sqrt(squares / n), rms, rms) <= bound, name.c_str());
        // The probe of an error of relative size e is about e * rms * sqrt(n / 3).
        QVERIFY2(relative(probe, group["probe"], rms * std::sqrt(n / 3)) <= bound, name.c_str());
        ++groups;
    }
    QCOMPARE(groups, 19);
}

void TestGolden::googlenetLogits()
{
    REQUIRE_SHARED("oracle/golden/own_bvlc_googlenet.json");
    const json facts = golden();
    const auto check = [&](const char* key, NodeId node) {
        const std::vector<double> expected = facts[key];
        const double error = relativeL2(
            std::span<const float>(m_session->read(node)), std::span<const double>(expected));
        qInfo("%s: relative L2 %.2e", key, error);
        QVERIFY2(error <= bound, key);
    };
    check("logits", *m_network.graph.logits());
    check("aux1_logits", m_network.auxiliaryLogits[0]);
    check("aux2_logits", m_network.auxiliaryLogits[1]);
}

void TestGolden::otherWeightsAndPicture()
{
    const std::string salt = "another";
    const auto weights = syntheticWeights(m_network.graph, salt);
    const std::vector<std::vector<double>> expected =
        referenceRun(m_network.graph, *weights, input(salt));
    for (const Keep keep : {Keep::Everything, Keep::Taps}) {
        Session session(m_gpu->device(), m_network.graph, *weights, {.keep = keep});
        session.setInput(input(salt));
        session.run();
        session.run();
        for (NodeId id = 0; id < m_network.graph.size(); ++id) {
            if (!session.readable(id) || m_network.graph.isAuxiliary(id))
                continue;
            const double error = relativeL2(
                std::span<const float>(session.read(id)), std::span<const double>(expected[id]));
            QVERIFY2(error <= bound, m_network.graph[id].name.c_str());
        }
    }
}

/// First logits of the golden file, so that the test means something without ../shared.
void TestGolden::embeddedFacts()
{
    const std::vector<double> first{116.193373, 190.579658, 142.551113, 135.430485, 44.2208663};
    std::vector<float> got = m_session->read(*m_network.graph.logits());
    QCOMPARE(std::max_element(got.begin(), got.end()) - got.begin(), 294);
    got.resize(first.size());
    QVERIFY(relativeL2(std::span<const float>(got), std::span<const double>(first)) <= bound);
}

INCEPTOSCOPE_TEST_MAIN(TestGolden)
#include "test_golden.moc"
