#include "lessons/parts.h"

namespace inceptoscope {

namespace {

std::optional<NetworkPart> findBranch(const Graph& graph, const std::string& name)
{
    const size_t slash = name.rfind('/');
    if (slash == std::string::npos)
        return std::nullopt;
    const auto module = graph.findModule(name.substr(0, slash));
    if (!module)
        return std::nullopt;
    for (const Branch& branch : graph.branches(*module))
        if (branch.name == name.substr(slash + 1))
            return NetworkPart{*module, branch.nodes, branch.output};
    return std::nullopt;
}

} // namespace

std::optional<NetworkPart> findPart(const Graph& graph, const QString& text)
{
    const std::string name = text.toStdString();
    if (const auto module = graph.findModule(name))
        return NetworkPart{
            *module, graph.modules()[*module].nodes, graph.modules()[*module].output};
    if (auto branch = findBranch(graph, name))
        return branch;
    if (const auto node = graph.find(name))
        return NetworkPart{graph[*node].module, {*node}, *node};
    return std::nullopt;
}

} // namespace inceptoscope
