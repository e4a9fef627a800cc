#include "shown_text.h"
#include "weights/match/checkpoint_tensors.h"

#include <algorithm>
#include <map>
#include <optional>

namespace inceptoscope {

namespace {

using Rule = CheckpointTensor::Rule;
using Shape = std::vector<uint64_t>;

/// A magnitude for each place in some dimensions, or one for all.
bool areMagnitudesOf(const Shape& magnitude, const Shape& direction)
{
    if (magnitude.size() > direction.size())
        return std::ranges::all_of(magnitude, [](uint64_t d) { return d == 1; });
    for (size_t d = 0; d < magnitude.size(); ++d)
        if (magnitude[d] != 1 && magnitude[d] != direction[d])
            return false;
    return true;
}

/// A singular vector of each side of the weight as a matrix of [out, all others].
bool areVectorsOf(const TensorInfo& left, const TensorInfo& right, const TensorInfo& weight)
{
    uint64_t elements = 0;
    return !weight.shape.empty() && left.elements() == weight.shape[0] &&
           !__builtin_mul_overflow(left.elements(), right.elements(), &elements) &&
           elements == weight.elements();
}

class Joiner
{
public:
    Joiner(CheckpointTensors& tensors, const TensorSource& source)
        : m_tensors(tensors)
        , m_source(source.tensors())
    {
        for (size_t i = 0; i < m_source.size(); ++i)
            m_index.emplace(m_source[i].key, i);
    }

    void run()
    {
        for (size_t i = 0; i < m_source.size(); ++i)
            joinAt(i);
        std::erase_if(m_tensors.all, [](const CheckpointTensor& t) { return t.from.empty(); });
        note(m_masked, "are pruned: their weight_orig is multiplied by their weight_mask");
        note(m_weightNorms, "are put together from a magnitude and a direction (weight_norm)");
        note(m_spectralNorms, "are divided by their largest singular value (spectral_norm)");
        for (const std::string& key : m_unknown)
            m_tensors.notes.push_back(key);
    }

private:
    [[nodiscard]] std::optional<size_t> find(const std::string& key) const
    {
        const auto it = m_index.find(key);
        return it == m_index.end() ? std::nullopt : std::optional(it->second);
    }
    void note(size_t count, const std::string& what)
    {
        if (count > 0)
            m_tensors.notes.push_back(std::to_string(count) + " tensors " + what);
    }
    void unknown(const std::string& key, const std::string& why)
    {
        constexpr size_t most = 10;
        if (m_unknown.size() < most)
            m_unknown.push_back("\"" + shown(key) + "\" " + why);
    }

    void joinAt(size_t index)
    {
        constexpr std::string_view original = "_orig";
        constexpr std::string_view direction = "_v";
        constexpr std::string_view folder = ".parametrizations.";
        const std::string& key = m_source[index].key;
        if (key.find(folder) != std::string::npos)
            return joinParametrised(index, key.find(folder), folder.size());
        if (key.ends_with(original)) {
            const std::string base = key.substr(0, key.size() - original.size());
            if (const auto mask = find(base + "_mask"))
                join(base, Rule::Masked, {index, *mask});
            else if (const auto u = find(base + "_u"), v = find(base + "_v"); u && v)
                join(base, Rule::SpectralNorm, {index, *u, *v});
            else
                unknown(
                    base, "is pruned, and its mask isn't there as floating-point numbers "
                          "(torch.nn.utils.prune.remove makes it whole)");
        } else if (key.ends_with(direction)) {
            const std::string base = key.substr(0, key.size() - direction.size());
            if (const auto magnitude = find(base + "_g"))
                join(base, Rule::WeightNorm, {*magnitude, index});
        }
    }

    /// MODULE.parametrizations.NAME.original, or .original0 and .original1.
    void joinParametrised(size_t index, size_t at, size_t folder)
    {
        const std::string& key = m_source[index].key;
        const size_t end = key.find('.', at + folder);
        if (end == std::string::npos)
            return;
        const std::string rest = key.substr(end);
        const std::string group = key.substr(0, end);
        const std::string base =
            key.substr(0, at) + "." + key.substr(at + folder, end - at - folder);
        if (rest == ".original0") {
            if (const auto v = find(group + ".original1"))
                join(base, Rule::WeightNorm, {index, *v});
        } else if (rest == ".original") {
            if (const auto u = find(group + ".0._u"), v = find(group + ".0._v"); u && v)
                join(base, Rule::SpectralNorm, {index, *u, *v});
            else
                unknown(
                    base, "is parametrised in a way that isn't known "
                          "(torch.nn.utils.parametrize.remove_parametrizations makes it whole)");
        }
    }

    void join(const std::string& base, Rule rule, std::vector<size_t> from)
    {
        const TensorInfo& first = m_source[from[0]];
        const TensorInfo& second = m_source[from[1]];
        const TensorInfo& whole = rule == Rule::WeightNorm ? second : first;
        const bool fits = rule == Rule::Masked ? first.shape == second.shape
                          : rule == Rule::WeightNorm
                              ? areMagnitudesOf(first.shape, second.shape)
                              : areVectorsOf(second, m_source[from[2]], first);
        if (find(base))
            return; // it is there as it is
        if (!fits)
            return unknown(base, "has parts whose shapes don't belong together");
        TensorInfo info = whole;
        info.key = base;
        // The first of them makes room for the whole.
        const size_t place = *std::ranges::min_element(from);
        for (const size_t part : from)
            m_tensors.all[part].from.clear();
        m_tensors.all[place] = {.info = std::move(info), .rule = rule, .from = std::move(from)};
        ++(rule == Rule::Masked       ? m_masked
           : rule == Rule::WeightNorm ? m_weightNorms
                                      : m_spectralNorms);
    }

    CheckpointTensors& m_tensors; ///< begin as the source's, one for one
    const std::vector<TensorInfo>& m_source;
    std::map<std::string_view, size_t> m_index;
    std::vector<std::string> m_unknown;
    size_t m_masked = 0;
    size_t m_weightNorms = 0;
    size_t m_spectralNorms = 0;
};

} // namespace

void putTogether(CheckpointTensors& tensors, const TensorSource& source)
{
    Joiner(tensors, source).run();
}

} // namespace inceptoscope
