#include "error.h"
#include "gradient/gradient.h"
#include "gradient/loss.h"
#include "graph/builder.h"
#include "graph/training_graph.h"
#include "reference/reference.h"
#include "session/session.h"
#include "support/forms.h"
#include "support/gpu.h"
#include "support/gradient_cases.h"
#include "support/random_graphs.h"
#include "support/test_main.h"
#include "weights/layer_weights.h"
#include "weights/synthetic.h"

#include <cmath>
#include <limits>
#include <map>
#include <memory>

using namespace inceptoscope;

namespace {

/// Relative L2 of one tensor, in float32.
constexpr double bound = 1e-5;

/// Where a derivative is zero (a bias before batch normalisation: the oracle has 1e-17), what is
/// left of it.
double distanceTo(const std::vector<float>& got, const std::vector<double>& expected)
{
    const double relative =
        relativeL2(std::span<const float>(got), std::span<const double>(expected));
    const bool zero =
        std::ranges::all_of(expected, [](double value) { return std::abs(value) < 1e-12; });
    if (std::isfinite(relative) && !zero)
        return relative;
    double worst = 0;
    for (size_t i = 0; i < got.size(); ++i)
        worst = std::max(worst, std::abs(double(got[i]) - expected.at(i)));
    return worst;
}

/// Results of a stride's positions, before they are put in their places: what belongs to the
/// padding among them is computed too, and left out then.
bool isApart(const Graph& graph, NodeId id)
{
    const auto* op = std::get_if<GradientOp>(&graph[id].op);
    return op != nullptr && std::holds_alternative<ConvInputGradient>(*op) &&
           graph[id].shape != std::get<ConvInputGradient>(*op).in;
}

} // namespace

/// Every kernel of backward passes against the oracle's single ops, and random graphs of all ops
/// against the reference on the CPU.
class TestGradientKernels : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_gpu = std::make_unique<Gpu>(); }
    void cleanup() { QVERIFY2(m_gpu->noMessages(), "validation layers found something"); }
    void oracle_data();
    void oracle();
    void randomGraphs_data();
    void randomGraphs();
    void notANumber_data();
    void notANumber();
    void varianceFarFromZero();
    void onlyFloats();
    void whatIsGiven();

private:
    void compare(const GradientCase& c, const SessionOptions& options);
    std::unique_ptr<Gpu> m_gpu;
};

void TestGradientKernels::oracle_data()
{
    QTest::addColumn<int>("index");
    if (!QFileInfo::exists(sharedPath("oracle/gradient_ops.json")))
        return;
    const std::vector<GradientCase> all =
        loadGradientCases(sharedPath("oracle/gradient_ops.json").toStdString());
    for (size_t i = 0; i < all.size(); ++i)
        QTest::newRow(all[i].id.c_str()) << int(i);
}

void TestGradientKernels::compare(const GradientCase& c, const SessionOptions& options)
{
    Session session(m_gpu->device(), c.graph, c.weights, options);
    session.setInput(c.input);
    for (const auto& [node, values] : c.given)
        session.setGiven(node, values);
    session.run();
    session.run(); // a second run must not see what the first one left
    const auto require = [&](const std::string& what, NodeId node,
                             const std::vector<double>& expected) {
        const double error = distanceTo(session.read(node), expected);
        QVERIFY2(error <= bound, qPrintable(QString("%1: %2").arg(what.c_str()).arg(error)));
    };
    require("the result", c.output, c.expected);
    for (const GradientCase::Derivative& d : c.derivatives)
        require(d.key, d.node, d.values);
    if (c.running)
        require("running statistics", *c.running, c.runningAfter);
}

void TestGradientKernels::oracle()
{
    REQUIRE_SHARED("oracle/gradient_ops.json");
    QFETCH(const int, index);
    static const std::vector<GradientCase> all =
        loadGradientCases(sharedPath("oracle/gradient_ops.json").toStdString());
    const GradientCase& c = all[size_t(index)];
    for (const Form* form : formsFor(c.graph, m_gpu->device().info(), size_t(index))) {
        if (form->precision != Precision::Fp32)
            continue;
        std::vector<NodeId> taps{c.output, c.running.value_or(c.output)};
        for (const GradientCase::Derivative& d : c.derivatives)
            taps.push_back(d.node);
        compare(c, form->with({.keep = Keep::Taps, .taps = taps}));
        if (form->convolutions == ConvForm::Direct)
            compare(c, form->with({}));
    }
}

