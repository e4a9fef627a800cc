#include "weights/match/checkpoint_tensors.h"

#include "error.h"
#include "shown_text.h"
#include "weights/torch/torch_parts.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace inceptoscope {

namespace {

/// Modules around modules, which no network here has by these names.
constexpr std::string_view wrappers[] = {
    "_orig_mod", "module", "_fsdp_wrapped_module", "_checkpoint_wrapped_module", "_forward_module"};

std::string withoutWrappers(std::string_view key)
{
    std::string result;
    while (!key.empty()) {
        const size_t end = std::min(key.find('.'), key.size());
        const std::string_view name = key.substr(0, end);
        const bool last = end == key.size();
        // The last name is the tensor's own.
        if (last || std::ranges::find(wrappers, name) == std::end(wrappers))
            result += (result.empty() ? "" : ".") + std::string(name);
        key.remove_prefix(last ? end : end + 1);
    }
    return result;
}

/// Gives each tensor the key in its place, unless two would be called the same then; an empty
/// one stays as it is.
size_t rename(CheckpointTensors& tensors, const std::vector<std::string>& keys)
{
    std::map<std::string_view, size_t> count;
    for (size_t i = 0; i < keys.size(); ++i)
        ++count[keys[i].empty() ? std::string_view(tensors.all[i].info.key) : keys[i]];
    size_t renamed = 0;
    std::vector<size_t> changed;
    for (size_t i = 0; i < keys.size(); ++i)
        if (!keys[i].empty() && keys[i] != tensors.all[i].info.key && count[keys[i]] == 1)
            changed.push_back(i);
    for (const size_t i : changed) {
        tensors.all[i].info.key = keys[i];
        ++renamed;
    }
    return renamed;
}

/// How many of the network's names stand behind each prefix, the empty one included.
std::map<std::string, size_t>
prefixes(const CheckpointTensors& tensors, const std::set<std::string>& needed)
{
    constexpr int most = 16; // names in a prefix
    std::map<std::string, size_t> votes;
    for (const CheckpointTensor& tensor : tensors.all) {
        const std::string& key = tensor.info.key;
        size_t begin = 0;
        for (int i = 0; i < most; ++i) {
            if (needed.contains(key.substr(begin)))
                ++votes[key.substr(0, begin)];
            const size_t dot = key.find('.', begin);
            if (dot == std::string::npos)
                break;
            begin = dot + 1;
        }
    }
    return votes;
}

} // namespace

void dropWrappers(CheckpointTensors& tensors)
{
    std::vector<std::string> keys;
    keys.reserve(tensors.all.size());
    for (const CheckpointTensor& tensor : tensors.all)
        keys.push_back(withoutWrappers(tensor.info.key));
    if (const size_t count = rename(tensors, keys); count > 0)
        tensors.notes.push_back(
            "names of modules around the network (module., _orig_mod.) are left out in " +
            std::to_string(count) + " keys");
}

void takePart(CheckpointTensors& tensors, const std::string& part)
{
    constexpr size_t most = 10;
    const std::string prefix = part + ".";
    std::vector<CheckpointTensor> taken;
    std::set<std::string> others;
    for (CheckpointTensor& tensor : tensors.all) {
        std::string& key = tensor.info.key;
        if (key.starts_with(prefix)) {
            taken.push_back(tensor);
            taken.back().info.key.erase(0, prefix.size());
        } else if (const size_t dot = key.find('.');
                   dot != std::string::npos && others.size() < most) {
            others.insert(shown(key.substr(0, dot), 40));
        }
    }
    if (taken.empty()) {
        std::string known;
        for (const std::string& name : others)
            known += (known.empty() ? "" : ", ") + name;
        std::string sentence = "weights: " + tensors.path + " has no part \"" + shown(part) +
                               "\"; --weights FILE alone reads it";
        if (!known.empty())
            sentence += ", its tensors' names begin with " + known;
        throw Error(ErrorKind::BadInput, sentence);
    }
    tensors.all = std::move(taken);
    tensors.choices = {"of it the tensors of \"" + shown(part) + "\" are read"};
}

void dropPrefix(CheckpointTensors& tensors, const std::vector<Parameter>& needed)
{
    std::set<std::string> names;
    for (const Parameter& p : needed)
        names.insert(p.key);
    const std::map<std::string, size_t> votes = prefixes(tensors, names);
    const auto order = [](const auto& vote) {
        return std::tuple(~vote.second, namesAverage(vote.first), vote.first.size());
    };
    const auto best = std::ranges::min_element(
        votes, [&](const auto& a, const auto& b) { return order(a) < order(b); });
    // Names such as "fc.weight" are common; a prefix is that of a network.
    if (best == votes.end() || best->second * 2 < names.size())
        return;
    const std::string& prefix = best->first;
    for (const auto& [other, count] : votes)
        if (other != prefix && !other.empty() && count * 10 >= best->second * 9)
            tensors.choices.push_back(
                (prefix.empty() ? std::string("its own tensors are")
                                : "of it the tensors of \"" +
                                      shown(prefix.substr(0, prefix.size() - 1)) + "\" are") +
                " read; those of \"" + shown(other.substr(0, other.size() - 1)) +
                "\" would fit, too, which --weights FILE#" +
                shown(other.substr(0, other.size() - 1)) + " takes");
    if (prefix.empty())
        return;
    // What has the plain name beside the prefixed one is another thing.
    std::vector<std::string> keys(tensors.all.size());
    for (size_t i = 0; i < keys.size(); ++i)
        if (const std::string& key = tensors.all[i].info.key; key.starts_with(prefix))
            keys[i] = key.substr(prefix.size());
    const std::set<std::string> taken(keys.begin(), keys.end());
    std::vector<CheckpointTensor> kept;
    std::vector<std::string> keptKeys;
    for (size_t i = 0; i < keys.size(); ++i)
        if (!keys[i].empty() || !taken.contains(tensors.all[i].info.key)) {
            kept.push_back(std::move(tensors.all[i]));
            keptKeys.push_back(keys[i]);
        }
    tensors.all = std::move(kept);
    const size_t count = rename(tensors, keptKeys);
    tensors.notes.push_back(
        "the prefix \"" + shown(prefix) + "\" is left out in " + std::to_string(count) + " keys");
}

void dropOnes(CheckpointTensors& tensors, const std::vector<Parameter>& needed)
{
    const auto dense = [](std::vector<uint64_t> shape) {
        std::erase(shape, 1U);
        return shape;
    };
    std::map<std::string_view, const std::vector<uint64_t>*> shapes;
    for (const Parameter& p : needed)
        shapes.emplace(p.key, &p.shape);
    size_t count = 0;
    for (CheckpointTensor& tensor : tensors.all) {
        const auto it = shapes.find(tensor.info.key);
        if (it == shapes.end() || tensor.info.shape == *it->second)
            continue;
        std::vector<uint64_t>& shape = tensor.info.shape;
        if (dense(shape) == dense(*it->second)) {
            shape = *it->second;
            ++count;
            continue;
        }
        // Another number of classes: what is too long by ones at its end is cut.
        std::vector<uint64_t> cut = shape;
        while (cut.size() > it->second->size() && cut.back() == 1)
            cut.pop_back();
        if (cut.size() == it->second->size() &&
            std::equal(cut.begin() + 1, cut.end(), it->second->begin() + 1)) {
            shape = cut;
            ++count;
        }
    }
    if (count > 0)
        tensors.notes.push_back(
            std::to_string(count) + " tensors have dimensions of one more or less than the "
                                    "network's; their values are the same");
}

} // namespace inceptoscope
