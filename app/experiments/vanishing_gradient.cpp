#include "ascii.h"
#include "error.h"
#include "experiments/gradient_norms.h"
#include "experiments/initial_weights.h"
#include "experiments/parts.h"
#include "experiments/registry.h"
#include "experiments/scores.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace inceptoscope {

namespace {

/// A gradient that loses nine tenths of its norm on the way fades; one that the heads change by
/// less than a twentieth isn't fed by them.
constexpr double faded = 0.1;
constexpr double fed = 1.05;

/// Networks with a loss, GoogLeNet as the paper has it first.
const std::vector<std::string>& lossNetworks()
{
    static const std::vector<std::string> ids = [] {
        std::vector<std::string> list;
        for (const std::string& id : networkIds())
            if (familyNetwork(id).graph.logits())
                list.push_back(id);
        return list;
    }();
    return ids;
}

const Network& networkOf(const SettingValues& values)
{
    return familyNetwork(lossNetworks().at(values.whole("network")));
}

/// The choice behind the initialisations: what the network has learned.
bool wantsTrained(const SettingValues& values)
{
    return values.whole("weights") == initialisationNames().size();
}

std::vector<std::string> weightsChoices()
{
    std::vector<std::string> names = initialisationNames();
    names.emplace_back("trained");
    return names;
}

double passMacs(const Graph& graph, bool auxiliary)
{
    const NetworkCost cost = networkCost(graph);
    return double(cost.main.macs) + (auxiliary ? double(cost.auxiliary.macs) : 0.0);
}

ExperimentReport countGradient(const SettingValues& values)
{
    const Network& network = networkOf(values);
    const bool heads = !network.auxiliaryLogits.empty();
    ExperimentReport report;
    report.sides = {wholeSide(heads ? "without the auxiliary heads" : "the network", network)};
    const auto passes = [&](const char* name, const char* title, double macs) {
        report.add({.name = name, .title = title, .value = macs, .decimals = 0});
    };
    passes(
        "pass_macs", "MACs of one pass forward and back, without heads",
        passMacs(lossPass(network, std::nullopt).graph, false));
    if (heads) {
        report.sides.push_back(wholeSide("with them", network));
        report.sides[1].cost += networkCost(network.graph).auxiliary;
        addCostRatios(report);
        passes(
            "pass_macs_with", "the same with them",
            passMacs(lossPass(network, values["weight"]).graph, true));
    }
    return report;
}

/// What one kind of weights gives, without heads and, where there are any, with them.
struct Passes
{
    GradientNorms without;
    std::optional<GradientNorms> with;
};

Passes runPasses(
    const Network& network, const TensorSource& weights, bool heads, const SettingValues& values,
    ExperimentBench& bench, double share)
{
    LossLabel label{.index = {}, .smoothing = values["smoothing"]};
    if (values["label"] >= 0)
        label.index = values.whole("label");
    Passes passes;
    passes.without =
        gradientNorms(network, weights, std::nullopt, label, bench, heads ? share / 2 : share);
    if (heads)
        passes.with = gradientNorms(network, weights, values["weight"], label, bench, share / 2);
    return passes;
}

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
    const Network& network, const std::vector<ModuleId>& modules, const Passes& passes)
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

void addModules(
    ExperimentReport& report, const Network& network, const std::vector<ModuleId>& modules,
    const Passes& passes)
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

void addNumber(
    ExperimentReport& report, const char* name, std::string title, double value, int decimals = 4)
{
    report.add({.name = name, .title = std::move(title), .value = value, .decimals = decimals});
}

void addEnds(
    ExperimentReport& report, const Network& network, const std::vector<ModuleId>& modules,
    const Passes& passes)
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

/// The others beside: what the first module gets, by how the weights were drawn.
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
        const Passes passes =
            runPasses(network, *source, heads, values, bench, share / double(kinds));
        const std::vector<double>& norms = passes.without.norms;
        table.rows.push_back(
            {initialisationNames()[i], norms[0], norms[last], ratio(norms[0], norms[last])});
        if (heads)
            table.rows.back().emplace_back(ratio(passes.with->norms[0], norms[0]));
        plot.curves.push_back(
            {initialisationNames()[i], report.plots.front().curves.front().x, norms});
    }
    report.add(
        {.name = "initialisations", .title = "by initialisation", .value = table, .decimals = 4});
    report.plots.push_back(std::move(plot));
}

