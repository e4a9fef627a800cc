#include "weights/class_count.h"

#include "weights/layer_weights.h"

#include <algorithm>

namespace inceptoscope {

std::optional<uint32_t> classCount(const Graph& graph, const TensorSource& source)
{
    constexpr uint64_t most = 1'000'000;
    if (!graph.logits())
        return std::nullopt;
    const std::vector<Parameter> needed = foldedParameters(graph, *graph.logits());
    if (needed.empty())
        return std::nullopt;
    const Parameter& weight = needed.front();
    const auto index = source.find(weight.key);
    if (!index)
        return std::nullopt;
    const std::vector<uint64_t>& shape = source.tensors()[*index].shape;
    const bool alike =
        shape.size() == weight.shape.size() &&
        std::ranges::equal(
            shape.begin() + 1, shape.end(), weight.shape.begin() + 1, weight.shape.end());
    if (!alike || shape[0] == 0 || shape[0] > most)
        return std::nullopt;
    return uint32_t(shape[0]);
}

} // namespace inceptoscope
