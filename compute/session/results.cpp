#include "session/session_impl.h"

#include "error.h"
#include "kernels/feature_map.h"
#include "session/node_dispatches.h"
#include "session/tensor_copy.h"

#include <algorithm>
#include <cmath>

namespace inceptoscope {

namespace {

constexpr uint64_t readbackBytes = uint64_t(1) << 20;
using Vec4 = std::array<float, 4>;

/// One requested picture and where its parts lie.
struct Job
{
    FeatureMapRequest request;
    FeatureMapPicture picture;
    Placed tensor;
    uint64_t statistics = 0; ///< bytes in Scratch; ranges of the same size follow all statistics
    uint64_t statisticsBytes = 0;
    uint64_t atlas = 0; ///< bytes in Atlas
    uint64_t atlasBytes = 0;
};

uint64_t align(uint64_t bytes)
{
    return (bytes + 255) / 256 * 256;
}

std::vector<ChannelStatistics> statisticsOf(const Job& job, std::span<const std::byte> readback)
{
    std::vector<ChannelStatistics> result(job.tensor.layout.shape.c);
    for (size_t c = 0; c < result.size(); ++c) {
        Vec4 v;
        std::memcpy(&v, readback.data() + job.statistics + c * sizeof(Vec4), sizeof v);
        result[c] = {.minimum = v[0], .maximum = v[1], .mean = v[2], .zeroShare = v[3]};
    }
    return result;
}

/// lowest and 1 / (highest - lowest); a constant map becomes the colour of the lowest value.
Vec4 range(float lowest, float highest, bool diverging)
{
    if (diverging) {
        const float most = std::max(std::abs(lowest), std::abs(highest));
        lowest = -most;
        highest = most;
        if (most == 0.0F)
            return {-1.0F, 0.5F, 0, 0};
    }
    return {lowest, highest > lowest ? 1.0F / (highest - lowest) : 0.0F, 0, 0};
}

void fillRanges(
    const std::vector<ChannelStatistics>& channels, const FeatureMapStyle& style, std::byte* out)
{
    float lowest = channels.front().minimum;
    float highest = channels.front().maximum;
    for (const ChannelStatistics& c : channels) {
        lowest = std::min(lowest, c.minimum);
        highest = std::max(highest, c.maximum);
    }
    for (size_t c = 0; c < channels.size(); ++c) {
        const bool alone = style.scaling == Scaling::PerChannel;
        const Vec4 v = range(
            alone ? channels[c].minimum : lowest, alone ? channels[c].maximum : highest,
            style.diverging);
        std::memcpy(out + c * sizeof(Vec4), &v, sizeof v);
    }
}

} // namespace

std::vector<float> Session::Impl::read(NodeId id, uint32_t firstChannel, uint32_t channels)
{
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
                {&memory.at(Memory::Arena), slot.offset + begin * plane, bytes},
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
    std::vector<Job> jobs;
    uint64_t statisticsBytes = 0;
    uint64_t atlasBytes = 0;
    for (const FeatureMapRequest& request : requests) {
        if (!plan.kept.at(request.node))
            throw Error(
                ErrorKind::Usage,
                "session: the result of " + graph[request.node].name + " isn't kept");
        Job job{.request = request, .picture = {}, .tensor = placed(plan, request.node)};
        const Shape& shape = job.tensor.layout.shape;
        const uint32_t first = std::min(request.firstChannel, shape.c - 1);
        const uint32_t count = request.channels == 0 ? shape.c - first : request.channels;
        job.picture = {
            .columns = std::max(request.columns, 1U),
            .gap = request.gap,
            .firstChannel = first,
            .channels = std::min(count, shape.c - first)};
        job.picture.columns = std::min(job.picture.columns, job.picture.channels);
        job.statistics = statisticsBytes;
        job.statisticsBytes = channelTableBytes(job.tensor.layout);
        statisticsBytes += job.statisticsBytes;
        job.atlas = atlasBytes;
        job.atlasBytes = uint64_t(job.picture.width(shape)) * job.picture.height(shape) * 4;
        atlasBytes += align(job.atlasBytes);
        jobs.push_back(job);
    }

    Buffer& scratch = memory.require(Memory::Scratch, statisticsBytes * 2);
    Buffer& atlas = memory.require(Memory::Atlas, atlasBytes);
    Buffer& colours = memory.require(Memory::Colours, sizeof style.colours);
    Buffer& readback = memory.readback(std::max(atlasBytes, statisticsBytes));
    transient("measuring feature maps", [&](Recorder& r) {
        for (const Job& job : jobs)
            memory.record(r, channelStatistics(job.tensor, job.statistics));
        r.copy({&scratch, 0, statisticsBytes}, {&readback, 0, statisticsBytes});
    });

    Buffer& upload = memory.upload(statisticsBytes + sizeof style.colours);
    std::memcpy(
        upload.mapped().data() + statisticsBytes, style.colours.data(), sizeof style.colours);
    std::vector<FeatureMapAtlas> result;
    for (const Job& job : jobs) {
        const Shape& shape = job.tensor.layout.shape;
        result.push_back(
            {.node = job.request.node,
             .width = job.picture.width(shape),
             .height = job.picture.height(shape),
             .columns = job.picture.columns,
             .gap = job.picture.gap,
             .tileWidth = shape.w,
             .tileHeight = shape.h,
             .pixels = {},
             .statistics = statisticsOf(job, readback.mapped())});
        fillRanges(result.back().statistics, style, upload.mapped().data() + job.statistics);
    }
    transient("drawing feature maps", [&](Recorder& r) {
        r.copy({&upload, 0, statisticsBytes}, {&scratch, statisticsBytes, statisticsBytes});
        r.copy(
            {&upload, statisticsBytes, sizeof style.colours}, {&colours, 0, sizeof style.colours});
        for (const Job& job : jobs)
            memory.record(
                r,
                featureMap(job.tensor, job.picture, statisticsBytes + job.statistics, job.atlas));
        r.copy({&atlas, 0, atlasBytes}, {&readback, 0, atlasBytes});
    });
    for (size_t i = 0; i < jobs.size(); ++i) {
        result[i].pixels.resize(jobs[i].atlasBytes / 4);
        std::memcpy(
            result[i].pixels.data(), readback.mapped().data() + jobs[i].atlas, jobs[i].atlasBytes);
    }
    return result;
}

} // namespace inceptoscope
