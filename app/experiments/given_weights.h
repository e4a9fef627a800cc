#pragma once

#include "graph/graph.h"
#include "weights/tensor_source.h"

#include <functional>

/// Private to experiments/.
namespace inceptoscope {

/// Weights that an experiment makes itself, under the keys that a graph asks for.
class GivenWeights : public TensorSource
{
public:
    /// Values of a parameter by its key, as many as its shape has.
    using Rule = std::function<std::vector<float>(
        const std::string& key, const std::vector<uint64_t>& shape)>;

    /// Those of auxiliary heads only where they are asked for.
    GivenWeights(const Graph& graph, const Rule& rule, bool auxiliary = false);

    [[nodiscard]] const std::vector<TensorInfo>& tensors() const override { return m_tensors; }
    void read(size_t index, std::span<float> out) const override;
    [[nodiscard]] const std::map<std::string, std::string>& metadata() const override
    {
        return m_metadata;
    }
    [[nodiscard]] std::string describe() const override { return "the experiment"; }

private:
    std::vector<TensorInfo> m_tensors;
    std::vector<std::vector<float>> m_values;
    std::map<std::string, std::string> m_metadata;
};

} // namespace inceptoscope
