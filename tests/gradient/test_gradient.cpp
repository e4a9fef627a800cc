#include "gradient/gradient.h"
#include "gradient/loss.h"

#include "cost/cost.h"
#include "error.h"
#include "graph/builder.h"
#include "graph/training_graph.h"
#include "graph/transposed_conv.h"
#include "plan/plan.h"
#include "reference/reference.h"
#include "support/random_graphs.h"
#include "support/test_main.h"
#include "weights/layer_weights.h"
#include "zoo/network.h"

using namespace inceptoscope;

namespace {

std::vector<double> doubles(const std::vector<float>& values)
{
    return {values.begin(), values.end()};
}

double dot(const std::vector<double>& a, const std::vector<double>& b)
{
    double sum = 0;
    for (size_t i = 0; i < a.size(); ++i)
        sum += a.at(i) * b.at(i);
    return sum;
}

size_t countOf(const Graph& graph, const char* op)
{
    return size_t(std::ranges::count_if(
        graph.nodes(), [&](const Node& node) { return opName(node.op) == op; }));
}

/// Runs a random graph and its backward pass on the CPU, in double precision.
class Reference
{
public:
    explicit Reference(RandomGraph random)
        : m_random(std::move(random))
        , m_graph(gradient(m_random.graph, m_random.of, m_random.wrt))
        , m_input(doubles(m_random.input))
    {
        for (const auto& [node, values] : m_random.given)
            m_given[node] = doubles(values);
        m_given[m_graph.find(gradientName(m_graph, m_random.of)).value()] =
            doubles(m_random.seedValues);
        m_values = referenceRun(m_graph, m_random.weights, m_input, false, m_given);
    }

    [[nodiscard]] const RandomGraph& random() const { return m_random; }
    [[nodiscard]] const std::vector<double>& input() const { return m_input; }
    [[nodiscard]] const std::vector<double>& derivative(const std::string& name) const
    {
        return m_values.at(m_graph.find(name).value());
    }
    [[nodiscard]] const Graph& graph() const { return m_graph; }

    /// What is differentiated, with another input and weights; `shifted` node gets `by` added.
    [[nodiscard]] double score(const std::vector<double>& input, const TensorSource& weights) const
    {
        const auto values = referenceRun(m_random.graph, weights, input, false, m_given);
        return dot(values.at(m_random.of), doubles(m_random.seedValues));
    }

private:
    RandomGraph m_random;
    Graph m_graph;
    std::vector<double> m_input;
    std::map<NodeId, std::vector<double>> m_given;
    std::vector<std::vector<double>> m_values;
};

/// The tensors of another source, one value of one of them moved.
TensorMap
moved(const Graph& graph, const TensorSource& source, const std::string& key, size_t at, float by)
{
    TensorMap result;
    for (const Parameter& p : parameters(graph, true)) {
        const size_t index = source.find(p.key).value();
        std::vector<float> values(source.tensors()[index].elements());
        source.read(index, values);
        if (p.key == key)
            values.at(at) += by;
        result.add(p.key, p.shape, values);
    }
    return result;
}

float valueAt(const TensorSource& source, const std::string& key, size_t at)
{
    const size_t index = source.find(key).value();
    std::vector<float> values(source.tensors()[index].elements());
    source.read(index, values);
    return values.at(at);
}

} // namespace

/// Backward passes as graphs, and by finite differences as derivatives.
class TestGradient : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void byTheInput_data();
    void byTheInput();
    void byParameters_data();
    void byParameters();
    void onlyWhatIsAsked();
    void forwardIsUntouched();
    void branchesAreViews();
    void refusals();
    void losses();
    void auxiliaryHeadsMustRun();
    void everyNetwork();
    void padding();
    void trainingMode();
};

void TestGradient::byTheInput_data()
{
    QTest::addColumn<uint32_t>("seed");
    QTest::addColumn<uint32_t>("batch");
    QTest::addColumn<bool>("training");
    for (uint32_t seed = 1; seed <= 40; ++seed)
        QTest::addRow("%u", seed) << seed << 1U << false;
    for (uint32_t seed = 1; seed <= 6; ++seed)
        QTest::addRow("%u, 2 pictures", seed) << seed << 2U << false;
    for (uint32_t seed = 1; seed <= 12; ++seed)
        QTest::addRow("%u, training", seed) << seed << 2U << true;
}

