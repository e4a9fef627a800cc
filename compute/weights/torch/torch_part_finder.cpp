#include "weights/torch/torch_part_finder.h"

#include "error.h"
#include "shown_text.h"
#include "weights/torch/pickle_globals.h"

#include <algorithm>
#include <array>
#include <optional>

namespace inceptoscope {

namespace {

using enum PickleKind;

constexpr int maxDepth = 8;    // of dictionaries in dictionaries
constexpr int maxModules = 64; // of modules in modules
constexpr size_t maxSteps = 20'000'000;
constexpr size_t maxKeyBytes = 64U << 20; // a text may be a key many times
constexpr size_t maxName = 200;           // bytes of a part's name, or of a module's key
constexpr size_t maxListed = 64;          // a list's items that are looked at

class PartFinder
{
public:
    PartFinder(const Pickle& pickle, const std::string& path)
        : m_pickle(pickle)
        , m_path(path)
    {
    }

    TorchFindings read()
    {
        find(m_pickle.root, "", 0);
        return std::move(m_findings);
    }

private:
    [[nodiscard]] const PickleValue& at(PickleId id) const { return m_pickle[id]; }

    /// Its value under a name in a Dict.
    [[nodiscard]] std::optional<PickleId> field(PickleId dict, std::string_view name) const
    {
        const std::vector<PickleId>& items = at(dict).items();
        step(items.size());
        for (size_t i = 0; i + 1 < items.size(); i += 2)
            if (at(items[i]).kind == Text && at(items[i]).text() == name)
                return items[i + 1];
        return std::nullopt;
    }
    [[nodiscard]] bool hasDict(PickleId dict, std::string_view name) const
    {
        const auto id = field(dict, name);
        return id && at(*id).kind == Dict;
    }
    /// An Object's state, where that is a Dict.
    [[nodiscard]] std::optional<PickleId> stateOf(PickleId object) const
    {
        const std::vector<PickleId>& items = at(object).items();
        if (items.size() < 3 || at(items[2]).kind != Dict)
            return std::nullopt;
        return items[2];
    }
    /// Module and name of what makes an Object; empty where that isn't a class.
    [[nodiscard]] std::array<std::string_view, 2> classOf(PickleId object) const
    {
        const PickleValue& made = at(at(object).items()[0]);
        if (made.kind != Class)
            return {};
        return {at(made.items()[0]).text(), at(made.items()[1]).text()};
    }
    [[nodiscard]] bool isScript(PickleId object) const
    {
        return classOf(object)[0].starts_with("__torch__");
    }
    /// A torch.nn.Module keeps its parts so, TorchScript under its own names.
    [[nodiscard]] bool isModule(PickleId object) const
    {
        const auto state = stateOf(object);
        return state && (isScript(object) ||
                         (hasDict(*state, "_modules") && hasDict(*state, "_parameters")));
    }

    /// The same dictionary may be looked through for many objects.
    void step(size_t count) const
    {
        m_steps += count;
        if (m_steps > maxSteps)
            refuse("its objects hold each other in too many ways to look for tensors; refused");
    }
    [[noreturn]] void refuse(const std::string& why) const
    {
        throw Error(ErrorKind::BadInput, "weights: " + m_path + ": " + why);
    }
    static std::string joined(const std::string& name, std::string_view key)
    {
        return name.empty() ? std::string(key) : name + "." + std::string(key);
    }

    void find(PickleId id, const std::string& name, int depth)
    {
        const PickleKind kind = at(id).kind;
        if (!isContainer(id) || depth > maxDepth || name.size() > maxName ||
            !m_visited.insert(id).second)
            return;
        if (kind == Dict)
            findInDict(id, name, depth);
        else if (kind == Object)
            findInObject(id, name, depth);
        else
            findInList(id, name, depth);
    }

    void findInDict(PickleId dict, const std::string& name, int depth)
    {
        if (field(dict, "param_groups") && field(dict, "state")) {
            m_findings.optimizer = true;
            return;
        }
        const std::vector<PickleId>& items = at(dict).items();
        TorchPart part{.name = name};
        for (size_t i = 0; i + 1 < items.size(); i += 2)
            if (at(items[i]).kind == Text)
                take(part, "", at(items[i]).text(), items[i + 1]);
        if (!part.tensors.empty())
            m_findings.parts.push_back(std::move(part));
        for (size_t i = 0; i + 1 < items.size(); i += 2)
            if (at(items[i]).kind == Text && isContainer(items[i + 1]) &&
                at(items[i]).text().size() <= maxName && !isOfTraining(at(items[i]).text()))
                find(items[i + 1], joined(name, at(items[i]).text()), depth + 1);
    }

