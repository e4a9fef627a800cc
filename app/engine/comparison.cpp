#include "engine/comparison.h"

#include "engine/labels.h"
#include "engine/loader.h"
#include "engine/open_network.h"
#include "engine/picture.h"
#include "error.h"
#include "weights/synthetic.h"

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

void runAll(
    ComparisonResult& result, const ComparisonRequest& request, const OpenedNetwork& opened,
    const MeasuringSite& site)
{
    const Graph& graph = result.network->graph;
    const auto session =
        makeSession(site, graph, *opened.weights, {.network = result.network->title}, sessionShare);
    result.weightBytes = session->weightBytes();
    result.activationBytes = session->activationBytes();
    feed(*session, *result.network, request.picture);
    const double all = double(request.runs + 1);
    size_t modules = 0;
    const auto each = double(session->modules().size());
    result.times = measure(*session, graph, request.runs, [&](size_t) {
        const double done = double(modules++) / each / all;
        return site.goOn(std::min(1.0, sessionShare + (1 - sessionShare) * done));
    });
    if (const auto node = graph.probabilities())
        result.top = topClasses(session->read(*node), topCount, *opened.labels);
}

} // namespace

std::unique_ptr<Session> makeSession(
    const MeasuringSite& site, const Graph& graph, const TensorSource& weights,
    const SessionOptions& options, double share)
{
    const auto make = [&] {
        return std::make_unique<Session>(
            site.device, graph, weights, options,
            [&](double fraction) { return site.goOn(fraction * share); });
    };
    try {
        return make();
    } catch (const Error& error) {
        if (error.kind() != ErrorKind::OutOfMemory)
            throw;
    }
    site.makeRoom();
    return make();
}

void feed(Session& session, const Network& network, const QImage& picture)
{
    const Shape& input = network.graph[network.graph.input()].shape;
    if (!picture.isNull()) {
        const QImage opaque = opaqueRgba(picture);
        session.setImage(viewOf(opaque), network.preprocessing);
        return;
    }
    std::vector<float> values;
    for (const uint8_t pixel : syntheticPicture(input.h, input.w, ""))
        values.push_back((float(pixel) - 128.0F) / 64.0F);
    session.setInput(values);
}

ComparisonResult
measureNetwork(const ComparisonRequest& request, size_t index, const MeasuringSite& site)
{
    ComparisonResult result;
    result.index = index;
    result.entry = request.entries.at(index);
    result.inputSize = request.inputSize;
    result.weights = weightsState(result.entry.weights);
    result.device = describeDevice(site.device.info());
    const auto body = [&] {
        OpenedNetwork opened = open(result.entry, request.inputSize);
        result.network = std::make_shared<const Network>(std::move(opened.network));
        runAll(result, request, opened, site);
    };
    result.error = failureOf(body, "network");
    return result;
}

} // namespace inceptoscope