/// The derivative in a random direction.
void TestGradient::byTheInput()
{
    QFETCH(const uint32_t, seed);
    QFETCH(const uint32_t, batch);
    QFETCH(const bool, training);
    const Reference reference(randomGraph(seed, true, batch, training));
    const std::vector<double>& d = reference.derivative("d/input");
    std::vector<double> direction(d.size());
    for (size_t i = 0; i < direction.size(); ++i)
        direction[i] = std::sin(double(i) * 1.7 + seed);
    const double step = 1e-7;
    const auto at = [&](double by) {
        std::vector<double> x = reference.input();
        for (size_t i = 0; i < x.size(); ++i)
            x[i] += by * direction[i];
        return reference.score(x, reference.random().weights);
    };
    const double difference = (at(step) - at(-step)) / (2 * step);
    const double expected = dot(d, direction);
    const double scale = std::sqrt(dot(d, d)) * std::sqrt(dot(direction, direction));
    QVERIFY2(
        std::abs(difference - expected) <= 1e-6 * scale,
        qPrintable(QString("%1, by differences %2").arg(expected).arg(difference)));
    QVERIFY(scale > 0);
}

void TestGradient::byParameters_data()
{
    byTheInput_data();
}

/// One value of each tensor; weights are float32, so that steps are not small: without ReLU.
void TestGradient::byParameters()
{
    QFETCH(const uint32_t, seed);
    QFETCH(const uint32_t, batch);
    QFETCH(const bool, training);
    if (seed > 12)
        return;
    const Reference reference(randomGraph(seed, false, batch, training));
    const RandomGraph& random = reference.random();
    const std::vector<bool> reached = influences(random.graph, random.of);
    size_t compared = 0;
    for (const Parameter& p : parameters(random.graph, true)) {
        if (!isTrainable(p.role) || !reached[p.node])
            continue;
        const std::vector<double>& d =
            reference.derivative(gradientName(random.graph, LayerParameter{p.node, p.role}));
        const size_t at = (seed * 7) % d.size();
        const float step = 1.0F / 65536;
        const TensorMap more = moved(random.graph, random.weights, p.key, at, step);
        const TensorMap less = moved(random.graph, random.weights, p.key, at, -step);
        const double width = double(valueAt(more, p.key, at)) - double(valueAt(less, p.key, at));
        const double difference =
            (reference.score(reference.input(), more) - reference.score(reference.input(), less)) /
            width;
        const double scale = std::max(std::sqrt(dot(d, d)), 1e-3);
        QVERIFY2(
            std::abs(difference - d[at]) <= 1e-5 * scale,
            qPrintable(QString("%1: %2, by differences %3")
                           .arg(p.key.c_str())
                           .arg(d[at])
                           .arg(difference)));
        ++compared;
    }
    QVERIFY(compared > 4);
}

void TestGradient::onlyWhatIsAsked()
{
    const Network network = makeNetwork("googlenet");
    const Graph& graph = network.graph;
    const NodeId logits = graph.logits().value();
    const Graph input = gradient(graph, logits, {.nodes = {0}});
    QCOMPARE(countOf(input, "weight_gradient"), size_t(0));
    QCOMPARE(countOf(input, "channel_sum"), size_t(0));
    QVERIFY(input[input.find("d/input").value()].shape == graph[0].shape);
    // The classifier's weights alone: nothing below it.
    const Graph last = gradient(graph, logits, {.parameters = {{logits, ParameterRole::Weight}}});
    QCOMPARE(countOf(last, "weight_gradient"), size_t(1));
    QCOMPARE(countOf(last, "conv_input_gradient"), size_t(0));
    QCOMPARE(last.size(), graph.size() + 2);
    // A late module: nothing before it.
    const ModuleId late = graph.findModule("inception_5a").value();
    const Graph upper = gradient(graph, logits, {.nodes = {graph.modules()[late].output}});
    QVERIFY(countOf(upper, "conv_input_gradient") < 10);
    QVERIFY(!upper.find("d/inception_4e/output"));
}

