#include "graph/training_graph.h"

#include "graph/builder.h"

#include <optional>
#include <utility>

namespace inceptoscope {

namespace {

/// What a layer's normalisation, if it has one, leaves to others.
struct Split
{
    Op layer;
    BatchNormalize normalize;
};

std::optional<Split> split(const Op& op)
{
    if (const auto* norm = std::get_if<BatchNorm>(&op)) {
        BatchNorm layer = *norm;
        layer.training = true;
        return Split{layer, {.eps = norm->eps}};
    }
    const auto* conv = std::get_if<Conv2d>(&op);
    if (conv == nullptr || !conv->batchNorm)
        return std::nullopt;
    Conv2d layer = *conv;
    layer.batchNorm->training = true;
    layer.activation = Activation::None;
    layer.scale = 1.0F;
    return Split{
        layer, {.eps = conv->batchNorm->eps, .scale = conv->scale, .activation = conv->activation}};
}

class Trainer
{
public:
    Trainer(const Graph& graph, float momentum)
        : m_graph(graph)
        , m_momentum(momentum)
        , m_builder(graph[graph.input()].shape)
    {
        m_result.results.assign(graph.size(), 0);
        m_result.layers.assign(graph.size(), 0);
    }

    TrainingGraph make()
    {
        for (const Module& module : m_graph.modules()) {
            if (module.nodes.front() == m_graph.input())
                continue;
            m_builder.beginModule(
                {.name = module.name,
                 .title = module.title,
                 .kind = module.kind,
                 .group = module.group,
                 .drawn = module.drawn,
                 .article = module.article,
                 .alias = module.alias,
                 .path = module.path});
            for (const NodeId id : module.nodes)
                add(id);
            m_builder.endModule();
        }
        const auto at = [&](const std::optional<NodeId>& id) {
            return id ? std::optional(m_result.results[*id]) : std::nullopt;
        };
        m_result.graph = m_builder.finish(at(m_graph.logits()), at(m_graph.probabilities()));
        return std::move(m_result);
    }

private:
    void add(NodeId id)
    {
        const Node& node = m_graph[id];
        std::vector<NodeId> inputs;
        for (const NodeId in : node.inputs)
            inputs.push_back(m_result.results[in]);
        const auto parts = split(node.op);
        NodeId& result = m_result.results[id];
        NodeId& layer = m_result.layers[id];
        if (!parts) {
            result = layer = m_builder.append(node.name, node.path, node.op, std::move(inputs));
            return;
        }
        const auto append = [&](const char* what, Op op, std::vector<NodeId> in) {
            return m_builder.append(node.name + what, node.path, op, std::move(in));
        };
        TrainedNorm norm;
        norm.layer = layer = append(" unnormalised", parts->layer, std::move(inputs));
        norm.statistics = append(" statistics", GradientOp(BatchStatistics{}), {layer});
        norm.running =
            append(" running", GradientOp(Given{m_builder.node(norm.statistics).shape}), {});
        const Shape& shape = node.shape;
        norm.after = append(
            " running after", GradientOp(RunningStatistics{m_momentum, shape.n * shape.pixels()}),
            {norm.statistics, norm.running});
        BatchNormalize normalize = parts->normalize;
        normalize.layer = layer;
        result = append("", GradientOp(normalize), {layer, norm.statistics});
        m_result.norms.push_back(norm);
    }

    const Graph& m_graph;
    const float m_momentum;
    GraphBuilder m_builder;
    TrainingGraph m_result;
};

} // namespace

TrainingGraph trainingGraph(const Graph& graph, float momentum)
{
    return Trainer(graph, momentum).make();
}

} // namespace inceptoscope
