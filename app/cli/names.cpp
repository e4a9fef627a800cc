#include "cli/names.h"

#include "error.h"

#include <algorithm>

namespace inceptoscope {

namespace {

void addTap(std::vector<Tap>& taps, Tap tap)
{
    const bool there = std::any_of(
        taps.begin(), taps.end(), [&](const Tap& other) { return other.name == tap.name; });
    if (!there)
        taps.push_back(std::move(tap));
}

std::vector<Tap> allTaps(const Graph& graph)
{
    std::vector<Tap> taps = defaultTaps(graph, true);
    for (NodeId node = 0; node < graph.size(); ++node)
        addTap(taps, {graph[node].name, node});
    return taps;
}

} // namespace

std::string suggestion(const std::string& word, const std::vector<std::string>& known)
{
    if (const std::string best = closestName(word, known); !best.empty())
        return "; did you mean \"" + best + "\"?";
    std::string list;
    for (const std::string& candidate : known)
        list += (list.empty() ? "" : ", ") + candidate;
    return "; known are: " + list;
}

ModuleId requireModule(const Graph& graph, const std::string& name, const std::string& option)
{
    std::vector<std::string> known;
    for (ModuleId id = 0; id < graph.modules().size(); ++id) {
        if (!hasOps(graph, id))
            continue;
        const Module& module = graph.modules()[id];
        known.push_back(module.name);
        if (normalised(module.name) == normalised(name) || module.path == name)
            return id;
    }
    throw Error(
        ErrorKind::Usage,
        option + ": the network has no module \"" + name + "\"" + suggestion(name, known));
}

bool hasOps(const Graph& graph, ModuleId id)
{
    return !std::holds_alternative<Input>(graph[graph.modules()[id].output].op);
}

std::vector<Tap> defaultTaps(const Graph& graph, bool auxiliary)
{
    std::vector<Tap> taps;
    if (graph.logits())
        addTap(taps, {"logits", *graph.logits()});
    if (graph.probabilities())
        addTap(taps, {"probabilities", *graph.probabilities()});
    for (ModuleId id = 0; id < graph.modules().size(); ++id) {
        const Module& module = graph.modules()[id];
        if (!hasOps(graph, id) || (module.kind == ModuleKind::Auxiliary && !auxiliary))
            continue;
        const std::vector<Branch> branches = graph.branches(id);
        for (const std::string& name : {module.name, module.alias}) {
            if (name.empty())
                continue;
            addTap(taps, {name, module.output});
            for (const Branch& branch : branches)
                addTap(taps, {name + "/" + branch.name, branch.output});
        }
        addTap(taps, {module.path, module.output}); // where checkpoints call it otherwise
    }
    return taps;
}

std::vector<Tap> tapsNamed(
    const Graph& graph, const std::vector<std::string>& names, bool auxiliary,
    const std::string& option)
{
    std::vector<Tap> all = allTaps(graph);
    std::vector<Tap> taps;
    for (const std::string& name : names) {
        if (name == "all") {
            for (const Tap& tap : all)
                if (auxiliary || !graph.isAuxiliary(tap.node))
                    addTap(taps, tap);
            continue;
        }
        auto it =
            std::find_if(all.begin(), all.end(), [&](const Tap& t) { return t.name == name; });
        if (it == all.end())
            it = std::find_if(all.begin(), all.end(), [&](const Tap& t) {
                return normalised(t.name) == normalised(name);
            });
        if (it == all.end()) {
            std::vector<std::string> known;
            known.reserve(all.size());
            for (const Tap& tap : all)
                known.push_back(tap.name);
            std::string text = option + ": the network has no op, branch or module \"";
            text += name + "\"" + suggestion(name, known);
            throw Error(ErrorKind::Usage, text);
        }
        addTap(taps, *it);
    }
    return taps;
}

} // namespace inceptoscope
