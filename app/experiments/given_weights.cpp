#include "experiments/given_weights.h"

#include "weights/layer_weights.h"

#include <algorithm>

namespace inceptoscope {

GivenWeights::GivenWeights(const Graph& graph, const Rule& rule, bool auxiliary)
{
    for (const Parameter& parameter : parameters(graph, auxiliary)) {
        m_tensors.push_back({.key = parameter.key, .dtype = DType::F32, .shape = parameter.shape});
        m_values.push_back(rule(parameter.key, parameter.shape));
    }
}

void GivenWeights::read(size_t index, std::span<float> out) const
{
    std::ranges::copy(m_values.at(index), out.begin());
}

} // namespace inceptoscope
