#include "experiments/run_experiment.h"

#include "engine/loader.h"
#include "engine/measure.h"
#include "engine/module_pictures.h"
#include "engine/run_snapshot.h"
#include "vulkan/device.h"
#include "weights/layer_weights.h"
#include "weights/synthetic.h"

#include <list>

namespace inceptoscope {

namespace {

constexpr ModuleId sideModule = 1;
/// Of all that is to do, by experience: sessions are made, the sides are run.
constexpr double madeReady = 0.3;
constexpr double sidesShare = 0.8;

/// A side with its session, while all are measured.
struct Ready
{
    ExperimentSide* side = nullptr;
    std::unique_ptr<TensorSource> random;
    bool trained = false;
    std::unique_ptr<Session> session;
    std::optional<RunSeries> runs;
};

/// The trained network's weights where they fit (a module of it), else those by rule: times don't
/// depend on them.
void makeReady(Ready& ready, const ExperimentReport& report, ExperimentBench& bench)
{
    const Network& network = *ready.side->network;
    const TensorSource* weights = nullptr;
    if (!ready.side->whole) {
        const TensorSource& trained = *bench.network().weights;
        ready.trained = bench.network().trained && inspect(network.graph, trained).complete();
        if (ready.trained)
            weights = &trained;
    }
    if (weights == nullptr) {
        ready.random = syntheticWeights(network.graph, "");
        weights = ready.random.get();
    }
    ready.session =
        makeSession(bench.site(), network.graph, *weights, {.network = network.title}, 0);
    if (ready.side->whole) {
        feed(*ready.session, network, bench.subject().picture);
    } else {
        const Shape& input = network.graph[network.graph.input()].shape;
        ready.session->setInput(bench.inputOf(report.at, input));
    }
    ready.runs.emplace(*ready.session, network.graph, [&bench](size_t) {
        return bench.site().goOn(bench.fraction());
    });
}

std::shared_ptr<const RunSnapshot>
snapshotOf(const Ready& ready, const ExperimentBench& bench, const MapStyle& style)
{
    auto snapshot = std::make_shared<RunSnapshot>();
    const MeasuredTimes& times = ready.side->times;
    snapshot->network = ready.side->network;
    snapshot->device = describeDevice(bench.site().device.info());
    snapshot->weights = weightsState(ready.trained ? bench.subject().weights : "synthetic");
    snapshot->opMilliseconds = times.opMilliseconds;
    snapshot->moduleMilliseconds.assign(ready.side->network->graph.modules().size(), -1.0);
    snapshot->moduleMilliseconds.back() = times.median;
    snapshot->totalMilliseconds = times.median;
    snapshot->fastestMilliseconds = times.fastest;
    snapshot->slowestMilliseconds = times.slowest;
    snapshot->measuredRuns = int(times.runs);
    if (style && !ready.side->whole)
        snapshot->shown =
            renderModule(*ready.session, ready.side->network->graph, sideModule, {}, *style);
    snapshot->complete = true;
    return snapshot;
}

/// Round by round, each side once; the first one again at the end, so that each run of another
/// stands between two of it.
void measureSides(ExperimentReport& report, ExperimentBench& bench, const MapStyle& style)
{
    std::list<Ready> all;
    for (ExperimentSide& side : report.sides) {
        all.emplace_back().side = &side;
        makeReady(all.back(), report, bench);
        bench.setFraction(madeReady * double(all.size()) / double(report.sides.size()));
    }
    for (Ready& ready : all)
        ready.runs->warmUp();
    for (size_t round = 0; round < bench.runs(); ++round)
        for (Ready& ready : all) {
            ready.runs->run();
            const double done = double(ready.runs->totals().size()) / double(bench.runs() + 1);
            bench.setFraction(madeReady + (sidesShare - madeReady) * done);
        }
    all.front().runs->run();
    for (Ready& ready : all) {
        ready.side->times = ready.runs->times();
        if (&ready != &all.front())
            ready.side->timeRatio = ratioInTurns(ready.runs->totals(), all.front().runs->totals());
        ready.side->snapshot = snapshotOf(ready, bench, style);
    }
}

void addTimeRatios(ExperimentReport& report)
{
    for (size_t i = 1; i < report.sides.size(); ++i) {
        const std::string suffix = i == 1 ? "" : "_" + std::to_string(i + 1);
        const Ratio& time = report.sides[i].timeRatio;
        if (!time.known())
            continue;
        report.ratio("time" + suffix, time.median);
        report.ratio("time_min" + suffix, time.least);
        report.ratio("time_max" + suffix, time.most);
    }
}

} // namespace

void measureExperiment(
    const Experiment& experiment, ExperimentReport& report, ExperimentBench& bench,
    const MapStyle& style)
{
    if (experiment.timed && !report.sides.empty()) {
        measureSides(report, bench, style);
        addTimeRatios(report);
        const Graph& first = report.sides.front().network->graph;
        report.input =
            report.sides.front().whole
                ? (bench.subject().picture.isNull() ? "a pattern by rule" : "the picture")
                : bench.inputText(report.at, first[first.input()].shape);
    }
    if (experiment.measure)
        experiment.measure(report.values, report, bench);
    report.device = describeDevice(bench.site().device.info()).toStdString();
    report.measured = true;
    report.verdict = experiment.judge(report);
}

} // namespace inceptoscope
