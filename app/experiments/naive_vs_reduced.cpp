#include "experiments/parts.h"
#include "experiments/registry.h"

namespace inceptoscope {

namespace {

/// Of each stacked module in its place in the network.
void addStack(ExperimentReport& report)
{
    ExperimentTable table{
        {"module", "naive channels", "naive MACs", "reduced channels", "reduced MACs"}, {}};
    std::vector<double> channels;
    std::vector<double> deep;
    std::vector<double> naiveMacs;
    std::vector<double> reducedMacs;
    const Graph& a = familyNetwork("googlenet_naive").graph;
    const Graph& b = familyNetwork("googlenet").graph;
    const std::vector<ModuleId> wide = modulesOf(a, ModuleKind::Inception);
    const std::vector<ModuleId> slim = modulesOf(b, ModuleKind::Inception);
    double sums[2] = {0, 0};
    for (size_t i = 0; i < wide.size(); ++i) {
        const Module& first = a.modules()[wide[i]];
        const Module& second = b.modules()[slim[i]];
        channels.push_back(double(a[first.output].shape.c));
        naiveMacs.push_back(double(moduleCost(a, wide[i]).macs));
        reducedMacs.push_back(double(moduleCost(b, slim[i]).macs));
        deep.push_back(double(i + 1));
        sums[0] += naiveMacs.back();
        sums[1] += reducedMacs.back();
        table.rows.push_back(
            {second.title, channels.back(), naiveMacs.back(), double(b[second.output].shape.c),
             reducedMacs.back()});
    }
    report.ratio("macs_stacked", sums[0] / sums[1]);
    report.add(
        {.name = "naive_channels",
         .title = "channels after each naive module",
         .value = channels,
         .decimals = 0});
    report.add(
        {.name = "stack", .title = "stacked as in GoogLeNet", .value = table, .decimals = 0});
    report.plots.push_back(
        {.title = "MACs of each module, stacked",
         .xTitle = "modules deep",
         .yTitle = "MACs",
         .curves = {{"naive", deep, naiveMacs}, {"with 1x1 reductions", deep, reducedMacs}}});
}

ExperimentReport countNaive(const SettingValues& values)
{
    const uint32_t depth = values.whole("depth");
    const Network& naive = familyNetwork("googlenet_naive");
    const Network& reduced = familyNetwork("googlenet");
    const ModuleId wide = modulesOf(naive.graph, ModuleKind::Inception)[depth - 1];
    const ModuleId slim = modulesOf(reduced.graph, ModuleKind::Inception)[depth - 1];
    ExperimentReport report;
    // The first module gets the same in both networks, the others what they have there.
    report.at = depth == 1 ? "inception3a" : "";
    report.sides = {side("naive", cutOut(naive, wide)), side("reduced", cutOut(reduced, slim))};
    addCostRatios(report);
    report.ratio("naive_to_reduced", 1 / report.ratioOf("macs"));
    report.add(
        {.name = "channels",
         .title = "channels out of the module: naive, reduced",
         .value =
             std::vector<double>{
                 double(report.sides[0].output.c), double(report.sides[1].output.c)},
         .decimals = 0});
    addStack(report);
    return report;
}

} // namespace

Experiment naiveVsReduced()
{
    std::map<double, std::string> titles;
    const Graph& graph = familyNetwork("googlenet").graph;
    for (const ModuleId id : modulesOf(graph, ModuleKind::Inception)) {
        const double place = double(titles.size()) + 1;
        titles[place] = graph.modules()[id].title;
    }
    return {
        .id = "naive-vs-reduced",
        .title = "Naive and reduced module",
        .chapter = "Inception v1",
        .claim = "A naive module with 1x1, 3x3, 5x5 and pooling side by side is expensive; 1x1 "
                 "convolutions before the large ones make it cheap.",
        .source = "article, Inception v1; Szegedy et al. 2014 (arXiv:1409.4842), section 4, "
                  "figures 2a and 2b",
        .settings =
            {{.name = "depth",
              .title = "which of the nine modules",
              .least = 1,
              .most = 9,
              .standard = 1,
              .words = std::move(titles)}},
        .count = countNaive,
        .judge =
            [](const ExperimentReport& report) {
                const double times = report.ratioOf("naive_to_reduced");
                return costVerdict(
                    report,
                    "the reductions save " + percent(100 * (1 - report.ratioOf("macs"))) +
                        " of the MACs (" + grouped(report.sides[0].cost.macs) + " to " +
                        grouped(report.sides[1].cost.macs) + ")",
                    times > 1);
            },
        .onPicture = true};
}

} // namespace inceptoscope
