#include "session/session_impl.h"

#include "error.h"
#include "session/map_recording.h"
#include "session/tensor_copy.h"

#include <algorithm>
#include <cmath>

namespace inceptoscope {

namespace {

constexpr uint64_t readbackBytes = uint64_t(1) << 20;

} // namespace

void Session::Impl::requirePicture(NodeId id, uint32_t picture) const
{
    const uint32_t n = graph[id].shape.n;
    if (picture >= n)
        throw Error(
            ErrorKind::Usage, "session: picture " + std::to_string(picture + 1) + " of " +
                                  graph[id].name + ", which has " + std::to_string(n));
}

std::vector<float> Session::Impl::readAll(NodeId id)
{
    const Shape& shape = graph[id].shape;
    std::vector<float> all = read(id, 0, 0, shape.c);
    all.reserve(shape.elements());
    for (uint32_t picture = 1; picture < shape.n; ++picture) {
        const std::vector<float> one = read(id, picture, 0, shape.c);
        all.insert(all.end(), one.begin(), one.end());
    }
    return all;
}

std::vector<float>
Session::Impl::read(NodeId id, uint32_t picture, uint32_t firstChannel, uint32_t channels)
{
    requirePicture(id, picture);
    const Slot& slot = plan.slots.at(id);
    const Shape& shape = slot.layout.shape;
    if (!plan.kept[id])
        throw Error(ErrorKind::Usage, "session: the result of " + graph[id].name + " isn't kept");
    if (firstChannel + channels > shape.c)
        throw Error(
            ErrorKind::Usage, "session: " + graph[id].name + " has " + std::to_string(shape.c) +
                                  " channels, not " + std::to_string(firstChannel + channels));
    const uint64_t plane = uint64_t(slot.layout.planeStride) * texelBytes(plan.precision);
    const uint64_t first = firstChannel / 4;
    const uint64_t end = (firstChannel + channels + 3) / 4;
    // Some planes at a time: a readback buffer as large as the largest tensor would stay.
    const uint64_t step = std::max<uint64_t>(readbackBytes / plane, 1);
    std::vector<float> values(size_t(channels) * shape.pixels());
    float* to = values.data();
    for (uint64_t begin = first; begin < end; begin += step) {
        const uint64_t bytes = std::min(step, end - begin) * plane;
        Buffer& readback = memory.readback(bytes);
        transient("reading " + graph[id].name, [&](Recorder& r) {
            r.copy(
                {&memory.at(Memory::Arena),
                 slot.offset + slot.layout.pictureOffset(picture) + begin * plane, bytes},
                {&readback, 0, bytes});
        });
        const auto from = std::max(firstChannel, uint32_t(begin * 4));
        const auto until =
            std::min(firstChannel + channels, uint32_t((begin * plane + bytes) / plane * 4));
        const std::span<float> part(to, size_t(until - from) * shape.pixels());
        unpackTensor(slot.layout, from, until - from, readback.mapped(), part);
        to += part.size();
    }
    const bool halves = plan.precision == Precision::Fp16;
    if (halves &&
        !std::all_of(values.begin(), values.end(), [](float v) { return std::isfinite(v); }))
        throw Error(
            ErrorKind::Unsupported, "session: " + graph[id].name +
                                        " has values that fp16 can't hold (it ends at 65504); use "
                                        "--precision fp32");
    return values;
}

std::vector<FeatureMapAtlas> Session::Impl::renderFeatureMaps(
    std::span<const FeatureMapRequest> requests, const FeatureMapStyle& style)
{
    if (requests.empty())
        return {};
    const MapRecording maps(graph, plan, requests, style);
    maps.prepare(memory, style);
    const bool seen = !memory.at(Memory::Atlas).mapped().empty();
    Buffer* readback = seen ? nullptr : &memory.readback(maps.readbackBytes());
    transient("drawing feature maps", [&](Recorder& r) { maps.record(r, memory, readback); });
    std::vector<FeatureMapAtlas> result;
    for (const MapJob& job : maps.jobs()) {
        FeatureMapAtlas& atlas = result.emplace_back(emptyAtlas(job));
        atlas.statistics.resize(job.tensor.layout.shape.c);
        readStatistics(maps.statistics(job, memory, readback), atlas.statistics);
        const std::span<const std::byte> pixels = maps.pixels(job, memory, readback);
        atlas.pixels.resize(pixels.size() / 4);
        std::memcpy(atlas.pixels.data(), pixels.data(), pixels.size());
    }
    return result;
}

} // namespace inceptoscope
