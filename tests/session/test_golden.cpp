#include "cost/cost.h"
#include "reference/reference.h"
#include "session/session.h"
#include "support/forms.h"
#include "support/gpu.h"
#include "support/oracle_networks.h"
#include "support/test_main.h"
#include "weights/synthetic.h"

#include <nlohmann/json.hpp>

#include <cmath>
#include <fstream>
#include <memory>

Q_DECLARE_METATYPE(const inceptoscope::Form*)

using namespace inceptoscope;
using nlohmann::json;

namespace {

/// Relative, against float64.
constexpr double bound(Precision precision)
{
    return precision == Precision::Fp16 ? 5e-3 : 1e-4;
}

/// The rule's picture as the tensor that golden files were made with.
std::vector<float> input(const Network& network, float scale, const std::string& salt)
{
    const Shape& shape = network.graph[0].shape;
    const std::vector<uint8_t> picture = syntheticPicture(shape.w, shape.h, salt);
    std::vector<float> tensor(picture.size());
    for (size_t i = 0; i < tensor.size(); ++i)
        tensor[i] = (float(picture[i]) - 128.0F) * scale;
    return tensor;
}

/// What transform_input makes of a tensor normalised with ImageNet's statistics: the same
/// picture, -1..1.
std::vector<float> transformed(std::vector<float> tensor)
{
    constexpr std::array mean = {0.485, 0.456, 0.406};
    constexpr std::array deviation = {0.229, 0.224, 0.225};
    const size_t plane = tensor.size() / 3;
    for (size_t i = 0; i < tensor.size(); ++i)
        tensor[i] = float((tensor[i] * deviation.at(i / plane) + mean.at(i / plane) - 0.5) / 0.5);
    return tensor;
}

double relative(double value, double expected, double scale)
{
    return std::abs(value - expected) / scale;
}

template <class Value> std::ptrdiff_t highest(const std::vector<Value>& values)
{
    return std::max_element(values.begin(), values.end()) - values.begin();
}

/// The greatest distance of a group's samples, mean, rms and probe from the golden ones.
double groupError(const json& group, const std::vector<float>& values)
{
    const double rms = group["rms"];
    std::vector<float> got;
    for (const size_t i : group["idx"])
        got.push_back(values.at(i));
    const std::vector<double> expected = group["val"];
    double sum = 0;
    double squares = 0;
    double probe = 0;
    const std::vector<float> u =
        syntheticUniform("probe/" + group["name"].get<std::string>(), values.size(), "");
    for (size_t i = 0; i < values.size(); ++i) {
        sum += values[i];
        squares += double(values[i]) * values[i];
        probe += double(values[i]) * u[i];
    }
    const double n = double(values.size());
    const std::array errors = {
        relativeL2(std::span<const float>(got), std::span<const double>(expected)),
        relative(sum / n, group["mean"], rms), relative(std::sqrt(squares / n), rms, rms),
        // The probe of an error of relative size e is about e * rms * sqrt(n / 3).
        relative(probe, group["probe"], rms * std::sqrt(n / 3))};
    double worst = 0;
    for (const double error : errors)
        worst = error <= worst ? worst : error; // NaN counts as worst
    return worst;
}

} // namespace

/// The module's result; where the golden group has another size, of the pooling behind it, which
/// bears the same prefix (bn_inception's 5b).
NodeId groupOutput(const Graph& graph, const Module& module, const json& group)
{
    uint64_t elements = 1;
    for (const uint64_t d : group["shape"])
        elements *= d;
    if (graph[module.output].shape.elements() == elements)
        return module.output;
    return graph.consumers(module.output).at(0);
}

/// Every network as a whole, against float64.
class TestGolden : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_gpu = std::make_unique<Gpu>(); }
    void cleanup() { QVERIFY2(m_gpu->noMessages(), "validation layers found something"); }
    void everyGroup_data();
    void everyGroup();
    void otherWeightsAndPictures_data();
    void otherWeightsAndPictures();
    void embeddedFacts_data();
    void embeddedFacts();

private:
    void compareOutputs(
        Session& session, const Network& network, const json& facts,
        const std::vector<float>& tensor);

    std::unique_ptr<Gpu> m_gpu;
};

