#include "gradient/gradient.h"
#include "gradient/loss.h"
#include "session/session.h"
#include "support/gpu.h"
#include "support/oracle_networks.h"
#include "support/test_main.h"
#include "weights/layer_weights.h"
#include "weights/synthetic.h"
#include "zoo/network.h"

#include <nlohmann/json.hpp>

#include <cmath>
#include <fstream>
#include <initializer_list>
#include <memory>

using namespace inceptoscope;
using nlohmann::json;

namespace {

/// Float32 against float64: one ReLU or maximum that is decided otherwise moves everything below it
/// by 1e-5 to 1e-2; these are the oracle's own limits.
constexpr double scoreBound = 1e-5;
constexpr double normBound = 2e-3;
constexpr double probeBound = 0.05;
constexpr double sampleBound = 0.02;
constexpr double weightNormBound = 5e-3;
constexpr double weightProbeBound = 0.02;
constexpr double medianNormBound = 1e-3;
constexpr double medianProbeBound = 2e-3;
constexpr double smoothing = 0.1;
constexpr float auxiliaryWeight = 0.3F;

/// The four whose ops are all of them; with INCEPTOSCOPE_ALL_NETWORKS set all eleven.
using Ids = std::initializer_list<std::string_view>;

/// A pass takes long: of each kind those networks that differ, all of them when asked for.
bool isChosen(std::string_view id, Ids some)
{
    return qEnvironmentVariableIsSet("INCEPTOSCOPE_ALL_NETWORKS") ||
           std::ranges::find(some, id) != some.end();
}

std::vector<float> inputOf(const Network& network, float scale)
{
    const Shape& shape = network.graph[0].shape;
    const std::vector<uint8_t> picture = syntheticPicture(shape.w, shape.h, "");
    std::vector<float> tensor(picture.size());
    for (size_t i = 0; i < tensor.size(); ++i)
        tensor[i] = (float(picture[i]) - 128.0F) * scale;
    return tensor;
}

double normOf(const std::vector<float>& values)
{
    double squares = 0;
    for (const float v : values)
        squares += double(v) * double(v);
    return std::sqrt(squares);
}

/// Errors of a tensor's norm and of its sum against uniform numbers, both relative to the norm.
struct PairError
{
    double norm = 0;
    double probe = 0;
};

PairError
pairError(const std::string& name, const std::vector<float>& values, double norm, double probe)
{
    const std::vector<float> u = syntheticUniform("gradprobe/" + name, values.size(), "");
    double sum = 0;
    for (size_t i = 0; i < values.size(); ++i)
        sum += double(values[i]) * double(u[i]);
    return {std::abs(normOf(values) - norm) / norm, std::abs(sum - probe) / norm};
}

double median(std::vector<double> values)
{
    const auto middle = values.begin() + std::ptrdiff_t(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

/// The group's last node: its module's output, or where its shape is another the pooling behind it.
/// FaceNet's linear layer ends with its batch normalisation there.
NodeId groupNode(const Graph& graph, const std::string& name, const json& shape)
{
    const bool normalised = name == "last_linear" && graph.findModule("last_bn");
    const std::string wanted = normalised ? "last_bn" : name;
    const auto named = [&](const Module& m) { return m.name == wanted || m.path == wanted; };
    const auto module = std::ranges::find_if(graph.modules(), named);
    if (module == graph.modules().end())
        throw std::runtime_error("no module " + name);
    uint64_t elements = 1;
    for (const uint64_t d : shape)
        elements *= d;
    if (graph[module->output].shape.elements() == elements)
        return module->output;
    return graph.consumers(module->output).at(0);
}

} // namespace

/// Backward passes of whole networks against float64.
class TestGradientGolden : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_gpu = std::make_unique<Gpu>(); }
    void cleanup() { QVERIFY2(m_gpu->noMessages(), "validation layers found something"); }
    void score_data() { networks({"inception_v3", "inception_resnet_v1"}); }
    void score();
    void loss_data() { networks({"googlenet", "bn_inception"}); }
    void loss();
    void total_data() { networks({"googlenet"}, true); }
    void total();

private:
    static void networks(Ids some, bool onlyWithHeads = false);
    void open();
    /// Runs the pass and keeps the session; `target` gets the label's distribution.
    void
    run(const Graph& forward, NodeId of, const Wrt& wrt, const std::vector<float>& seed,
        std::optional<NodeId> target, bool auxiliary = false);
    [[nodiscard]] std::vector<float> derivative(NodeId node);
    [[nodiscard]] Wrt everything(const Graph& forward, NodeId of, bool parametersToo);
    void compareGroups(const json& groups);
    void compareSummary(const std::string& name, NodeId node, const json& expected);
    void compareParameters(const Graph& forward, const json& expected, const json& samples);

    std::unique_ptr<Gpu> m_gpu;
    std::unique_ptr<Session> m_session;
    Network m_network;
    Graph m_graph; ///< with the backward pass
    std::vector<float> m_input;
    json m_facts;
};

