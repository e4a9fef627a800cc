#include "support/random_graphs.h"

#include "gradient/loss.h"
#include "graph/builder.h"
#include "graph/training_graph.h"
#include "weights/layer_weights.h"
#include "weights/synthetic.h"

#include <optional>
#include <random>
#include <utility>

namespace inceptoscope {

namespace {

class Generator
{
public:
    Generator(uint32_t seed, bool relu, uint32_t batch, bool training)
        : m_random(seed)
        , m_relu(relu)
        , m_builder(Shape{upTo(1, 7), upTo(7, 11), upTo(7, 11), batch})
        , m_seed(seed)
        , m_batch(batch)
        , m_training(training)
    {
    }

    RandomGraph make()
    {
        RandomGraph result;
        m_builder.beginModule("m", "m", ModuleKind::Inception);
        m_tensors.push_back(m_builder.input());
        for (int i = 0; i < 9; ++i)
            grow(i);
        const Tensor logits = classifier();
        const Tensor last = ending(logits);
        m_builder.endModule();
        Graph graph = m_builder.finish(logits, last);
        NodeId logitsNode = logits.id();
        NodeId lastNode = last.id();
        if (m_training) {
            TrainingGraph training = trainingGraph(graph);
            for (const TrainedNorm& norm : training.norms)
                result.given[norm.running] =
                    syntheticUniform("running", training.graph[norm.running].shape.elements(), "");
            logitsNode = training.results[logitsNode];
            lastNode = training.results[lastNode];
            graph = std::move(training.graph);
        }
        if (m_seed % 3 == 0) {
            const Loss loss = withLoss(graph, {logitsNode}, 0.3F);
            result.graph = loss.graph;
            result.of = loss.value;
            std::vector<float>& target = result.given[loss.target];
            for (uint32_t i = 0; i < m_batch; ++i) {
                const auto one = lossTarget(logitsCount, (m_seed + i) % logitsCount, 0.1);
                target.insert(target.end(), one.begin(), one.end());
            }
        } else {
            result.of = lastNode;
            result.graph = std::move(graph);
        }
        fill(result);
        return result;
    }

private:
    static constexpr uint32_t logitsCount = 6;

    uint32_t upTo(uint32_t least, uint32_t most)
    {
        return least + uint32_t(m_random() % (most - least + 1));
    }
    bool coin() { return m_random() % 2 == 0; }
    Activation activation()
    {
        return m_relu && m_random() % 3 != 0 ? Activation::Relu : Activation::None;
    }
    /// Names differ and say what they are.
    std::string name(const char* what) { return what + std::to_string(m_count++); }

    const Tensor& any() { return m_tensors[m_random() % m_tensors.size()]; }

