#include "ascii.h"
#include "experiments/bench.h"
#include "experiments/parts.h"
#include "experiments/registry.h"
#include "experiments/scores.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace inceptoscope {

namespace {

constexpr size_t listed = 5;

/// Szegedy et al. 2015, section 7: where the loss has its minimum, the label's logit is this much
/// above the others'.
double optimalGap(double epsilon, double classes)
{
    if (epsilon <= 0)
        return std::numeric_limits<double>::infinity();
    return std::log((1 - epsilon + epsilon / classes) / (epsilon / classes));
}

std::vector<double> epsilons()
{
    std::vector<double> all;
    for (int i = 1; i <= 50; ++i)
        all.push_back(i / 100.0);
    return all;
}

ExperimentReport countSmoothing(const SettingValues& values)
{
    const double epsilon = values["epsilon"];
    const double classes = values["classes"];
    ExperimentReport report;
    const auto figure = [&](const char* name, const char* title, double value) {
        report.add({.name = name, .title = title, .value = value, .decimals = 4});
    };
    figure("target_of_label", "target of the label", 1 - epsilon + epsilon / classes);
    figure("target_of_others", "target of each other class", epsilon / classes);
    figure(
        "optimal_logit_gap", "how far the label's score is above the others at the least loss",
        optimalGap(epsilon, classes));
    std::vector<double> gaps;
    for (const double e : epsilons())
        gaps.push_back(optimalGap(e, classes));
    report.plots.push_back(
        {.title = "best gap between the label's score and the others'",
         .xTitle = "epsilon",
         .yTitle = "gap of scores",
         .curves = {{std::to_string(int(classes)) + " classes", epsilons(), gaps}}});
    return report;
}

void smoothPicture(const SettingValues& values, ExperimentReport& report, ExperimentBench& bench)
{
    const OpenedNetwork& opened = bench.network();
    const std::vector<float> logits = bench.value(*opened.network.graph.logits());
    const size_t label = labelOf(values["label"], logits);
    nameLabel(report, label, opened.labels.get());
    const double epsilon = values["epsilon"];
    const double k = double(logits.size());
    const std::vector<double> p = softmaxOf(logits);
    report.input = bench.subject().picture.isNull() ? "a pattern by rule" : "the picture";
    report.add(
        {.name = "label", .title = "the label", .value = nameOf(label, opened.labels.get())});
    report.add(
        {.name = "loss",
         .title = "loss without smoothing",
         .value = smoothedLoss(logits, label, 0),
         .decimals = 4});
    report.add(
        {.name = "loss_smoothed",
         .title = "loss with it",
         .value = smoothedLoss(logits, label, epsilon),
         .decimals = 4});
    report.add(
        {.name = "optimal_logit_gap_here",
         .title = "best gap for the network's " + std::to_string(logits.size()) + " classes",
         .value = optimalGap(epsilon, k),
         .decimals = 4});
    double others = 0;
    for (size_t i = 0; i < logits.size(); ++i)
        others += i == label ? 0 : logits[i];
    report.add(
        {.name = "logit_gap_here",
         .title = "the label's score above the mean of the others, as it is",
         .value = double(logits[label]) - others / (k - 1),
         .decimals = 4});
    std::vector<size_t> order(logits.size());
    for (size_t i = 0; i < order.size(); ++i)
        order[i] = i;
    std::ranges::stable_sort(order, [&](size_t a, size_t b) { return p[a] > p[b]; });
    if (std::find(order.begin(), order.begin() + listed, label) == order.begin() + listed)
        order.insert(order.begin(), label);
    ExperimentTable table{
        {"class", "probability", "target", "gradient", "gradient without smoothing"}, {}};
    for (size_t i = 0; i < std::min(listed, order.size()); ++i) {
        const size_t c = order[i];
        const double target = (c == label ? 1 - epsilon : 0) + epsilon / k;
        table.rows.push_back(
            {nameOf(c, opened.labels.get()), p[c], target, p[c] - target,
             p[c] - (c == label ? 1.0 : 0.0)});
    }
    report.add(
        {.name = "classes",
         .title = "the loss's gradient at the scores: probability less target",
         .value = table,
         .decimals = 5});
    std::vector<double> losses;
    for (const double e : epsilons())
        losses.push_back(smoothedLoss(logits, label, e));
    report.plots.push_back(
        {.title = "loss on the picture",
         .xTitle = "epsilon",
         .yTitle = "loss",
         .curves = {{nameOf(label, opened.labels.get()), epsilons(), losses}}});
}

ExperimentVerdict judgeSmoothing(const ExperimentReport& report)
{
    const double epsilon = report.values["epsilon"];
    if (epsilon <= 0)
        return {
            "without smoothing the loss falls for ever as the label's score grows: nothing keeps "
            "the network from being too confident",
            false};
    const std::string gap = ascii::fixed(report.number("optimal_logit_gap").value_or(0), 2);
    std::string text = "holds: the loss is least where the label's score is " + gap +
                       " above the others, not at "
                       "infinity";
    const auto here = report.number("logit_gap_here");
    const auto best = report.number("optimal_logit_gap_here");
    if (here && best)
        text += "; on the picture it is " + ascii::fixed(*here, 2) + " above, " +
                (*here > *best ? "more than the best " : "less than the best ") +
                ascii::fixed(*best, 2) + ", and the gradient pulls it there";
    return {text, true};
}

} // namespace

Experiment labelSmoothing()
{
    return {
        .id = "label-smoothing",
        .title = "Label smoothing",
        .chapter = "Inception v3",
        .claim = "Label smoothing keeps a network from being too confident.",
        .source = "article, Inception v3; Szegedy et al. 2015 (arXiv:1512.00567), section 7",
        .settings =
            {{.name = "epsilon",
              .title = "epsilon: the part of the target that all classes share",
              .least = 0,
              .most = 0.5,
              .step = 0.05,
              .standard = 0.1,
              .words = {{0, "0 (no smoothing)"}}},
             {.name = "classes", .title = "classes K", .least = 2, .most = 1000, .standard = 1000},
             {.name = "label",
              .title = "the picture's class",
              .least = -1,
              .most = 99,
              .standard = -1,
              .words = {{-1, "what the network says"}}}},
        .count = countSmoothing,
        .measure = smoothPicture,
        .judge = judgeSmoothing,
        .timed = false,
        .onPicture = true};
}

} // namespace inceptoscope
