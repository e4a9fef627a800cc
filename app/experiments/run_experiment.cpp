#include "experiments/run_experiment.h"

#include "engine/loader.h"
#include "engine/measure.h"
#include "engine/module_pictures.h"
#include "engine/run_snapshot.h"
#include "vulkan/device.h"
#include "weights/layer_weights.h"
#include "weights/synthetic.h"

#include <chrono>
#include <list>

namespace inceptoscope {

namespace {

using Clock = std::chrono::steady_clock;

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

/// Whoever watches sees a side's times as soon as it has run once.
void showFirstRun(
    const Ready& ready, const ExperimentReport& report, const ExperimentBench& bench,
    const MapStyle& style)
{
    ready.side->times = ready.runs->times();
    ready.side->snapshot = snapshotOf(ready, bench, style);
    bench.showSoFar(report);
}

/// Round by round, each side once, as often as there is time for; the first one again at the end,
/// so that each run of another stands between two of it.
void measureSides(ExperimentReport& report, ExperimentBench& bench, const MapStyle& style)
{
    const auto begin = Clock::now();
    const auto seconds = [&] {
        return std::chrono::duration<double>(Clock::now() - begin).count();
    };
    double took = 0; // the last round
    std::list<Ready> all;
    for (ExperimentSide& side : report.sides) {
        if (side.times.runs > 0)
            continue; // known from before
        all.emplace_back().side = &side;
        makeReady(all.back(), report, bench);
        all.back().runs->warmUp();
        const double before = seconds();
        all.back().runs->run();
        took += seconds() - before;
        showFirstRun(all.back(), report, bench, style);
        bench.setFraction(madeReady * double(all.size()) / double(report.sides.size()));
    }
    if (all.empty())
        return;
    const Effort& effort = bench.effort();
    for (size_t round = 1; round < effort.runs && seconds() + took < effort.seconds; ++round) {
        const double before = seconds();
        for (Ready& ready : all)
            ready.runs->run();
        took = seconds() - before;
        bench.setFraction(
            madeReady + (sidesShare - madeReady) * double(round) / double(effort.runs));
    }
    // Where the first side is known from before, nothing was run in turns with it.
    const bool inTurns = all.front().side == &report.sides.front();
    if (inTurns && all.size() > 1)
        all.front().runs->run();
    for (Ready& ready : all) {
        ready.side->times = ready.runs->times();
        if (inTurns && &ready != &all.front())
            ready.side->timeRatio = ratioInTurns(ready.runs->totals(), all.front().runs->totals());
        ready.side->snapshot = snapshotOf(ready, bench, style);
    }
}

/// What was measured on another device doesn't count.
void forgetOthers(ExperimentReport& report, const std::string& device)
{
    if (report.device == device)
        return;
    for (ExperimentSide& side : report.sides) {
        side.times = {};
        side.timeRatio = {};
        side.snapshot = nullptr;
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
    bench.setStyle(style);
    const std::string device = describeDevice(bench.site().device.info()).toStdString();
    forgetOthers(report, device);
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
    report.device = device;
    report.measured = true;
    report.verdict = experiment.judge(report);
}

} // namespace inceptoscope
