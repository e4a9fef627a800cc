#include "engine/comparison.h"

#include "engine/labels.h"
#include "engine/loader.h"
#include "engine/measure.h"
#include "engine/measuring_site.h"
#include "engine/open_network.h"
#include "vulkan/device.h"

#include <algorithm>

namespace inceptoscope {

namespace {

constexpr size_t topCount = 5;
/// Of a network's measuring, by experience: making the session, then the runs.
constexpr double sessionShare = 0.4;

OpenedNetwork open(const ComparisonEntry& entry, std::optional<uint32_t> inputSize)
{
    NetworkRequest request{.network = entry.network, .weights = entry.weights};
    if (inputSize) {
        (void)makeNetwork(entry.network, {.inputSize = inputSize}); // for its sentence
        request.input["input_size"] = std::to_string(*inputSize);
    }
    return openNetwork(request);
}

/// A network that is ready to run.
struct Ready
{
    OpenedNetwork opened;
    std::unique_ptr<Session> session;

    [[nodiscard]] const Graph& graph() const { return opened.network.graph; }
};

Ready makeReady(
    OpenedNetwork opened, const ComparisonRequest& request, const MeasuringSite& site, double share)
{
    const Network& network = opened.network;
    auto session =
        makeSession(site, network.graph, *opened.weights, {.network = network.title}, share);
    feed(*session, network, request.picture);
    return {.opened = std::move(opened), .session = std::move(session)};
}

/// Nothing where there is none, where the subject is it, or where it can't be run: nothing is
/// thrown out to make room for it.
std::optional<Ready> makeReference(
    const ComparisonRequest& request, const ComparisonEntry& subject, const MeasuringSite& site)
{
    std::optional<Ready> ready;
    if (request.reference.empty() || request.reference == subject.network)
        return ready;
    const MeasuringSite quiet{.device = site.device, .goOn = [&](double) { return site.goOn(0); }};
    const auto make = [&] {
        ready =
            makeReady(open({.network = request.reference}, request.inputSize), request, quiet, 0);
    };
    (void)failureOf(make, "network");
    return ready;
}

void runAll(
    ComparisonResult& result, const ComparisonRequest& request, OpenedNetwork opened,
    const MeasuringSite& site)
{
    std::optional<Ready> reference = makeReference(request, result.entry, site);
    const MeasuringSite roomier{.device = site.device, .goOn = site.goOn, .makeRoom = [&] {
                                    reference.reset();
                                    site.makeRoom();
                                }};
    const Ready subject = makeReady(std::move(opened), request, roomier, sessionShare);
    result.weightBytes = subject.session->weightBytes();
    result.activationBytes = subject.session->activationBytes();

    const double all = double(request.runs + 1) * double(subject.session->modules().size());
    double fraction = sessionShare;
    size_t modules = 0;
    RunSeries runs(*subject.session, subject.graph(), [&](size_t) {
        fraction = std::min(1.0, sessionShare + (1 - sessionShare) * double(modules++) / all);
        return site.goOn(fraction);
    });
    if (reference) {
        RunSeries others(
            *reference->session, reference->graph(), [&](size_t) { return site.goOn(fraction); });
        result.ratio = measureInTurns(others, runs, request.runs);
    } else {
        measureAlone(runs, request.runs);
        if (request.reference == result.entry.network)
            result.ratio = {.median = 1, .least = 1, .most = 1};
    }
    if (result.ratio.known())
        result.reference = request.reference;
    result.times = runs.times();
    if (const auto node = subject.graph().probabilities())
        result.top = topClasses(subject.session->read(*node), topCount, *subject.opened.labels);
}

} // namespace

ComparisonResult
measureNetwork(const ComparisonRequest& request, size_t index, const MeasuringSite& site)
{
    ComparisonResult result;
    result.index = index;
    result.entry = request.entries.at(index);
    result.inputSize = request.inputSize;
    result.weights = weightsState(result.entry.weights);
    result.device = describeDevice(site.device.info());
    result.driver = QString::fromStdString(site.device.info().driver);
    const auto body = [&] {
        OpenedNetwork opened = open(result.entry, request.inputSize);
        result.network = std::make_shared<const Network>(opened.network);
        runAll(result, request, std::move(opened), site);
    };
    result.error = failureOf(body, "network");
    result.when = QDateTime::currentDateTime();
    return result;
}

} // namespace inceptoscope