void TestGradientKernels::randomGraphs_data()
{
    QTest::addColumn<uint32_t>("seed");
    QTest::addColumn<uint32_t>("batch");
    QTest::addColumn<bool>("training");
    for (uint32_t seed = 1; seed <= 8; ++seed)
        QTest::addRow("%u", seed) << seed << 1U << false;
    for (uint32_t seed = 9; seed <= 12; ++seed)
        QTest::addRow("%u, 3 pictures", seed) << seed << 3U << false;
    for (uint32_t seed = 13; seed <= 16; ++seed)
        QTest::addRow("%u, training", seed) << seed << 2U << true;
}

/// Many ops at once, with forks: against the same graph in double precision.
void TestGradientKernels::randomGraphs()
{
    QFETCH(const uint32_t, seed);
    QFETCH(const uint32_t, batch);
    QFETCH(const bool, training);
    const RandomGraph random = randomGraph(seed, true, batch, training);
    const Graph graph = gradient(random.graph, random.of, random.wrt);
    const NodeId start = graph.find(gradientName(graph, random.of)).value();
    std::map<NodeId, std::vector<double>> given;
    std::map<NodeId, std::vector<float>> floats;
    floats[start] = random.seedValues;
    for (const auto& [node, values] : random.given)
        floats[node] = values;
    for (const auto& [node, values] : floats)
        given[node] = {values.begin(), values.end()};
    const std::vector<std::vector<double>> expected =
        referenceRun(graph, random.weights, std::span<const float>(random.input), false, given);
    for (const Keep keep : {Keep::Everything, Keep::Taps}) {
        std::vector<NodeId> taps;
        for (NodeId id = random.graph.size(); id < graph.size(); ++id)
            if (graph.consumers(id).empty())
                taps.push_back(id);
        Session session(
            m_gpu->device(), graph, random.weights,
            {.keep = keep, .taps = taps, .timeOps = keep == Keep::Everything});
        session.setInput(random.input);
        for (const auto& [node, values] : floats)
            session.setGiven(node, values);
        session.run();
        session.run();
        for (NodeId id = 0; id < graph.size(); ++id) {
            if (!session.readable(id) || isApart(graph, id))
                continue;
            const double error = distanceTo(session.read(id), expected[id]);
            const QString what = QString("%1: %2").arg(graph[id].name.c_str()).arg(error);
            QVERIFY2(error <= 3e-5, qPrintable(what));
        }
    }
}

void TestGradientKernels::notANumber_data()
{
    QTest::addColumn<uint32_t>("seed");
    QTest::addColumn<bool>("training");
    QTest::addColumn<bool>("inPicture");
    for (const bool inPicture : {false, true}) {
        const char* where = inPicture ? "picture" : "what comes back";
        for (uint32_t seed = 1; seed <= 6; ++seed)
            QTest::addRow("%u, in the %s", seed, where) << seed << false << inPicture;
        // In 15 a maximum is another of several NaN.
        for (const uint32_t seed : {13U, 14U, 16U})
            QTest::addRow("%u, training, in the %s", seed, where) << seed << true << inPicture;
    }
}