void TestGolden::everyGroup_data()
{
    QTest::addColumn<size_t>("index");
    QTest::addColumn<const Form*>("form");
    const bool processor = m_gpu->device().info().type == "cpu";
    std::vector<uint64_t> macs;
    for (const OracleNetwork& network : oracleNetworks)
        macs.push_back(networkCost(makeNetwork(std::string(network.id)).graph).main.macs);
    for (const Form& form : forms)
        for (size_t i = 0; i < oracleNetworks.size(); ++i)
            if (!processor || macs.at(i) <= form.mostMacs)
                QTest::addRow("%s %s", oracleNetworks.at(i).id.data(), form.name) << i << &form;
}

void TestGolden::everyGroup()
{
    REQUIRE_SHARED("oracle/golden/own_bvlc_googlenet.json");
    QFETCH(const size_t, index);
    QFETCH(const Form*, form);
    if (!form->runsOn(m_gpu->device().info()))
        QSKIP("the device has no fp16");
    const Precision precision = form->precision;
    const OracleNetwork& oracle = oracleNetworks.at(index);
    std::ifstream file(
        sharedPath("oracle/golden/" + QString(oracle.facts.data()) + ".json").toStdString());
    const json golden = json::parse(file);
    const Network network = makeNetwork(std::string(oracle.id));
    Session session(
        m_gpu->device(), network.graph, *syntheticWeights(network.graph, ""),
        form->with({.auxiliary = true}));
    const std::vector<float> tensor = input(network, oracle.inputScale, "");
    session.setInput(tensor);
    session.run();
    double worst = 0;
    for (const json& group : golden["groups"]) {
        const std::string name = group["name"];
        const std::vector<Module>& modules = network.graph.modules();
        const auto module = std::find_if(modules.begin(), modules.end(), [&](const Module& m) {
            return m.name == name || m.path == name;
        });
        QVERIFY2(module != modules.end(), name.c_str());
        const double error =
            groupError(group, session.read(groupOutput(network.graph, *module, group)));
        QVERIFY2(error <= bound(precision), name.c_str());
        worst = std::max(worst, error);
    }
    QVERIFY(golden["groups"].size() > 14);
    qInfo("%zu groups, the worst %.2e", golden["groups"].size(), worst);
    // Halves have 11 bits, floats 24: neither passes for the other.
    QVERIFY(precision == Precision::Fp16 ? worst > 1e-4 : worst < 5e-5);
    compareOutputs(session, network, golden, tensor);
}

void TestGolden::compareOutputs(
    Session& session, const Network& network, const json& facts, const std::vector<float>& tensor)
{
    size_t compared = 0;
    const auto check = [&](const char* key, std::optional<NodeId> node) {
        if (!facts.contains(key))
            return;
        QVERIFY2(node.has_value(), key);
        const std::vector<double> expected = facts[key];
        const double error = relativeL2(
            std::span<const float>(session.read(*node)), std::span<const double>(expected));
        qInfo("%s: relative L2 %.2e", key, error);
        QVERIFY2(error <= bound(session.plan().precision), key);
        if (node == network.graph.logits())
            QCOMPARE(highest(session.read(*node)), highest(expected));
        ++compared;
    };
    const auto auxiliary = [&](size_t i) {
        return i < network.auxiliaryLogits.size() ? std::optional(network.auxiliaryLogits[i])
                                                  : std::nullopt;
    };
    check("logits", network.graph.logits());
    check("aux_logits", auxiliary(0));
    check("aux1_logits", auxiliary(0));
    check("aux2_logits", auxiliary(1));
    check("embedding_normalized", network.embedding);
    if (network.embedding)
        check("embedding_before_normalize", network.graph[*network.embedding].inputs[0]);
    QCOMPARE(
        compared, 1 + network.auxiliaryLogits.size() + (network.embedding ? size_t(1) : size_t(0)));
    session.setInput(transformed(tensor));
    session.run();
    check("logits_transform_input_true", network.graph.logits());
}

void TestGolden::otherWeightsAndPictures_data()
{
    QTest::addColumn<uint32_t>("size");
    for (const std::string& id : networkIds())
        QTest::newRow(id.c_str()) << 96U;
    for (const char* id : {"googlenet", "googlenet_bn"}) // whose auxiliary heads need it
        QTest::newRow(id) << 224U;
}

