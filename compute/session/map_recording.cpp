#include "session/map_recording.h"

#include "error.h"
#include "session/node_dispatches.h"

#include <algorithm>
#include <cmath>

namespace inceptoscope {

namespace {

constexpr uint64_t colourBytes = sizeof(FeatureMapStyle::colours);
static_assert(colourBytes == colourTableBytes);

uint64_t align(uint64_t bytes)
{
    return (bytes + 255) / 256 * 256;
}

/// The device's own memory where the host can read it, else the copy.
std::span<const std::byte> visible(
    DeviceMemory& memory, Memory kind, uint64_t offset, const Buffer* copy, uint64_t copied,
    uint64_t bytes)
{
    const std::span<std::byte> own = memory.at(kind).mapped();
    return own.empty() ? copy->mapped().subspan(copied + offset, bytes)
                       : own.subspan(offset, bytes);
}

} // namespace

MapRecording::MapRecording(
    const Graph& graph, const Plan& plan, std::span<const FeatureMapRequest> requests,
    const FeatureMapStyle& style, float keeps)
    : m_scaling(style.scaling)
    , m_diverging(style.diverging)
    , m_keeps(keeps)
{
    for (const FeatureMapRequest& request : requests) {
        if (!plan.kept.at(request.node))
            throw Error(
                ErrorKind::Usage,
                "session: the result of " + graph[request.node].name + " isn't kept");
        MapJob job{.request = request, .picture = {}, .tensor = placed(plan, request.node)};
        const Shape& shape = job.tensor.layout.shape;
        const uint32_t first = std::min(request.firstChannel, shape.c - 1);
        const uint32_t count = request.channels == 0 ? shape.c - first : request.channels;
        job.picture = {
            .columns = std::max(request.columns, 1U),
            .gap = request.gap,
            .firstChannel = first,
            .channels = request.strongest ? 1 : std::min(count, shape.c - first),
            .strongest = request.strongest,
            .nanColour = nanColour};
        job.picture.columns = std::min(job.picture.columns, job.picture.channels);
        job.statistics = m_statisticsBytes;
        job.tableBytes = channelTableBytes(job.tensor.layout);
        m_statisticsBytes += job.tableBytes;
        job.atlas = m_atlasBytes;
        job.atlasBytes = uint64_t(job.picture.width(shape)) * job.picture.height(shape) * 4;
        m_atlasBytes += align(job.atlasBytes);
        m_jobs.push_back(job);
    }
}

void MapRecording::prepare(DeviceMemory& memory, const FeatureMapStyle& style) const
{
    memory.require(Memory::Scratch, m_statisticsBytes * 2);
    memory.require(Memory::Atlas, m_atlasBytes);
    const std::span<std::byte> colours = memory.require(Memory::Colours, colourBytes).mapped();
    std::byte* to = colours.empty() ? memory.upload(colourBytes).mapped().data() : colours.data();
    std::memcpy(to, style.colours.data(), colourBytes);
}

void MapRecording::record(Recorder& recorder, DeviceMemory& memory, Buffer* readback) const
{
    Buffer& colours = memory.at(Memory::Colours);
    if (colours.mapped().empty())
        recorder.copy({&memory.upload(colourBytes), 0, colourBytes}, {&colours, 0, colourBytes});
    if (m_keeps == 0) // else once, before the first
        recorder.fillZero({&memory.at(Memory::Atlas), 0, m_atlasBytes});
    const uint64_t ranges = m_statisticsBytes;
    for (const MapJob& job : m_jobs)
        memory.record(recorder, channelStatistics(job.tensor, job.statistics));
    for (const MapJob& job : m_jobs)
        memory.record(
            recorder, channelRanges(
                          job.tensor, job.statistics, ranges + job.statistics,
                          // Single values have no range of their own to show.
                          {.perLayer = m_scaling == Scaling::PerLayer ||
                                       job.tensor.layout.shape.pixels() == 1,
                           .diverging = m_diverging,
                           .keeps = m_keeps}));
    for (const MapJob& job : m_jobs)
        memory.record(
            recorder, featureMap(job.tensor, job.picture, ranges + job.statistics, job.atlas));
    if (!memory.at(Memory::Atlas).mapped().empty())
        return;
    recorder.copy(
        {&memory.at(Memory::Scratch), 0, m_statisticsBytes}, {readback, 0, m_statisticsBytes});
    recorder.copy(
        {&memory.at(Memory::Atlas), 0, m_atlasBytes}, {readback, m_statisticsBytes, m_atlasBytes});
}

std::span<const std::byte>
MapRecording::statistics(const MapJob& job, DeviceMemory& memory, const Buffer* readback) const
{
    return visible(memory, Memory::Scratch, job.statistics, readback, 0, job.tableBytes);
}

std::span<const std::byte>
MapRecording::pixels(const MapJob& job, DeviceMemory& memory, const Buffer* readback) const
{
    return visible(memory, Memory::Atlas, job.atlas, readback, m_statisticsBytes, job.atlasBytes);
}

FeatureMapAtlas emptyAtlas(const MapJob& job)
{
    const Shape& shape = job.tensor.layout.shape;
    return {
        .node = job.request.node,
        .width = job.picture.width(shape),
        .height = job.picture.height(shape),
        .columns = job.picture.columns,
        .gap = job.picture.gap,
        .tileWidth = shape.w,
        .tileHeight = shape.h,
        .pixels = {},
        .statistics = {}};
}

void readStatistics(std::span<const std::byte> bytes, std::span<ChannelStatistics> out)
{
    static_assert(sizeof(ChannelStatistics) == 32); // as the shader writes them
    std::memcpy(out.data(), bytes.data(), out.size_bytes());
    for (ChannelStatistics& channel : out)
        if (channel.minimum > channel.maximum)
            channel.minimum = channel.maximum = channel.mean = std::nanf("");
}

} // namespace inceptoscope