/// One value that is none: what is computed from it is none either, forward and backward. (A zero
/// of the padding or between strides times NaN is none too: there may be more than by definition.)
void TestGradientKernels::notANumber()
{
    QFETCH(const uint32_t, seed);
    QFETCH(const bool, training);
    QFETCH(const bool, inPicture);
    RandomGraph random = randomGraph(seed, true, training ? 2 : 1, training);
    std::vector<float>& values = inPicture ? random.input : random.seedValues;
    values[values.size() / 3] = std::numeric_limits<float>::quiet_NaN();
    const Graph graph = gradient(random.graph, random.of, random.wrt);
    std::map<NodeId, std::vector<float>> floats = random.given;
    floats[graph.find(gradientName(graph, random.of)).value()] = random.seedValues;
    std::map<NodeId, std::vector<double>> given;
    for (const auto& [node, of] : floats)
        given[node] = {of.begin(), of.end()};
    const std::vector<std::vector<double>> expected =
        referenceRun(graph, random.weights, std::span<const float>(random.input), false, given);
    Session session(m_gpu->device(), graph, random.weights, forms[0].with({}));
    session.setInput(random.input);
    for (const auto& [node, of] : floats)
        session.setGiven(node, of);
    session.run();
    size_t found = 0;
    for (NodeId id = 0; id < graph.size(); ++id) {
        if (!session.readable(id) || isApart(graph, id))
            continue;
        const std::vector<float> got = session.read(id);
        for (size_t i = 0; i < got.size(); ++i) {
            const bool none = std::isnan(got[i]);
            found += none ? 1 : 0;
            QVERIFY2(none || !std::isnan(expected[id][i]), graph[id].name.c_str());
        }
    }
    QVERIFY(found > 0);
}

/// Around a mean of 1000 the mean of squares less the squared mean would be off by 0.1.
void TestGradientKernels::varianceFarFromZero()
{
    GraphBuilder builder({5, 7, 9, 3});
    builder.beginModule("m", "m", ModuleKind::Stem);
    (void)builder.input().then("norm", BatchNorm{});
    builder.endModule();
    const TrainingGraph training = trainingGraph(builder.finish());
    TensorMap weights;
    for (const Parameter& p : parameters(training.graph, true))
        weights.addSynthetic(p.key, p.shape);
    std::vector<float> input = syntheticUniform("far", training.graph[0].shape.elements(), "");
    for (float& value : input)
        value += 1000.0F;
    const std::vector<std::vector<double>> expected =
        referenceRun(training.graph, weights, std::span<const float>(input));
    Session session(m_gpu->device(), training.graph, weights);
    session.setInput(input);
    session.run();
    const NodeId statistics = training.norms.at(0).statistics;
    const std::vector<float> got = session.read(statistics);
    for (size_t i = 1; i < got.size(); i += 2)
        QVERIFY(std::abs(double(got[i]) / expected[statistics][i] - 1) < 1e-5);
    QVERIFY(distanceTo(session.read(training.results[1]), expected[training.results[1]]) < 1e-3);
}

void TestGradientKernels::onlyFloats()
{
    if (!m_gpu->device().info().fp16Storage)
        return;
    const RandomGraph random = randomGraph(1);
    const Graph graph = gradient(random.graph, random.of, random.wrt);
    try {
        Session session(m_gpu->device(), graph, random.weights, {.precision = Precision::Fp16});
        QFAIL("no error");
    } catch (const Error& error) {
        QVERIFY(error.kind() == ErrorKind::Unsupported);
        QVERIFY(QString(error.what()).contains("--precision fp32"));
    }
}

void TestGradientKernels::whatIsGiven()
{
    const RandomGraph random = randomGraph(2);
    const Graph graph = gradient(random.graph, random.of, random.wrt);
    Session session(m_gpu->device(), graph, random.weights, {});
    const NodeId start = graph.find(gradientName(graph, random.of)).value();
    const auto refused = [&](NodeId node, size_t values) {
        try {
            session.setGiven(node, std::vector<float>(values));
        } catch (const Error& error) {
            return error.kind() == ErrorKind::Usage;
        }
        return false;
    };
    QVERIFY(refused(1, graph[1].shape.elements()));
    QVERIFY(refused(start, graph[start].shape.elements() + 1));
    // Nothing came back: nothing goes on, whatever ran before.
    session.setInput(random.input);
    session.setGiven(start, std::vector<float>(graph[start].shape.elements(), 0.0F));
    for (const auto& [node, values] : random.given)
        session.setGiven(node, values);
    session.run();
    for (const NodeId node : random.wrt.nodes) {
        const std::vector<float> d = session.read(graph.find(gradientName(graph, node)).value());
        QVERIFY(std::ranges::all_of(d, [](float v) { return v == 0; }));
    }
}

INCEPTOSCOPE_TEST_MAIN(TestGradientKernels)
#include "test_gradient_kernels.moc"
