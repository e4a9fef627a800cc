#include "engine/measuring_site.h"

#include "engine/picture.h"
#include "error.h"
#include "weights/synthetic.h"

#include <vector>

namespace inceptoscope {

std::unique_ptr<Session> makeSession(
    const MeasuringSite& site, const Graph& graph, const TensorSource& weights,
    const SessionOptions& options, double share)
{
    SessionOptions shared = options;
    shared.pipelines = site.pipelines;
    const auto make = [&] {
        return std::make_unique<Session>(site.device, graph, weights, shared, [&](double fraction) {
            return site.goOn(fraction * share);
        });
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

} // namespace inceptoscope
