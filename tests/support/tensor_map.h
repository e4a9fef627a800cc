#pragma once

#include "weights/tensor_source.h"

namespace inceptoscope {

/// Tensors by key, held in memory: weights of a test's graph.
class TensorMap : public TensorSource
{
public:
    void add(const std::string& key, const std::vector<uint64_t>& shape, std::vector<float> values);
    /// The tensor of this key by the synthetic rule.
    void addSynthetic(const std::string& key, const std::vector<uint64_t>& shape);

    [[nodiscard]] const std::vector<TensorInfo>& tensors() const override { return m_tensors; }
    void read(size_t index, std::span<float> out) const override;
    [[nodiscard]] const std::map<std::string, std::string>& metadata() const override
    {
        return m_metadata;
    }
    [[nodiscard]] std::string describe() const override { return "the test's tensors"; }

private:
    std::vector<TensorInfo> m_tensors;
    std::vector<std::vector<float>> m_values;
    std::map<std::string, std::string> m_metadata;
};

} // namespace inceptoscope