void TestGradientGolden::networks(Ids some, bool onlyWithHeads)
{
    QTest::addColumn<size_t>("index");
    for (size_t i = 0; i < oracleNetworks.size(); ++i) {
        const OracleNetwork& network = oracleNetworks.at(i);
        const bool heads = network.id == "googlenet" || network.id == "googlenet_bn" ||
                           network.id == "inception_v3";
        if (isChosen(network.id, some) && (heads || !onlyWithHeads))
            QTest::newRow(network.id.data()) << i;
    }
}

void TestGradientGolden::open()
{
    QFETCH(const size_t, index);
    const OracleNetwork& oracle = oracleNetworks.at(index);
    m_network = makeNetwork(oracle.id);
    m_input = inputOf(m_network, oracle.inputScale);
    const QString path = sharedPath(
        qPrintable(QString("oracle/gradients/%1.json").arg(QString::fromLatin1(oracle.facts))));
    std::ifstream file(path.toStdString());
    m_facts = json::parse(file);
}

void TestGradientGolden::run(
    const Graph& forward, NodeId of, const Wrt& wrt, const std::vector<float>& seed,
    std::optional<NodeId> target, bool auxiliary)
{
    m_graph = gradient(forward, of, wrt);
    std::vector<NodeId> taps{of};
    for (const NodeId node : wrt.nodes)
        taps.push_back(m_graph.find(gradientName(m_graph, node)).value());
    for (const LayerParameter& p : wrt.parameters)
        taps.push_back(m_graph.find(gradientName(m_graph, p)).value());
    m_session.reset();
    m_session = std::make_unique<Session>(
        m_gpu->device(), m_graph, *syntheticWeights(m_network.graph, ""),
        SessionOptions{.auxiliary = auxiliary, .keep = Keep::Taps, .taps = taps, .timeOps = false});
    m_session->setInput(m_input);
    m_session->setGiven(m_graph.find(gradientName(m_graph, of)).value(), seed);
    if (target) {
        const uint32_t classes = m_graph[*target].shape.c;
        m_session->setGiven(*target, lossTarget(classes, m_facts["loss"]["label"], smoothing));
    }
    m_session->run();
}

std::vector<float> TestGradientGolden::derivative(NodeId node)
{
    return m_session->read(m_graph.find(gradientName(m_graph, node)).value());
}

/// The input, every group's result, and where they are asked for all parameters.
Wrt TestGradientGolden::everything(const Graph& forward, NodeId of, bool parametersToo)
{
    Wrt wrt{.nodes = {forward.input()}};
    for (const json& group : m_facts["groups"])
        wrt.nodes.push_back(groupNode(forward, group["name"], group["shape"]));
    const std::vector<bool> reached = influences(forward, of);
    for (const Parameter& p : parameters(forward, true))
        if (parametersToo && isTrainable(p.role) && reached[p.node])
            wrt.parameters.push_back({p.node, p.role});
    return wrt;
}

void TestGradientGolden::compareSummary(const std::string& name, NodeId node, const json& expected)
{
    const std::vector<float> got = derivative(node);
    const double norm = expected["norm"];
    const PairError error = pairError(name, got, norm, expected["probe"]);
    QVERIFY2(
        error.norm <= normBound,
        qPrintable(QString("%1: norm %2").arg(name.c_str()).arg(error.norm)));
    QVERIFY2(
        error.probe <= probeBound,
        qPrintable(QString("%1: probe %2").arg(name.c_str()).arg(error.probe)));
    std::vector<double> errors;
    for (size_t i = 0; i < expected["idx"].size(); ++i)
        errors.push_back(
            std::abs(double(got.at(expected["idx"][i])) - expected["val"][i].get<double>()));
    const double scale = norm / std::sqrt(double(got.size()));
    QVERIFY2(median(errors) <= sampleBound * scale, name.c_str());
}

void TestGradientGolden::compareGroups(const json& groups)
{
    double worst = 0;
    for (const json& group : m_facts["groups"]) {
        const std::string name = group["name"];
        const json& expected = groups.is_array() ? group : groups.at(name);
        const NodeId node = groupNode(m_network.graph, name, group["shape"]);
        const double norm = expected.is_number()  ? expected.get<double>()
                            : expected.is_array() ? expected.at(0).get<double>()
                                                  : expected.at("norm").get<double>();
        if (expected.is_object()) {
            compareSummary(name, node, expected);
            if (QTest::currentTestFailed())
                return;
        }
        const double error = std::abs(normOf(derivative(node)) - norm) / norm;
        QVERIFY2(error <= normBound, qPrintable(QString("%1: %2").arg(name.c_str()).arg(error)));
        worst = std::max(worst, error);
    }
    qInfo("%zu groups, the worst norm off by %.1e", m_facts["groups"].size(), worst);
}

