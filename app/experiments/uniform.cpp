#include "experiments/parts.h"
#include "experiments/registry.h"

#include <set>

namespace inceptoscope {

namespace {

constexpr const char* uniformNetworks[] = {"googlenet",           "inception_v2",
                                           "inception_v3",        "inception_v4",
                                           "inception_resnet_v1", "inception_resnet_v2"};

std::string extent(const Extent& e)
{
    return std::to_string(e.h) + "x" + std::to_string(e.w);
}

/// What an op is, without its input: kernel and stride; with its channels where asked for.
std::string designOf(const Op& op, bool widths)
{
    std::string text = opName(op);
    if (const auto* conv = std::get_if<Conv2d>(&op)) {
        text += extent(conv->kernel) + "/" + std::to_string(conv->stride.h);
        if (widths)
            text += ":" + std::to_string(conv->outChannels);
    } else if (const auto* pool = std::get_if<Pool2d>(&op)) {
        text += extent(pool->kernel) + "/" + std::to_string(pool->stride.h);
    }
    return text;
}

std::string designOf(const Graph& graph, ModuleId module, bool widths)
{
    std::string text;
    for (const Branch& branch : graph.branches(module)) {
        for (const NodeId node : branch.nodes)
            text += designOf(graph[node].op, widths) + ",";
        text += ";";
    }
    for (const NodeId node : graph.tail(module)) // of the last 1x1 the width is the input's
        text += designOf(graph[node].op, false) + ",";
    return text;
}

ExperimentReport countUniform(const SettingValues&)
{
    ExperimentReport report;
    ExperimentTable table{
        {"network", "inception modules", "designs", "designs with widths", "modules per design",
         "branches", "kernels"},
        {}};
    for (const char* id : uniformNetworks) {
        const Graph& graph = familyNetwork(id).graph;
        std::set<std::string> designs;
        std::set<std::string> widths;
        std::set<size_t> branches;
        std::set<std::string> kernels;
        const std::vector<ModuleId> modules = modulesOf(graph, ModuleKind::Inception);
        for (const ModuleId module : modules) {
            designs.insert(designOf(graph, module, false));
            widths.insert(designOf(graph, module, true));
            branches.insert(graph.branches(module).size());
            for (const NodeId node : graph.modules()[module].nodes)
                if (const auto* conv = std::get_if<Conv2d>(&graph[node].op))
                    kernels.insert(extent(conv->kernel));
        }
        std::string counts;
        for (const size_t n : branches)
            counts += (counts.empty() ? "" : ", ") + std::to_string(n);
        std::string sizes;
        for (const std::string& size : kernels)
            sizes += (sizes.empty() ? "" : ", ") + size;
        const double perDesign = double(modules.size()) / double(widths.size());
        table.rows.push_back(
            {std::string(id), double(modules.size()), double(designs.size()), double(widths.size()),
             perDesign, counts, sizes});
        report.add(
            {.name = std::string(id) + "_designs_with_widths",
             .title = familyNetwork(id).title + ": modules that differ",
             .value = double(widths.size()),
             .decimals = 0});
    }
    report.figures.insert(
        report.figures.begin(), {.name = "networks",
                                 .title = "designs of Inception modules, as the graphs have them",
                                 .value = table,
                                 .decimals = 1});
    return report;
}

ExperimentVerdict judgeUniform(const ExperimentReport& report)
{
    const double v3 = report.number("inception_v3_designs_with_widths").value_or(0);
    const double v4 = report.number("inception_v4_designs_with_widths").value_or(0);
    const auto modules = [](const char* id) {
        return std::to_string(modulesOf(familyNetwork(id).graph, ModuleKind::Inception).size());
    };
    const bool holds = v4 < v3;
    return {
        (holds ? "holds: v4 has " : "does not hold: v4 has ") + std::to_string(int(v4)) +
            " different modules among " + modules("inception_v4") + ", v3 has " +
            std::to_string(int(v3)) + " among " + modules("inception_v3"),
        holds};
}

} // namespace

Experiment uniformModules()
{
    return {
        .id = "uniform",
        .title = "More uniform modules",
        .chapter = "Inception v4",
        .claim = "Inception v4's modules are more uniform than v3's: fewer that differ, more often "
                 "repeated.",
        .source = "article, Inception v4; Szegedy et al. 2016 (arXiv:1602.07261), section 3.1, "
                  "figures 4 to 6",
        .count = countUniform,
        .judge = judgeUniform,
        .timed = false};
}

} // namespace inceptoscope
