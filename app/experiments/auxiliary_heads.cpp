#include "ascii.h"
#include "experiments/bench.h"
#include "experiments/parts.h"
#include "experiments/registry.h"
#include "experiments/scores.h"

#include <algorithm>

namespace inceptoscope {

namespace {

constexpr size_t listed = 5;

ExperimentReport countHeads(const SettingValues&)
{
    const Network& network = familyNetwork("googlenet");
    const NetworkCost cost = networkCost(network.graph);
    ExperimentReport report;
    report.sides = {
        wholeSide("in use, without them", network), wholeSide("in training, with both", network)};
    report.sides[1].cost += cost.auxiliary;
    addCostRatios(report);
    const auto whole = [&](const char* name, const char* title, double value) {
        report.add({.name = name, .title = title, .value = value, .decimals = 0});
    };
    whole("macs_aux", "MACs of both heads", double(cost.auxiliary.macs));
    whole("params_aux", "parameters of both heads", double(cost.auxiliary.params));
    ExperimentTable places{{"head", "stands on", "grid there"}, {}};
    const Graph& graph = network.graph;
    for (const ModuleId id : modulesOf(graph, ModuleKind::Auxiliary)) {
        const Node& source = graph[graph.modules()[id].inputs.front()];
        places.rows.push_back(
            {graph.modules()[id].title, graph.modules()[source.module].name,
             toString(source.shape)});
    }
    report.add({.name = "heads", .title = "where they stand", .value = places});
    return report;
}

/// A column of the table: its first classes with probabilities.
std::vector<std::string> topOf(std::span<const float> logits, const ClassLabels* labels)
{
    const std::vector<double> p = softmaxOf(logits);
    std::vector<size_t> order(p.size());
    for (size_t i = 0; i < order.size(); ++i)
        order[i] = i;
    std::ranges::stable_sort(order, [&](size_t a, size_t b) { return p[a] > p[b]; });
    std::vector<std::string> lines;
    for (size_t i = 0; i < std::min(listed, order.size()); ++i)
        lines.push_back(nameOf(order[i], labels) + " " + percent(100 * p[order[i]], 1));
    return lines;
}

void measureHeads(const SettingValues& values, ExperimentReport& report, ExperimentBench& bench)
{
    const OpenedNetwork& opened = bench.network();
    const Graph& graph = opened.network.graph;
    std::vector<std::vector<float>> logits = {bench.value(*graph.logits())};
    std::vector<std::string> columns = {"final"};
    if (opened.hasAuxiliary)
        for (const NodeId node : opened.network.auxiliaryLogits) {
            logits.push_back(bench.value(node));
            columns.push_back(graph.modules()[graph[node].module].title);
        }
    report.input = bench.subject().picture.isNull() ? "a pattern by rule" : "the picture";
    const size_t label = labelOf(values["label"], logits.front());
    nameLabel(report, label, opened.labels.get());
    const double weight = values["weight"];
    report.add(
        {.name = "label", .title = "the label", .value = nameOf(label, opened.labels.get())});
    double total = 0;
    ExperimentTable losses{{"classifier", "loss", "weight"}, {}};
    for (size_t i = 0; i < logits.size(); ++i) {
        const double loss = smoothedLoss(logits[i], label, 0);
        const double share = i == 0 ? 1 : weight;
        total += share * loss;
        losses.rows.push_back({columns[i], loss, share});
    }
    report.add(
        {.name = "losses", .title = "losses on the picture", .value = losses, .decimals = 4});
    report.add({.name = "total_loss", .title = "total loss", .value = total, .decimals = 4});
    report.add(
        {.name = "heads_trained",
         .title = "the heads",
         .value = opened.hasAuxiliary
                      ? std::string("trained")
                      : std::string("not in these weights, so the total is the final loss alone")});
    ExperimentTable top{columns, {}};
    std::vector<std::vector<std::string>> lists;
    lists.reserve(logits.size());
    for (const std::vector<float>& one : logits)
        lists.push_back(topOf(one, opened.labels.get()));
    for (size_t row = 0; row < lists.front().size(); ++row) {
        std::vector<ExperimentTable::Cell> cells;
        cells.reserve(lists.size());
        for (const std::vector<std::string>& list : lists)
            cells.emplace_back(list[row]);
        top.rows.push_back(std::move(cells));
    }
    report.add({.name = "top", .title = "what each says", .value = top});
}

ExperimentVerdict judgeHeads(const ExperimentReport& report)
{
    const double macs = 100 * (report.ratioOf("macs") - 1);
    const double params = 100 * (report.ratioOf("params") - 1);
    std::string text = "holds for the cost: in training the two heads add " + percent(macs, 1) +
                       " MACs and " + percent(params) + " parameters, in use nothing";
    if (const auto total = report.number("total_loss"))
        text += "; total loss here " + ascii::fixed(*total, 3);
    return {text + "; that they help, only training can show", macs > 0};
}

} // namespace

Experiment auxiliaryHeads()
{
    return {
        .id = "auxiliary-heads",
        .title = "Auxiliary heads",
        .chapter = "Inception v1",
        .claim = "Two auxiliary heads on 4a and 4d add 0.3 of their losses to the total while the "
                 "network trains, and are left out when it is used.",
        .source = "article, Inception v1; Szegedy et al. 2014 (arXiv:1409.4842), section 5",
        .settings =
            {{.name = "weight",
              .title = "weight of each head's loss",
              .least = 0,
              .most = 1,
              .step = 0.05,
              .standard = 0.3,
              .words = {{0, "0 (as in use)"}}},
             {.name = "label",
              .title = "the picture's class",
              .least = -1,
              .most = 99,
              .standard = -1,
              .words = {{-1, "what the network says"}}}},
        .count = countHeads,
        .measure = measureHeads,
        .judge = judgeHeads,
        .timed = false,
        .onPicture = true};
}

} // namespace inceptoscope