void TestGradient::forwardIsUntouched()
{
    const Graph graph = makeNetwork("inception_v3").graph;
    const Graph all = gradient(graph, graph.logits().value(), {.nodes = {0}});
    QVERIFY(all.size() > graph.size());
    for (NodeId id = 0; id < graph.size(); ++id) {
        QCOMPARE(all[id].name, graph[id].name);
        QCOMPARE(all[id].inputs, graph[id].inputs);
        QCOMPARE(all[id].module, graph[id].module);
    }
    QVERIFY(all.logits() == graph.logits());
    for (ModuleId id = ModuleId(graph.modules().size()); id < all.modules().size(); ++id)
        QVERIFY(all.modules()[id].kind == ModuleKind::Backward);
    // As many multiply-accumulates back as there, less those of what feeds nothing.
    const NetworkCost there = networkCost(graph);
    const NetworkCost both = networkCost(all);
    QCOMPARE(both.main.params, there.main.params);
    QCOMPARE(both.main.macs, 2 * there.main.macs);
}

void TestGradient::branchesAreViews()
{
    const Graph graph = makeNetwork("googlenet").graph;
    const Graph all = gradient(graph, graph.logits().value(), {.nodes = {0}});
    const Plan planned = plan(all, {.keep = Keep::Taps});
    size_t slices = 0;
    for (NodeId id = 0; id < all.size(); ++id)
        if (opName(all[id].op) == "slice") {
            QVERIFY(planned.isFree(all, id));
            QCOMPARE(planned.slots[id].root, planned.slots[all[id].inputs[0]].root);
            ++slices;
        }
    QCOMPARE(slices, size_t(9 * 4));
    // Kept are the forward values that the pass reads, not all: less than twice the forward pass's.
    const Plan forward = plan(graph, {.keep = Keep::Everything});
    QVERIFY(planned.arenaBytes < 2 * forward.arenaBytes);
}

void TestGradient::refusals()
{
    const Graph graph = makeNetwork("googlenet").graph;
    const NodeId logits = graph.logits().value();
    const auto sentence = [&](NodeId of, const Wrt& wrt) {
        try {
            (void)gradient(graph, of, wrt);
        } catch (const Error& error) {
            return QString(error.what());
        }
        return QString();
    };
    const NodeId pool = graph.find("pool1/3x3_s2").value();
    QVERIFY(sentence(pool, {.nodes = {logits}}).contains("doesn't depend on"));
    QVERIFY(sentence(logits, {.nodes = {graph.size()}}).contains("no node"));
    QVERIFY(sentence(logits, {.parameters = {{logits, ParameterRole::Gamma}}})
                .contains("no parameter"));
    QVERIFY(
        sentence(logits, {.parameters = {{pool, ParameterRole::Weight}}}).contains("no parameter"));
    // There is no second derivative.
    const Graph once = gradient(graph, logits, {.nodes = {0}});
    try {
        (void)gradient(once, once.find("d/input").value(), {.nodes = {0}});
        QFAIL("no error");
    } catch (const Error& error) {
        QVERIFY(error.kind() == ErrorKind::Unsupported);
    }
    try {
        (void)withLoss(makeNetwork("facenet").graph);
        QFAIL("no error");
    } catch (const Error& error) {
        QVERIFY(error.kind() == ErrorKind::Usage);
    }
    QVERIFY_THROWS_EXCEPTION(Error, (void)lossTarget(10, 10, 0.1));
    QVERIFY_THROWS_EXCEPTION(Error, (void)lossTarget(10, 1, 1.5));
}

void TestGradient::losses()
{
    const std::vector<float> target = lossTarget(10, 3, 0.1);
    for (size_t i = 0; i < target.size(); ++i)
        QCOMPARE(target[i], i == 3 ? 0.91F : 0.01F);
    const Network network = makeNetwork("googlenet");
    const Loss loss = withLoss(network.graph, network.auxiliaryLogits, 0.3F);
    QCOMPARE(loss.auxiliary.size(), size_t(2));
    QCOMPARE(loss.graph[loss.value].name, std::string("loss/total"));
    QVERIFY((loss.graph[loss.value].shape == Shape{1, 1, 1}));
    QCOMPARE(withLoss(network.graph).value, withLoss(network.graph).main);
}

void TestGradient::auxiliaryHeadsMustRun()
{
    const Network network = makeNetwork("googlenet");
    const Loss loss = withLoss(network.graph, network.auxiliaryLogits);
    QVERIFY_THROWS_EXCEPTION(Error, (void)plan(loss.graph, {}));
    QVERIFY(!plan(loss.graph, {.auxiliary = true}).order.empty());
}

