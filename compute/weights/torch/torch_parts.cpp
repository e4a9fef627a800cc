#include "weights/torch/torch_parts.h"

#include "ascii.h"
#include "error.h"
#include "shown_text.h"
#include "weights/torch/torch_part_finder.h"

#include <algorithm>
#include <tuple>

namespace inceptoscope {

namespace {

/// What trainers call the network, the usual names first.
constexpr std::string_view usualNames[] = {
    "state_dict", "model_state_dict", "model_state", "model",  "module",  "net_state_dict",
    "net",        "network",          "weights",     "params", "student", "generator",
    "backbone",   "encoder"};

std::string_view lastOf(std::string_view name)
{
    return name.substr(name.rfind('.') + 1);
}

class Chooser
{
public:
    Chooser(TorchFindings findings, const std::string& path, const TorchRequest& request)
        : m_findings(std::move(findings))
        , m_path(path)
        , m_request(request)
    {
    }

    TorchChoice choose()
    {
        std::vector<TorchPart>& parts = m_findings.parts;
        const bool network =
            std::ranges::any_of(parts, [](const TorchPart& p) { return p.matrices > 0; });
        if (network)
            std::erase_if(parts, [](const TorchPart& p) { return p.matrices == 0; });
        if (parts.empty())
            refuse();
        TorchChoice choice;
        size_t taken = requested(choice.asRequested);
        if (!choice.asRequested)
            taken = usual();
        describe(choice, taken);
        choice.part = std::move(parts[taken]);
        return choice;
    }

private:
    [[noreturn]] void refuse() const
    {
        throw Error(ErrorKind::BadInput, "weights: " + m_path + ": " + whyNone());
    }
    [[nodiscard]] std::string whyNone() const
    {
        if (m_findings.quantised > 0)
            return "its tensors are quantised; save the state_dict() of the network in float32";
        if (m_findings.arrays > 0)
            return "it holds arrays of NumPy in place of tensors; save them as tensors "
                   "(torch.from_numpy) under the same names";
        if (m_findings.nestedSaves > 0)
            return "its tensors were written by Python's pickle; save the network's state_dict() "
                   "with torch.save";
        if (m_findings.optimizer)
            return "it holds the state of an optimiser and no network's; give the file with the "
                   "network's state_dict()";
        return "it holds no dictionary of tensors; save the network's state_dict()";
    }

    /// Sets `found`; 0 where nothing is called so.
    [[nodiscard]] size_t requested(bool& found) const
    {
        const std::vector<TorchPart>& parts = m_findings.parts;
        const std::string& name = m_request.part;
        found = false;
        if (name.empty())
            return 0;
        const auto first = [&](const auto& fits) {
            const auto it = std::ranges::find_if(parts, fits);
            found = it != parts.end();
            return found ? size_t(it - parts.begin()) : 0;
        };
        size_t index = first([&](const TorchPart& p) { return p.name == name; });
        if (!found)
            index = first([&](const TorchPart& p) { return lastOf(p.name) == name; });
        if (!found && ascii::lower(name) == "ema")
            index = first([&](const TorchPart& p) { return namesAverage(p.name); });
        return index;
    }

    [[nodiscard]] size_t hits(const TorchPart& part) const
    {
        return size_t(std::ranges::count_if(part.tensors, [this](const auto& tensor) {
            return endsInOneOf(tensor.first, m_request.keys);
        }));
    }

    [[nodiscard]] size_t usual() const
    {
        const std::vector<TorchPart>& parts = m_findings.parts;
        std::vector<size_t> fitting(parts.size(), 0);
        if (parts.size() > 1 && !m_request.keys.empty())
            std::ranges::transform(parts, fitting.begin(), [this](auto& p) { return hits(p); });
        const size_t most = *std::ranges::max_element(fitting);
        const auto order = [&](size_t i) {
            const TorchPart& part = parts[i];
            const auto* name = std::ranges::find(usualNames, ascii::lower(lastOf(part.name)));
            const auto rank = size_t(name - std::begin(usualNames));
            // A tenth may be lacking: a classifier of another number of classes, for one.
            return std::tuple(
                fitting[i] * 10 < most * 9, namesAverage(part.name), rank, ~part.tensors.size(), i);
        };
        size_t best = 0;
        for (size_t i = 1; i < parts.size(); ++i)
            if (order(i) < order(best))
                best = i;
        return best;
    }

    static std::string counted(const TorchPart& part)
    {
        return (part.name.empty() ? "its own tensors" : "\"" + shown(part.name) + "\"") + " (" +
               std::to_string(part.tensors.size()) +
               (part.tensors.size() == 1 ? " tensor)" : " tensors)");
    }

    void describe(TorchChoice& choice, size_t taken) const
    {
        constexpr size_t most = 5;
        const std::vector<TorchPart>& parts = m_findings.parts;
        const TorchPart& part = parts[taken];
        if (m_findings.quantised > 0)
            choice.notes.push_back(
                std::to_string(m_findings.quantised) + " quantised tensors are left out");
        if (parts.size() == 1) {
            if (!part.name.empty())
                choice.notes.push_back("the tensors of its \"" + shown(part.name) + "\" are read");
            return;
        }
        std::string others;
        for (size_t i = 0, told = 0; i < parts.size() && told <= most; ++i) {
            if (i == taken)
                continue;
            others += told == 0 ? "" : ", ";
            others += ++told > most ? "..." : counted(parts[i]);
        }
        const size_t other = taken == 0 ? 1 : 0;
        std::string sentence =
            "of several networks in it " + counted(part) + " is read; there is also " + others;
        if (!parts[other].name.empty() && !choice.asRequested)
            sentence += ", which --weights FILE#" + shown(parts[other].name) + " takes";
        choice.choices.push_back(sentence);
    }

    TorchFindings m_findings;
    const std::string& m_path;
    const TorchRequest& m_request;
};

} // namespace

TorchChoice
chooseTorchPart(const Pickle& pickle, const std::string& path, const TorchRequest& request)
{
    return Chooser(findTorchParts(pickle, path), path, request).choose();
}

bool namesAverage(std::string_view name)
{
    if (name.find("EMA") != std::string_view::npos || name.find("Ema") != std::string_view::npos)
        return true;
    const std::string low = ascii::lower(name);
    for (size_t begin = 0; begin < low.size();) {
        const size_t end = std::min(low.find_first_of("._-/ ", begin), low.size());
        const std::string_view word = std::string_view(low).substr(begin, end - begin);
        if (word == "ema" || word == "swa" || word == "shadow" || word.starts_with("averag"))
            return true;
        begin = end + 1;
    }
    return false;
}

bool endsInOneOf(std::string_view key, const std::set<std::string>& keys)
{
    constexpr int most = 16; // names in a name
    for (int i = 0; i < most; ++i) {
        if (keys.contains(std::string(key)))
            return true;
        const size_t dot = key.find('.');
        if (dot == std::string_view::npos)
            return false;
        key.remove_prefix(dot + 1);
    }
    return false;
}

} // namespace inceptoscope
