#include "weights/onnx/onnx_fit.h"

#include <cmath>

namespace inceptoscope {

double scaleOf(const Graph& graph, NodeId id)
{
    const auto* conv = std::get_if<Conv2d>(&graph[id].op);
    double scale = conv != nullptr ? double(conv->scale) : 1.0;
    const std::vector<NodeId>& readers = graph.consumers(id);
    if (readers.size() == 1)
        if (const auto* add = std::get_if<Add>(&graph[readers[0]].op))
            if (graph[readers[0]].inputs[1] == id)
                scale *= double(add->scale);
    return scale;
}

std::optional<NodeId> normBehind(const Graph& graph, NodeId id)
{
    const std::vector<NodeId>& readers = graph.consumers(id);
    if (readers.size() != 1 || !std::holds_alternative<BatchNorm>(graph[readers[0]].op))
        return std::nullopt;
    return readers[0];
}

bool hasBias(const Op& layer)
{
    if (const auto* conv = std::get_if<Conv2d>(&layer))
        return conv->bias;
    const auto* linear = std::get_if<FullyConnected>(&layer);
    return linear != nullptr && linear->bias;
}

bool isNormalisedBy(const BatchNorm& op, const OnnxLayer& layer)
{
    const double eps = double(op.eps);
    return op.gamma && layer.steps.size() == 1 &&
           layer.steps[0].kind == OnnxStep::Kind::BatchNorm &&
           std::abs(layer.steps[0].epsilon - eps) <= 1e-6 * eps;
}

std::vector<uint64_t> shapeFor(const std::vector<uint64_t>& needed, const OnnxConstant& constant)
{
    std::vector<uint64_t> bare = needed;
    std::erase(bare, uint64_t(1));
    return constant.squeezed() == bare ? needed : constant.shape;
}

} // namespace inceptoscope
