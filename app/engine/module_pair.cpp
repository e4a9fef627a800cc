#include "engine/module_pair.h"

#include "engine/loader.h"
#include "engine/measure.h"
#include "engine/measuring_site.h"
#include "engine/module_pictures.h"
#include "engine/open_network.h"
#include "error.h"
#include "graph/module_graph.h"
#include "weights/layer_weights.h"
#include "weights/synthetic.h"

#include <algorithm>

namespace inceptoscope {

namespace {

constexpr ModuleId cutModule = 1;

ModuleId moduleNamed(const Graph& graph, const std::string& name)
{
    if (const auto id = graph.findModule(name))
        return *id;
    throw Error(ErrorKind::Usage, "module \"" + name + "\" doesn't exist");
}

NodeId sourceOf(const Graph& graph, ModuleId module)
{
    return graph.modules()[module].inputs.front();
}

/// What the network hands its module of the picture.
std::vector<float> tensorInFront(
    const OpenedNetwork& opened, ModuleId module, const QImage& picture, const MeasuringSite& site)
{
    const Graph& graph = opened.network.graph;
    const NodeId source = sourceOf(graph, module);
    const auto session = makeSession(
        site, graph, *opened.weights,
        {.keep = Keep::Taps, .taps = {source}, .timeOps = false, .network = opened.network.title},
        1.0);
    feed(*session, opened.network, picture);
    for (const ModuleId id : session->modules()) {
        if (id > graph[source].module)
            break;
        if (!site.goOn(1))
            throw Error(ErrorKind::Cancelled, "measuring was cancelled");
        session->runModule(id);
    }
    return session->read(source);
}

/// Values by rule, not below zero: as they come out of a ReLU.
std::vector<float> patternOf(const Shape& shape)
{
    std::vector<float> values = syntheticUniform("module input", shape.elements(), "");
    for (float& value : values)
        value = std::max(0.0F, value);
    return values;
}

/// Both modules' networks, and what goes into the modules.
struct Prepared
{
    std::array<std::optional<OpenedNetwork>, 2> opened;
    std::vector<float> input;
    QString source;
};

bool givesInput(const OpenedNetwork& opened, const ModulePairRequest& request, size_t side)
{
    const ModuleId module = moduleNamed(opened.network.graph, request.modules.at(side).module);
    return moduleInput(opened.network.graph, module) == request.input;
}

void prepareInput(
    Prepared& prepared, const ModulePairRequest& request, ModulePairResult& result,
    const MeasuringSite& site)
{
    for (size_t side = 0; side < 2 && prepared.input.empty(); ++side) {
        const auto& opened = prepared.opened.at(side);
        if (!opened || !result.sides.at(side).error.empty() || !givesInput(*opened, request, side))
            continue;
        const ModuleId module = moduleNamed(opened->network.graph, request.modules.at(side).module);
        prepared.input = tensorInFront(*opened, module, request.picture, site);
        prepared.source = QStringLiteral("what %1 hands its module %2 of the picture")
                              .arg(
                                  QString::fromStdString(opened->network.title),
                                  QString::fromStdString(request.modules.at(side).module));
    }
    if (!prepared.input.empty())
        return;
    prepared.input = patternOf(request.input);
    prepared.source = QStringLiteral("a pattern by rule, since neither network has such a tensor");
}

/// The network's weights where they fit the module on this input; null where they don't.
const TensorSource* fittingWeights(const OpenedNetwork& opened, const Graph& graph)
{
    return inspect(graph, *opened.weights).complete() ? opened.weights.get() : nullptr;
}

/// The same for a part of what is to do.
MeasuringSite partOf(const MeasuringSite& site, double from, double to)
{
    return {
        .device = site.device,
        .goOn = [&goOn = site.goOn, from,
                 to](double fraction) { return goOn(from + (to - from) * fraction); },
        .makeRoom = site.makeRoom};
}

/// Of all that is to do, by experience: the input is there, both sessions are.
constexpr double inputShare = 0.4;
constexpr double readyShare = 0.6;

/// A module with its input, ready to run.
struct Ready
{
    std::unique_ptr<Session> session;
    std::optional<RunSeries> runs;
};

Ready makeReady(
    ModulePairSide& side, RunSnapshot& snapshot, const OpenedNetwork& opened,
    const std::vector<float>& input, const MeasuringSite& site, size_t runs)
{
    const Graph& graph = snapshot.network->graph;
    const TensorSource* own = fittingWeights(opened, graph);
    const auto random = own == nullptr ? syntheticWeights(graph, "") : nullptr;
    snapshot.weights = weightsState(own == nullptr ? "synthetic" : opened.spec);
    if (own == nullptr && opened.trained)
        side.note = "trained weights don't fit the module on this input: here they are random";
    Ready ready;
    ready.session = makeSession(
        partOf(site, inputShare, readyShare), graph, own == nullptr ? *random : *own,
        {.network = snapshot.network->title}, 1.0);
    ready.session->setInput(input);
    ready.runs.emplace(*ready.session, graph, [goOn = site.goOn, runs](size_t done) {
        return goOn(readyShare + (1 - readyShare) * double(done) / double(runs + 1));
    });
    return ready;
}

void takeResults(
    ModulePairSide& side, RunSnapshot& snapshot, Ready& ready, const FeatureMapStyle& style)
{
    side.times = ready.runs->times();
    snapshot.opMilliseconds = side.times.opMilliseconds;
    snapshot.moduleMilliseconds = {0, side.times.median};
    snapshot.totalMilliseconds = side.times.median;
    snapshot.fastestMilliseconds = side.times.fastest;
    snapshot.slowestMilliseconds = side.times.slowest;
    snapshot.measuredRuns = int(side.times.runs);
    snapshot.shown = renderModule(*ready.session, snapshot.network->graph, cutModule, {}, style);
    snapshot.complete = true;
}

/// In turns, or the one that is there alone.
void measureBoth(ModulePairResult& result, std::array<Ready, 2>& ready, size_t runs)
{
    const auto there = [&](size_t i) { return ready.at(i).runs.has_value(); };
    if (there(0) && there(1)) {
        const auto inTurns = [&] {
            result.ratio = measureInTurns(*ready[0].runs, *ready[1].runs, runs);
        };
        const std::string problem = failureOf(inTurns, "module");
        result.sides[0].error = result.sides[1].error = problem;
        return;
    }
    for (size_t i = 0; i < 2; ++i)
        if (there(i))
            result.sides.at(i).error =
                failureOf([&] { measureAlone(*ready.at(i).runs, runs); }, "module");
}

} // namespace

Network moduleNetwork(const Network& network, const std::string& module, const Shape& input)
{
    const ModuleId id = moduleNamed(network.graph, module);
    Network alone = network;
    alone.graph = moduleGraph(network.graph, id, input);
    alone.auxiliaryLogits.clear();
    alone.embedding.reset();
    return alone;
}

ModulePairResult measurePair(const ModulePairRequest& request, const MeasuringSite& site)
{
    ModulePairResult result;
    result.number = request.number;
    Prepared prepared;
    std::array<std::shared_ptr<RunSnapshot>, 2> snapshots;
    for (size_t i = 0; i < 2; ++i) {
        ModulePairSide& side = result.sides.at(i);
        const ModuleChoice& choice = request.modules.at(i);
        const auto open = [&] {
            prepared.opened.at(i) =
                openNetwork({.network = choice.network, .weights = choice.weights});
            auto snapshot = std::make_shared<RunSnapshot>();
            snapshot->network = std::make_shared<const Network>(
                moduleNetwork(prepared.opened.at(i)->network, choice.module, request.input));
            snapshot->device = describeDevice(site.device.info());
            snapshot->labels = prepared.opened.at(i)->labels;
            snapshots.at(i) = snapshot;
            side.snapshot = std::move(snapshot);
        };
        side.error = failureOf(open, "module");
    }
    const std::string problem = failureOf(
        [&] { prepareInput(prepared, request, result, partOf(site, 0, inputShare)); }, "module");
    result.inputSource = prepared.source;
    std::array<Ready, 2> ready;
    const auto make = [&](size_t i) {
        result.sides.at(i).error = failureOf(
            [&] {
                ready.at(i) = makeReady(
                    result.sides.at(i), *snapshots.at(i), *prepared.opened.at(i), prepared.input,
                    site, request.runs);
            },
            "module");
    };
    const auto take = [&](size_t i) {
        ModulePairSide& side = result.sides.at(i);
        if (side.error.empty())
            side.error = failureOf(
                [&] { takeResults(side, *snapshots.at(i), ready.at(i), request.style); }, "module");
    };
    std::array<bool, 2> can{};
    for (size_t i = 0; i < 2; ++i) {
        std::string& error = result.sides.at(i).error;
        can.at(i) = error.empty() && problem.empty();
        if (can.at(i))
            make(i);
        else if (error.empty())
            error = problem;
    }
    measureBoth(result, ready, request.runs);
    take(0);
    if (can[0] && can[1] && result.sides[0].error.empty() && !result.sides[1].error.empty()) {
        // Perhaps for want of the memory that the first one has: then they have times, and no
        // ratio.
        ready[0] = {};
        make(1);
        measureBoth(result, ready, request.runs);
    }
    take(1);
    return result;
}

} // namespace inceptoscope