/// Each can be differentiated by its input, all modules and all parameters.
void TestGradient::everyNetwork()
{
    for (const std::string& id : networkIds()) {
        const Network network = makeNetwork(id);
        const Graph& graph = network.graph;
        const NodeId of = graph.logits().value_or(graph.size() - 1);
        const std::vector<bool> reached = influences(graph, of);
        Wrt wrt{.nodes = {0}};
        for (const Parameter& p : parameters(graph, false))
            if (isTrainable(p.role) && reached[p.node])
                wrt.parameters.push_back({p.node, p.role});
        for (const Module& module : graph.modules())
            if (reached[module.output] && module.output != 0)
                wrt.nodes.push_back(module.output);
        const Graph all = gradient(graph, of, wrt);
        for (const NodeId node : wrt.nodes)
            QVERIFY(all[all.find(gradientName(graph, node)).value()].shape == graph[node].shape);
        for (const LayerParameter& p : wrt.parameters)
            QVERIFY2(all.find(gradientName(graph, p)), gradientName(graph, p).c_str());
    }
}

/// Paddings wider than the kernel, and strides that leave rows unread.
void TestGradient::padding()
{
    for (const uint32_t stride : {1U, 2U, 3U})
        for (const uint32_t kernel : {1U, 2U, 3U, 5U})
            for (const uint32_t before : {0U, 1U, 4U})
                for (const uint32_t after : {0U, 3U}) {
                    const Conv2d conv{
                        .outChannels = 2,
                        .kernel = {kernel, kernel},
                        .stride = {stride, stride},
                        .padding = {before, after, after, before}};
                    const ConvInputGradient op{0, conv, {1, 7, 9}};
                    const Shape dz = inferShape(Op(conv), {op.in}, "conv");
                    const TransposedConv back = transposed(op, dz);
                    const Shape apart = inferShape(Op(back.conv), {dz}, "back");
                    const Interleave places = interleave(op, dz);
                    // Every input position has its result.
                    QVERIFY((places.firstRow + op.in.h - 1) / stride < apart.h);
                    QVERIFY((places.firstColumn + op.in.w - 1) / stride < apart.w);
                    QCOMPARE(apart.c, stride * stride);
                }
}

/// Parameters keep their keys, results their names, and all of them have derivatives.
void TestGradient::trainingMode()
{
    const Network network = makeNetwork("bn_inception");
    const TrainingGraph training = trainingGraph(network.graph.withBatch(2));
    const Graph& graph = training.graph;
    const auto keys = [](const Graph& of) {
        std::vector<std::string> result;
        for (const Parameter& p : parameters(of, true))
            result.push_back(p.key);
        return result;
    };
    QCOMPARE(keys(graph), keys(network.graph));
    QCOMPARE(countOf(graph, "batch_normalize"), training.norms.size());
    QVERIFY(training.norms.size() > 60);
    for (NodeId id = 0; id < network.graph.size(); ++id) {
        QCOMPARE(graph[training.results[id]].name, network.graph[id].name);
        QVERIFY(graph[training.results[id]].shape.picture() == network.graph[id].shape);
    }
    QVERIFY(graph.logits() == training.results[*network.graph.logits()]);
    const NetworkCost cost = networkCost(graph);
    QCOMPARE(cost.main.macs, networkCost(network.graph).main.macs);
    QCOMPARE(cost.main.params, networkCost(network.graph).main.params);
    const Loss loss = withLoss(graph);
    Wrt wrt{.nodes = {0}};
    for (const Parameter& p : parameters(graph, false))
        if (isTrainable(p.role))
            wrt.parameters.push_back({p.node, p.role});
    const Graph all = gradient(loss.graph, loss.value, wrt);
    for (const LayerParameter& p : wrt.parameters)
        QVERIFY2(all.find(gradientName(graph, p)), gradientName(graph, p).c_str());
    QCOMPARE(countOf(all, "batch_norm_gradient"), training.norms.size());
    QCOMPARE(countOf(all, "unfold"), size_t(0));
    // One picture of one pixel has no variance.
    GraphBuilder builder({3, 1, 1});
    builder.beginModule("m", "m", ModuleKind::Stem);
    (void)builder.input().then("norm", BatchNorm{});
    builder.endModule();
    const Graph single = builder.finish();
    QVERIFY(!trainingGraph(single.withBatch(2)).norms.empty());
    try {
        (void)trainingGraph(single);
        QFAIL("no error");
    } catch (const Error& error) {
        QVERIFY(QString(error.what()).contains("more than one value a channel"));
    }
}

INCEPTOSCOPE_TEST_MAIN(TestGradient)
#include "test_gradient.moc"
