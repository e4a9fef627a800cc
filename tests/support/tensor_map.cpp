#include "support/tensor_map.h"

#include "weights/synthetic.h"

#include <algorithm>

namespace inceptoscope {

void TensorMap::add(
    const std::string& key, const std::vector<uint64_t>& shape, std::vector<float> values)
{
    m_tensors.push_back({.key = key, .dtype = DType::F32, .shape = shape});
    m_values.push_back(std::move(values));
}

void TensorMap::addSynthetic(const std::string& key, const std::vector<uint64_t>& shape)
{
    add(key, shape, syntheticTensor(key, shape, ""));
}

void TensorMap::read(size_t index, std::span<float> out) const
{
    std::copy(m_values.at(index).begin(), m_values.at(index).end(), out.begin());
}

} // namespace inceptoscope