    void convolution()
    {
        const Tensor x = any();
        Conv2d op{
            .outChannels = upTo(1, 9),
            .kernel = {upTo(1, std::min(4U, x.shape().h)), upTo(1, std::min(4U, x.shape().w))},
            .stride = {upTo(1, 2), upTo(1, 3)},
            .padding = {upTo(0, 3), upTo(0, 2), upTo(0, 2), upTo(0, 3)},
            .bias = coin(),
            .activation = activation(),
            .scale = coin() ? 1.0F : 0.3F};
        if (coin())
            op.batchNorm = BatchNorm{.eps = coin() ? 1e-3F : 1e-5F, .gamma = m_random() % 4 != 0};
        if (x.shape().c > 1 && m_random() % 4 == 0) {
            op.groups = x.shape().c;
            op.outChannels = x.shape().c * upTo(1, 2);
        }
        m_tensors.push_back(x.then(name("conv"), op));
    }
    /// Keeps the size, so that sums and concatenations find something.
    void sameConvolution()
    {
        const Tensor x = any();
        const std::string layer = name("same");
        Conv2d op{
            .outChannels = coin() ? x.shape().c : upTo(1, 8),
            .kernel = {3, 3},
            .stride = {1, 1},
            .padding = Padding::symmetric(1, 1),
            .activation = activation()};
        m_tensors.push_back(x.then(layer, op));
    }
    void pooling()
    {
        const Tensor x = any();
        if (x.shape().h < 3 || x.shape().w < 3)
            return;
        const Extent kernel{upTo(2, 3), upTo(2, 3)};
        const Pool2d op{
            .kind = coin() ? PoolKind::Max : PoolKind::Average,
            .kernel = kernel,
            .stride = {upTo(1, 3), upTo(1, 2)},
            .padding = {upTo(0, kernel.w - 1), upTo(0, kernel.w - 1), upTo(0, kernel.h - 1), 0},
            .ceilMode = coin(),
            .countIncludePad = coin()};
        m_tensors.push_back(x.then(name("pool"), op));
    }
    void pair()
    {
        const Tensor a = any();
        const Tensor b = any();
        if (a.shape() == b.shape() && coin())
            m_tensors.push_back(add(
                a, b, {.scale = coin() ? 1.0F : 0.17F, .activation = activation()}, name("sum")));
        else if (a.shape().h == b.shape().h && a.shape().w == b.shape().w)
            m_tensors.push_back(concat({a, b, a}, name("concat")));
        else
            sameConvolution();
    }
    void grow(int step)
    {
        switch (step < 2 ? 1U : m_random() % 7) {
        case 0:
            return convolution();
        case 1:
            return sameConvolution();
        case 2:
            return pooling();
        case 3:
            m_tensors.push_back(
                any().lrn(name("lrn"), {.size = coin() ? 5U : 3U, .alpha = 0.5F, .k = 1.5F}));
            return;
        case 4:
            m_tensors.push_back(any().then(name("norm"), BatchNorm{.gamma = coin()}));
            return;
        default:
            return pair();
        }
    }
    /// Everything that nobody reads yet, averaged, side by side.
    Tensor classifier()
    {
        std::vector<Tensor> ends;
        for (const Tensor& x : m_tensors) {
            const bool one = coin();
            const Extent out{one ? 1U : 2U, one ? 1U : 2U};
            const Tensor mean = x.then(name("mean"), AdaptiveAvgPool2d{.out = out});
            ends.push_back(
                mean.then(name("part"), FullyConnected{.outFeatures = upTo(1, 5), .bias = coin()}));
        }
        return concat(ends, "features").then("logits", FullyConnected{.outFeatures = logitsCount});
    }
    Tensor ending(const Tensor& logits)
    {
        if (m_seed % 3 == 1)
            return logits.then("embedding", L2Normalize{});
        return logits.softmax("probabilities");
    }

    void fill(RandomGraph& result)
    {
        const Graph& graph = result.graph;
        const std::string salt = "random" + std::to_string(m_seed);
        const std::vector<bool> reached = influences(graph, result.of);
        for (const Parameter& p : parameters(graph, true)) {
            result.weights.add(p.key, p.shape, syntheticTensor(p.key, p.shape, salt));
            if (isTrainable(p.role) && reached[p.node])
                result.wrt.parameters.push_back({p.node, p.role});
        }
        for (NodeId id = 0; id < graph.size(); ++id)
            if (reached[id] && (id == 0 || m_random() % 3 == 0) &&
                !std::holds_alternative<GradientOp>(graph[id].op))
                result.wrt.nodes.push_back(id);
        result.input = syntheticUniform("input", graph[0].shape.elements(), salt);
        const uint64_t outputs = graph[result.of].shape.elements();
        result.seedValues =
            outputs == 1 ? std::vector<float>{1.0F} : syntheticUniform("seed", outputs, salt);
    }

    std::mt19937 m_random;
    bool m_relu;
    GraphBuilder m_builder;
    uint32_t m_seed;
    uint32_t m_batch;
    bool m_training;
    int m_count = 0;
    std::vector<Tensor> m_tensors;
};

} // namespace

RandomGraph randomGraph(uint32_t seed, bool relu, uint32_t batch, bool training)
{
    return Generator(seed, relu, batch, training).make();
}

} // namespace inceptoscope