/// Each node of each network, on a small picture, against the reference on the CPU.
void TestGolden::otherWeightsAndPictures()
{
    QFETCH(uint32_t, size);
    const std::string salt = "another";
    const std::string id = QTest::currentDataTag();
    const uint32_t smallest = id.starts_with("inception") ? 107 : size;
    const Network network = makeNetwork(id, {.inputSize = smallest, .classes = 11});
    const auto weights = syntheticWeights(network.graph, salt);
    const std::vector<float> tensor = input(network, 1 / 64.0F, salt);
    const std::vector<std::vector<double>> expected = referenceRun(network.graph, *weights, tensor);
    // Each form has seen every network in everyGroup(): here it's both policies of memory.
    for (const auto& [keep, form] :
         {std::pair(Keep::Everything, forms[0]), std::pair(Keep::Taps, forms[2])}) {
        Session session(
            m_gpu->device(), network.graph, *weights,
            form.with({.keep = keep, .timeOps = keep == Keep::Everything}));
        session.setInput(tensor);
        session.run();
        session.run();
        for (NodeId node = 0; node < network.graph.size(); ++node) {
            if (!session.readable(node) || network.graph.isAuxiliary(node))
                continue;
            const double error = relativeL2(
                std::span<const float>(session.read(node)),
                std::span<const double>(expected[node]));
            QVERIFY2(error <= bound(form.precision), network.graph[node].name.c_str());
        }
    }
}

struct First
{
    const char* id;
    float scale;
    std::array<double, 5> logits; ///< the first five (of an embedding: its values)
};

/// From the golden files, so that the test means something without ../shared.
constexpr std::array firstLogits = {
    First{"googlenet", 0.5F, {116.193373, 190.579658, 142.551113, 135.430485, 44.2208663}},
    First{"googlenet_bn", 1 / 64.0F, {-21.1163062, 3.92275543, 2.97219686, 16.4190744, 9.44180681}},
    First{
        "bn_inception",
        1 / 64.0F,
        {0.695455451, 0.166770806, -3.07317266, -2.76047032, 3.41392034}},
    First{
        "bn_inception_slim",
        1 / 64.0F,
        {2.31600462, 7.60227068, 3.21043723, -2.81803465, -4.78214794}},
    First{
        "inception_v2", 1 / 64.0F, {-3.31052231, -6.4071622, -6.29721566, 2.01225489, -5.90948815}},
    First{
        "inception_v3", 1 / 64.0F, {-1.96738665, -2.06042914, 8.20414315, 5.07503158, -12.6577628}},
    First{"inception_v4", 1 / 64.0F, {10.117949, 6.65483246, -3.67867495, 2.8720133, 5.21237379}},
    First{
        "inception_resnet_v1",
        1 / 64.0F,
        {-1.24033753, 3.23050196, -3.3782502, 4.40350337, -0.558163288}},
    First{
        "facenet",
        1 / 64.0F,
        {-0.00378619132, -0.0937450212, -0.132085555, 0.000319783694, 0.0337791642}},
    First{
        "inception_resnet_v2",
        1 / 64.0F,
        {-2.67439709, -7.62103397, 15.4497081, 10.6370475, 8.33192771}},
    First{
        "inception_resnet_v2_paper",
        1 / 64.0F,
        {3.57585865, -3.70134488, -3.5080374, 6.34881241, -2.75378202}},
};

void TestGolden::embeddedFacts_data()
{
    QTest::addColumn<size_t>("index");
    for (size_t i = 0; i < firstLogits.size(); ++i)
        QTest::newRow(firstLogits.at(i).id) << i;
}

void TestGolden::embeddedFacts()
{
    if (haveShared("oracle/golden/own_bvlc_googlenet.json"))
        return; // everyGroup() has seen these values already
    QFETCH(size_t, index);
    const First& first = firstLogits.at(index);
    const Network network = makeNetwork(first.id);
    Session session(m_gpu->device(), network.graph, *syntheticWeights(network.graph, ""));
    session.setInput(input(network, first.scale, ""));
    session.run();
    std::vector<float> got =
        session.read(network.embedding ? *network.embedding : *network.graph.logits());
    got.resize(first.logits.size());
    QVERIFY(
        relativeL2(std::span<const float>(got), std::span<const double>(first.logits)) <=
        bound(Precision::Fp32));
}

INCEPTOSCOPE_TEST_MAIN(TestGolden)
#include "test_golden.moc"