    [[nodiscard]] bool isContainer(PickleId id) const
    {
        const PickleKind kind = at(id).kind;
        return kind == Dict || kind == Object || kind == List || kind == Tuple;
    }

    /// Names of what belongs to a training and no network, whatever tensors it keeps.
    bool isOfTraining(std::string_view name)
    {
        for (const char* word : {"optim", "sched", "scaler", "exp_avg", "momentum_buffer"})
            if (name.find(word) != std::string_view::npos)
                return m_findings.optimizer = true;
        return false;
    }

    void findInObject(PickleId object, const std::string& name, int depth)
    {
        if (isModule(object)) {
            TorchPart part{.name = name};
            collect(part, object, "", 0);
            if (!part.tensors.empty())
                m_findings.parts.push_back(std::move(part));
            return;
        }
        if (const auto state = stateOf(object))
            find(*state, name, depth + 1);
        const PickleValue& arguments = at(at(object).items()[1]);
        step(arguments.items().size());
        for (const PickleId id : arguments.items())
            if (at(id).kind == Dict)
                find(id, name, depth + 1);
    }

    void findInList(PickleId list, const std::string& name, int depth)
    {
        const std::vector<PickleId>& items = at(list).items();
        for (size_t i = 0; i < std::min(items.size(), maxListed); ++i)
            find(items[i], joined(name, std::to_string(i)), depth + 1);
    }

    /// A tensor, or what stands in the place of one.
    void take(TorchPart& part, const std::string& prefix, std::string_view name, PickleId value)
    {
        if (at(value).kind == Object) {
            const auto [module, function] = classOf(value);
            m_findings.arrays += module.starts_with("numpy") && function == "_reconstruct" ? 1 : 0;
            m_findings.quantised += function == "_rebuild_qtensor" ? 1 : 0;
            m_findings.nestedSaves += function == "_load_from_bytes" ? 1 : 0;
        }
        if (at(value).kind != Call)
            return;
        m_keyBytes += prefix.size() + name.size();
        if (m_keyBytes > maxKeyBytes)
            refuse("the names of its tensors take more than 64 MiB; refused");
        part.matrices += dimensions(value) >= 2 ? 1 : 0;
        part.tensors.emplace_back(prefix + std::string(name), value);
    }

    /// How many a tensor's description names; 0 for what isn't understood here.
    [[nodiscard]] size_t dimensions(PickleId call) const
    {
        for (int i = 0; i < 3 && at(call).kind == Call; ++i) {
            const std::vector<PickleId>& items = at(at(call).items()[1]).items();
            const std::string_view function = at(at(call).items()[0]).text();
            const bool tensor = function == rebuildTensor || function == rebuildTensorV2;
            if (items.size() < (tensor ? 3 : 1))
                return 0;
            const auto* shape = &at(items[tensor ? 2 : 0]);
            if (function == rebuildFromType && items.size() > 2 && at(items[2]).kind == Tuple &&
                at(items[2]).items().size() > 2)
                shape = &at(at(items[2]).items()[2]);
            if (shape->kind == Tuple || shape->kind == List)
                return shape->items().size();
            call = items[0];
        }
        return 0;
    }

    /// The keys that a module's state_dict() would have.
    void collect(TorchPart& part, PickleId module, const std::string& prefix, int depth)
    {
        const auto state = stateOf(module);
        if (!state || depth > maxModules || prefix.size() > maxName)
            return;
        step(1);
        if (isScript(module))
            return collectFrom(part, *state, prefix, depth);
        for (const char* kept : {"_parameters", "_buffers", "_modules"})
            if (const auto dict = field(*state, kept); dict && at(*dict).kind == Dict)
                collectFrom(part, *dict, prefix, depth);
    }

    void collectFrom(TorchPart& part, PickleId dict, const std::string& prefix, int depth)
    {
        const std::vector<PickleId>& items = at(dict).items();
        for (size_t i = 0; i + 1 < items.size(); i += 2) {
            step(1);
            if (at(items[i]).kind != Text || at(items[i]).text().size() > maxName)
                continue;
            const std::string_view name = at(items[i]).text();
            take(part, prefix, name, items[i + 1]);
            if (at(items[i + 1]).kind == Object)
                collect(part, items[i + 1], prefix + std::string(name) + ".", depth + 1);
        }
    }

    const Pickle& m_pickle;
    const std::string& m_path;
    TorchFindings m_findings;
    std::set<PickleId> m_visited;
    mutable size_t m_steps = 0;
    size_t m_keyBytes = 0;
};

} // namespace

TorchFindings findTorchParts(const Pickle& pickle, const std::string& path)
{
    return PartFinder(pickle, path).read();
}

} // namespace inceptoscope
