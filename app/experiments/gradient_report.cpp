#include "experiments/gradient_report.h"

#include "ascii.h"
#include "experiments/initial_weights.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace inceptoscope {

namespace {

/// The last Inception module of the main path, by its place in the list: where gradients start
/// that have a long way to go.
size_t lastInception(const Network& network, const std::vector<ModuleId>& modules)
{
    for (size_t i = modules.size(); i-- > 0;)
        if (network.graph.modules()[modules[i]].kind == ModuleKind::Inception)
            return i;
    return modules.size() - 1;
}

/// Behind the last module that a head stands on, nothing may change.
double changeBehindHeads(
    const Network& network, const std::vector<ModuleId>& modules, const GradientPasses& passes)
{
    ModuleId last = 0;
    for (const NodeId logits : network.auxiliaryLogits) {
        const Module& head = network.graph.modules()[network.graph[logits].module];
        last = std::max(last, network.graph[head.inputs.front()].module);
    }
    double most = 0;
    for (size_t i = 0; i < modules.size(); ++i)
        if (modules[i] > last)
            most = std::max(most, std::abs(passes.with->norms[i] / passes.without.norms[i] - 1));
    return most;
}

double ratio(double value, double to)
{
    return to > 0 ? value / to : std::numeric_limits<double>::infinity();
}

void addNumber(
    ExperimentReport& report, const char* name, std::string title, double value, int decimals = 4)
{
    report.add({.name = name, .title = std::move(title), .value = value, .decimals = decimals});
}

} // namespace

GradientPasses runPasses(
    const Network& network, const TensorSource& weights, bool heads, const SettingValues& values,
    ExperimentBench& bench, double share)
{
    LossLabel label{.index = {}, .smoothing = values["smoothing"]};
    if (values["label"] >= 0)
        label.index = values.whole("label");
    GradientPasses passes;
    passes.without =
        gradientNorms(network, weights, std::nullopt, label, bench, heads ? share / 2 : share);
    if (heads)
        passes.with = gradientNorms(network, weights, values["weight"], label, bench, share / 2);
    return passes;
}

void addModules(
    ExperimentReport& report, const Network& network, const std::vector<ModuleId>& modules,
    const GradientPasses& passes)
{
    const Graph& graph = network.graph;
    ExperimentTable table{{"#", "module", "without", "per value, without"}, {}};
    if (passes.with)
        table.columns.insert(table.columns.end(), {"with", "with / without"});
    ExperimentPlot plot{
        .title = "norm of the loss's gradient at each module's output",
        .xTitle = "module",
        .yTitle = "norm",
        .curves = {{"without auxiliary heads", {}, passes.without.norms}},
        .logY = true};
    for (size_t i = 0; i < modules.size(); ++i) {
        const Module& module = graph.modules()[modules[i]];
        const double norm = passes.without.norms[i];
        const auto elements = double(graph[module.output].shape.elements());
        table.rows.push_back({double(i + 1), module.title, norm, norm / std::sqrt(elements)});
        if (passes.with) {
            table.rows.back().emplace_back(passes.with->norms[i]);
            table.rows.back().emplace_back(ratio(passes.with->norms[i], norm));
        }
        plot.curves[0].x.push_back(double(i + 1));
        plot.xNames.push_back(module.title);
    }
    if (passes.with)
        plot.curves.push_back(
            {"with them, x " + ascii::general(report.values["weight"], 3), plot.curves[0].x,
             passes.with->norms});
    report.add({.name = "modules", .title = "gradient by module", .value = table, .decimals = 4});
    report.plots.push_back(std::move(plot));
}

void addEnds(
    ExperimentReport& report, const Network& network, const std::vector<ModuleId>& modules,
    const GradientPasses& passes)
{
    const size_t last = lastInception(network, modules);
    const std::string first = network.graph.modules()[modules[0]].title;
    const std::string end = network.graph.modules()[modules[last]].title;
    report.add({.name = "first_module", .title = "first module", .value = first});
    report.add({.name = "last_module", .title = "last Inception module", .value = end});
    addNumber(report, "loss", "loss at the end", passes.without.loss);
    addNumber(report, "gradient_first", "gradient at " + first, passes.without.norms[0]);
    addNumber(report, "gradient_last", "gradient at " + end, passes.without.norms[last]);
    addNumber(
        report, "first_to_last", "of " + end + "'s, at " + first,
        ratio(passes.without.norms[0], passes.without.norms[last]), 3);
    if (!passes.with)
        return;
    addNumber(report, "loss_with", "loss with the heads'", passes.with->loss);
    addNumber(
        report, "gradient_first_with", "gradient at " + first + " with the heads",
        passes.with->norms[0]);
    addNumber(
        report, "gain_first", "times that without them",
        ratio(passes.with->norms[0], passes.without.norms[0]), 3);
    addNumber(
        report, "change_behind_heads",
        "largest relative change behind the last head (none is expected)",
        changeBehindHeads(network, modules, passes), 6);
}

void addComparison(
    ExperimentReport& report, const Network& network, const std::vector<ModuleId>& modules,
    const SettingValues& values, ExperimentBench& bench, double share)
{
    const bool heads = !network.auxiliaryLogits.empty();
    const size_t last = lastInception(network, modules);
    const size_t kinds = initialisationNames().size();
    ExperimentTable table{{"weights", "first module", "last Inception module", "first / last"}, {}};
    if (heads)
        table.columns.emplace_back("with / without heads, first module");
    ExperimentPlot plot{
        .title = "the same without heads, by initialisation",
        .xTitle = "module",
        .yTitle = "norm",
        .curves = {},
        .logY = true,
        .xNames = report.plots.front().xNames};
    for (size_t i = 0; i < kinds; ++i) {
        const auto source = initialWeights(network.graph, Initialisation(i));
        const GradientPasses passes =
            runPasses(network, *source, heads, values, bench, share / double(kinds));
        const std::vector<double>& norms = passes.without.norms;
        table.rows.push_back(
            {initialisationTitles()[i], norms[0], norms[last], ratio(norms[0], norms[last])});
        if (heads)
            table.rows.back().emplace_back(ratio(passes.with->norms[0], norms[0]));
        plot.curves.push_back(
            {initialisationTitles()[i], report.plots.front().curves.front().x, norms});
    }
    report.add(
        {.name = "initialisations", .title = "by initialisation", .value = table, .decimals = 4});
    report.plots.push_back(std::move(plot));
}

} // namespace inceptoscope