void measureGradient(const SettingValues& values, ExperimentReport& report, ExperimentBench& bench)
{
    const Network* network = &networkOf(values);
    std::unique_ptr<TensorSource> made;
    const TensorSource* weights = nullptr;
    bool heads = !network->auxiliaryLogits.empty();
    std::shared_ptr<const ClassLabels> labels;
    std::string text;
    if (wantsTrained(values)) {
        if (network->id != bench.subject().network)
            throw Error(
                ErrorKind::Usage, "--set weights=trained: the weights that come with the program "
                                  "are those of " +
                                      bench.subject().network + "; set network to it");
        const OpenedNetwork& opened = bench.network();
        network = &opened.network;
        weights = opened.weights.get();
        heads = heads && opened.hasAuxiliary;
        labels = opened.labels;
        text = opened.trained ? "trained" : "by the program's rule, since no trained ones are here";
        text += heads ? "" : "; without auxiliary heads";
    } else {
        const auto kind = Initialisation(values.whole("weights"));
        made = initialWeights(network->graph, kind);
        weights = made.get();
        text = initialisationText(kind);
    }
    const std::vector<ModuleId> modules = modulesBeforeLoss(*network);
    const bool compare = values.on("compare");
    const Passes passes =
        runPasses(*network, *weights, heads, values, bench, compare ? 1.0 / 6 : 1.0);
    report.input = bench.subject().picture.isNull() ? "a pattern by rule" : "the picture";
    report.add({.name = "weights", .title = "weights", .value = text});
    report.add(
        {.name = "label",
         .title = "class that the loss asks for",
         .value = nameOf(passes.without.label, labels.get())});
    addEnds(report, *network, modules, passes);
    addModules(report, *network, modules, passes);
    if (compare)
        addComparison(
            report, familyNetwork(network->id), modulesBeforeLoss(familyNetwork(network->id)),
            values, bench, 5.0 / 6);
}

std::string wordOf(const ExperimentReport& report, const std::string& name)
{
    for (const ExperimentFigure& figure : report.figures)
        if (figure.name == name)
            return std::get<std::string>(figure.value);
    return {};
}

ExperimentVerdict judgeGradient(const ExperimentReport& report)
{
    const auto first = report.number("gradient_first");
    const auto last = report.number("gradient_last");
    if (!first || !last)
        return {"not tried yet: it needs a device", std::nullopt};
    if (!std::isfinite(*first) || !std::isfinite(*last) || *last <= 0)
        return {
            "not decided: with these weights the values are beyond what a float32 holds",
            std::nullopt};
    const double way = *first / *last;
    const std::string there = wordOf(report, "first_module") + " (" + ascii::general(*first, 3) +
                              " against " + ascii::general(*last, 3) + ", " +
                              ascii::general(way, 3) + " times)";
    const std::string from = wordOf(report, "last_module");
    std::string fades = "the gradient fades from " + from + " to " + there;
    if (way >= faded)
        fades = (way > 1 ? "the gradient doesn't fade, it grows from "
                         : "the gradient hardly fades from ") +
                from + " to " + there;
    const auto with = report.number("gradient_first_with");
    if (!with)
        return {
            (way < faded ? "holds for fading: " : "does not hold here: ") + fades +
                "; there are no auxiliary heads to feed the middle",
            way < faded};
    const double gain = *with / *first;
    const bool feed = gain > fed;
    std::string heads = "the heads change it by " + percent(100 * (gain - 1), 1);
    if (feed)
        heads = "the heads raise it there from " + ascii::general(*first, 3) + " to " +
                ascii::general(*with, 3);
    const bool holds = way < faded && feed;
    const bool part = way < faded || feed;
    return {
        (holds  ? "holds: "
         : part ? "holds in part: "
                : "does not hold here: ") +
            fades + "; " + heads,
        holds};
}

} // namespace

Experiment vanishingGradient()
{
    const auto slider = [](std::string name, std::string title, double most, double step,
                           double standard) {
        return ExperimentSetting{
            .name = std::move(name),
            .title = std::move(title),
            .most = most,
            .step = step,
            .standard = standard};
    };
    ExperimentSetting label =
        slider("label", "class asked for; -1: the one after what the network says", 999, 1, -1);
    label.least = -1;
    return {
        .id = "vanishing-gradient",
        .title = "Where do gradients go?",
        .chapter = "Inception v1",
        .claim = "Gradients fade in deep networks; auxiliary heads in the middle, with 0.3 of "
                 "their losses, keep the modules before them alive.",
        .source = "article, Inception v1; Szegedy et al. 2014 (arXiv:1409.4842), section 5",
        .settings =
            {slider("weight", "weight of each head's loss", 1, 0.05, 0.3),
             choiceSetting(
                 "weights", "weights, as drawn before training or trained", weightsChoices()),
             choiceSetting("network", "network", lossNetworks()),
             switchSetting("compare", "all initialisations beside it (takes longer)", false),
             slider("smoothing", "label smoothing", 0.5, 0.05, 0.1), label},
        .count = countGradient,
        .measure = measureGradient,
        .judge = judgeGradient,
        .timed = false,
        .onPicture = true};
}

} // namespace inceptoscope
