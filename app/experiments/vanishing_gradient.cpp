#include "ascii.h"
#include "error.h"
#include "experiments/gradient_report.h"
#include "experiments/initial_weights.h"
#include "experiments/parts.h"
#include "experiments/registry.h"
#include "experiments/scores.h"

#include <cmath>

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

ExperimentSetting weightsSetting()
{
    std::vector<std::string> names = initialisationNames();
    std::vector<std::string> titles = initialisationTitles();
    names.emplace_back("trained");
    titles.emplace_back("Trained");
    return withTitles(choiceSetting("weights", "weights", std::move(names)), titles);
}

/// Only networks with weights at hand have trained ones.
std::string closedWeights(
    const std::string& setting, size_t choice, const SettingValues& values,
    const WeightsAtHand& atHand)
{
    const Network& network = networkOf(values);
    if (setting != "weights" || choice != initialisationNames().size() ||
        atHand.contains(network.id))
        return {};
    return "no trained weights of " + network.title + " are here; fetch or open them";
}

const OpenedNetwork& trainedNetwork(const std::string& id, ExperimentBench& bench)
{
    if (const OpenedNetwork* opened = bench.trained(id))
        return *opened;
    throw Error(
        ErrorKind::Usage, "--set weights=trained: no trained weights of " +
                              familyNetwork(id).title +
                              " are here; see what there is with: inceptoscope weights list");
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

void measureGradient(const SettingValues& values, ExperimentReport& report, ExperimentBench& bench)
{
    const Network* network = &networkOf(values);
    std::unique_ptr<TensorSource> made;
    const TensorSource* weights = nullptr;
    bool heads = !network->auxiliaryLogits.empty();
    std::shared_ptr<const ClassLabels> labels;
    std::string text;
    if (wantsTrained(values)) {
        const OpenedNetwork& opened = trainedNetwork(network->id, bench);
        network = &opened.network;
        weights = opened.weights.get();
        heads = heads && opened.hasAuxiliary;
        labels = opened.labels;
        text = "trained";
        text += heads ? "" : "; without auxiliary heads";
    } else {
        const auto kind = Initialisation(values.whole("weights"));
        made = initialWeights(network->graph, kind);
        weights = made.get();
        text = initialisationText(kind);
    }
    const std::vector<ModuleId> modules = modulesBeforeLoss(*network);
    const bool compare = values.on("compare");
    const GradientPasses passes =
        runPasses(*network, *weights, heads, values, bench, compare ? 1.0 / 6 : 1.0);
    nameLabel(report, passes.without.label, labels.get());
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
        return {"not tried yet: only a run on the device shows it", std::nullopt};
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
    ExperimentSetting weight = slider("weight", "weight of each head's loss", 1, 0.05, 0.3);
    weight.words = {{0, "0 (no heads)"}};
    ExperimentSetting smoothing = slider("smoothing", "label smoothing", 0.5, 0.05, 0.1);
    smoothing.words = {{0, "0 (no smoothing)"}};
    ExperimentSetting label = slider("label", "class that the loss asks for", 999, 1, -1);
    label.least = -1;
    label.words = {{-1, "another than the network says"}};
    return {
        .id = "vanishing-gradient",
        .title = "Where do gradients go?",
        .chapter = "Inception v1",
        .claim = "Gradients fade in deep networks; auxiliary heads in the middle, with 0.3 of "
                 "their losses, keep the modules before them alive.",
        .source = "article, Inception v1; Szegedy et al. 2014 (arXiv:1409.4842), section 5",
        .settings =
            {weightsSetting(), networkSetting("network", "network", lossNetworks()), weight,
             smoothing, label,
             switchSetting("compare", "all initialisations beside it (takes longer)", false)},
        .count = countGradient,
        .measure = measureGradient,
        .judge = judgeGradient,
        .closed = closedWeights,
        .timed = false,
        .onPicture = true};
}

} // namespace inceptoscope