void TestGradientGolden::compareParameters(
    const Graph& forward, const json& expected, const json& samples)
{
    std::vector<double> norms;
    std::vector<double> probes;
    for (const Parameter& p : parameters(forward, true)) {
        if (!expected.contains(p.key))
            continue;
        const NodeId node =
            m_graph.find(gradientName(m_graph, LayerParameter{p.node, p.role})).value();
        const std::vector<float> got = m_session->read(node);
        const PairError error = pairError(p.key, got, expected[p.key][0], expected[p.key][1]);
        const QString what =
            QString("%1: %2, %3").arg(p.key.c_str()).arg(error.norm).arg(error.probe);
        QVERIFY2(
            error.norm <= weightNormBound && error.probe <= weightProbeBound, qPrintable(what));
        norms.push_back(error.norm);
        probes.push_back(error.probe);
        for (const json& sample : samples)
            if (sample["key"] == p.key)
                for (size_t i = 0; i < sample["idx"].size(); ++i) {
                    const double off =
                        std::abs(double(got.at(sample["idx"][i])) - sample["val"][i].get<double>());
                    const double scale =
                        expected[p.key][0].get<double>() / std::sqrt(double(got.size()));
                    QVERIFY2(off <= 0.05 * scale, qPrintable(what));
                }
    }
    QCOMPARE(norms.size(), expected.size());
    qInfo(
        "%zu parameters: norms off by %.1e in the middle, %.1e at most; probes by %.1e, %.1e",
        norms.size(), median(norms), *std::ranges::max_element(norms), median(probes),
        *std::ranges::max_element(probes));
    QVERIFY(median(norms) <= medianNormBound);
    QVERIFY(median(probes) <= medianProbeBound);
}

void TestGradientGolden::score()
{
    REQUIRE_SHARED("oracle/gradients/own_bvlc_googlenet.json");
    open();
    const bool classes = m_network.graph.logits().has_value();
    const NodeId of =
        classes ? *m_network.graph.logits() : m_network.graph[*m_network.embedding].inputs[0];
    const size_t outputs = m_network.graph[of].shape.c;
    std::vector<float> seed(outputs, 0.0F);
    if (classes)
        seed.at(m_facts["score"]["top1"]) = 1.0F;
    else
        seed = syntheticUniform("gradscore", outputs, "");
    run(m_network.graph, of, everything(m_network.graph, of, false), seed, std::nullopt);
    const std::vector<float> out = m_session->read(of);
    double value = 0;
    for (size_t i = 0; i < outputs; ++i)
        value += double(out[i]) * double(seed[i]);
    const double expected = m_facts["score"]["value"];
    QVERIFY(std::abs(value - expected) <= scoreBound * std::abs(expected));
    compareSummary("input", m_network.graph.input(), m_facts["dinput"]);
    compareGroups(m_facts["groups"]);
}

void TestGradientGolden::loss()
{
    REQUIRE_SHARED("oracle/gradients/own_bvlc_googlenet.json");
    open();
    const json& facts = m_facts["loss"];
    if (!m_network.graph.logits()) { // gradients of the score there
        const NodeId of = m_network.graph[*m_network.embedding].inputs[0];
        run(m_network.graph, of, everything(m_network.graph, of, true),
            syntheticUniform("gradscore", m_network.graph[of].shape.c, ""), std::nullopt);
        compareParameters(m_network.graph, facts["params"], facts["param_samples"]);
        return;
    }
    const Loss loss = withLoss(m_network.graph);
    run(loss.graph, loss.value, everything(loss.graph, loss.value, true), {1.0F}, loss.target);
    const double expected = facts["value"];
    QVERIFY(
        std::abs(double(m_session->read(loss.value).at(0)) - expected) <= scoreBound * expected);
    compareSummary("input", m_network.graph.input(), facts["dinput"]);
    compareGroups(facts["groups"]);
    compareParameters(loss.graph, facts["params"], facts["param_samples"]);
}

void TestGradientGolden::total()
{
    REQUIRE_SHARED("oracle/gradients/own_bvlc_googlenet.json");
    open();
    const json& facts = m_facts["aux"];
    const json& total = facts["totals"][0];
    QCOMPARE(total["weight"].get<double>(), 0.3);
    const Loss loss = withLoss(m_network.graph, m_network.auxiliaryLogits, auxiliaryWeight);
    run(loss.graph, loss.value, everything(loss.graph, loss.value, true), {1.0F}, loss.target,
        true);
    const double expected = total["value"];
    QVERIFY(
        std::abs(double(m_session->read(loss.value).at(0)) - expected) <= scoreBound * expected);
    const PairError input = pairError(
        "input", derivative(m_network.graph.input()), total["dinput"][0], total["dinput"][1]);
    QVERIFY(input.norm <= normBound && input.probe <= probeBound);
    compareGroups(total["norm_by_group"]);
    compareParameters(loss.graph, facts["params_total_0.3"], facts["param_samples_total_0.3"]);
}

INCEPTOSCOPE_TEST_MAIN(TestGradientGolden)
#include "test_gradient_golden.moc"
