#include "graph/module_groups.h"

#include "ascii.h"

namespace inceptoscope {

namespace {

/// "Inception-A" has a letter of its own; in "Inception 3a" it counts modules of one grid.
bool hasOwnLetter(const std::string& group)
{
    return group.size() > 1 && group[group.size() - 2] == '-';
}

bool endsInCountedLetter(const std::string& title)
{
    const size_t n = title.size();
    return n > 1 && title[n - 1] >= 'a' && title[n - 1] <= 'z' && ascii::isDigit(title[n - 2]);
}

} // namespace

std::string groupTitle(const Module& module)
{
    switch (module.kind) {
    case ModuleKind::Stem:
        return "Stem";
    case ModuleKind::Head:
    case ModuleKind::Auxiliary:
    case ModuleKind::Backward:
        return module.group;
    case ModuleKind::Inception:
    case ModuleKind::Reduction:
        break;
    }
    // One design for all: then the grids tell the groups apart, "Inception 3" from "Inception 4".
    if (hasOwnLetter(module.group) || !endsInCountedLetter(module.title))
        return module.group;
    return module.title.substr(0, module.title.size() - 1);
}

std::vector<ModuleGroup> moduleGroups(const Graph& graph)
{
    std::vector<ModuleGroup> groups;
    for (ModuleId id = 0; id < graph.modules().size(); ++id) {
        const Module& module = graph.modules()[id];
        if (module.kind == ModuleKind::Auxiliary)
            continue;
        const std::string title = groupTitle(module);
        // A reduction without a design of its own counts to the modules before it.
        const bool joins = module.kind == ModuleKind::Reduction && module.group == "Reduction" &&
                           title.starts_with("Reduction");
        if (groups.empty() || (!joins && groups.back().title != title))
            groups.push_back({title, {}});
        groups.back().modules.push_back(id);
    }
    return groups;
}

} // namespace inceptoscope
