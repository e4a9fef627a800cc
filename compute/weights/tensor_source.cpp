#include "weights/tensor_source.h"

#include <algorithm>

namespace inceptoscope {

std::string_view dtypeName(DType dtype)
{
    switch (dtype) {
    case DType::F32:
        return "F32";
    case DType::F16:
        return "F16";
    case DType::BF16:
        return "BF16";
    case DType::F64:
        return "F64";
    }
    return "";
}

uint64_t TensorInfo::elements() const
{
    uint64_t n = 1;
    for (const uint64_t d : shape)
        n *= d;
    return n;
}

std::string toString(const std::vector<uint64_t>& shape)
{
    if (shape.empty())
        return "scalar";
    std::string text;
    for (const uint64_t d : shape)
        text += (text.empty() ? "" : "x") + std::to_string(d);
    return text;
}

std::optional<size_t> TensorSource::find(std::string_view key) const
{
    const std::vector<TensorInfo>& all = tensors();
    const auto it =
        std::find_if(all.begin(), all.end(), [&](const TensorInfo& t) { return t.key == key; });
    if (it == all.end())
        return std::nullopt;
    return size_t(it - all.begin());
}

} // namespace inceptoscope
