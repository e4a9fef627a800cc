#include "weights/value_check.h"

#include <algorithm>
#include <bit>

namespace inceptoscope {

namespace {

constexpr uint32_t magnitude = 0x7fffffff;
constexpr uint32_t infinity = 0x7f800000;

void append(std::string& list, uint64_t count, const std::string& one, const std::string& many)
{
    if (count > 0)
        list += (list.empty() ? "" : " and ") + std::to_string(count) + (count == 1 ? one : many);
}

} // namespace

BadValues
countBadValues(std::string_view key, std::span<const float> values, const double* leastVariance)
{
    BadValues bad{.key = std::string(key), .of = values.size()};
    for (const float value : values) {
        const uint32_t bits = std::bit_cast<uint32_t>(value) & magnitude;
        bad.nan += bits > infinity ? 1 : 0;
        bad.infinite += bits == infinity ? 1 : 0;
    }
    if (leastVariance != nullptr)
        bad.negative = uint64_t(std::ranges::count_if(
            values, [&](float value) { return double(value) <= *leastVariance; }));
    return bad;
}

bool isVariance(std::string_view key)
{
    return key.ends_with("running_var") || key.ends_with("moving_variance");
}

std::vector<BadValues> findBadValues(const TensorSource& source)
{
    std::vector<BadValues> all;
    const double below = -1e-30; // zero is odd, but an epsilon is added to it
    for (size_t i = 0; i < source.tensors().size(); ++i) {
        const TensorInfo& info = source.tensors()[i];
        std::vector<float> values(info.elements());
        source.read(i, values);
        BadValues bad = countBadValues(info.key, values, isVariance(info.key) ? &below : nullptr);
        if (bad.any())
            all.push_back(std::move(bad));
    }
    return all;
}

std::string describe(const BadValues& bad)
{
    std::string list;
    append(list, bad.nan, " value that is NaN", " values that are NaN");
    const std::string values = list.empty() ? " value" : "";
    append(
        list, bad.infinite, values + " that is infinite",
        values + (list.empty() ? "s" : "") + " that are infinite");
    append(list, bad.negative, " negative variance", " negative variances");
    return bad.key + " has " + list + " (of " + std::to_string(bad.of) + ")";
}

} // namespace inceptoscope
