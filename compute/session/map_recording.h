#pragma once

#include "kernels/feature_map.h"
#include "plan/plan.h"
#include "session/feature_maps.h"
#include "session/memory.h"

#include <span>
#include <vector>

namespace inceptoscope {

/// Where the parts of one requested picture lie.
struct MapJob
{
    FeatureMapRequest request;
    FeatureMapPicture picture;
    Placed tensor;
    uint64_t statistics = 0; ///< bytes in Scratch, and in what the host reads
    uint64_t tableBytes = 0; ///< of the statistics; ranges of the same size follow all statistics
    uint64_t atlas = 0;      ///< bytes in Atlas
    uint64_t atlasBytes = 0;
};

/// Pictures of feature maps as commands: statistics, ranges and pictures in one go, without the
/// host in between.
class MapRecording
{
public:
    /// `keeps`: see RangeOptions.
    /// Throws Error(Usage) for a node whose result the plan doesn't keep.
    MapRecording(
        const Graph& graph, const Plan& plan, std::span<const FeatureMapRequest> requests,
        const FeatureMapStyle& style, float keeps = 0);

    /// Grows Scratch, Atlas and Colours to what is needed, and sets the colours: at once where the
    /// host writes to the device's memory, else in the uploading buffer, from which record()
    /// copies.
    void prepare(DeviceMemory& memory, const FeatureMapStyle& style) const;
    /// With copies to `readback` (statistics, then atlases) where the host can't read the device's
    /// memory; else that is null.
    void record(Recorder& recorder, DeviceMemory& memory, Buffer* readback) const;

    [[nodiscard]] const std::vector<MapJob>& jobs() const { return m_jobs; }
    [[nodiscard]] uint64_t readbackBytes() const { return m_statisticsBytes + m_atlasBytes; }
    /// What the commands wrote, as bytes the host can read; `readback` as for record().
    [[nodiscard]] std::span<const std::byte>
    statistics(const MapJob& job, DeviceMemory& memory, const Buffer* readback) const;
    [[nodiscard]] std::span<const std::byte>
    pixels(const MapJob& job, DeviceMemory& memory, const Buffer* readback) const;

private:
    std::vector<MapJob> m_jobs;
    uint64_t m_statisticsBytes = 0;
    uint64_t m_atlasBytes = 0;
    Scaling m_scaling = Scaling::PerChannel;
    bool m_diverging = false;
    float m_keeps = 0;
};

/// Everything about a picture but its pixels and statistics.
[[nodiscard]] FeatureMapAtlas emptyAtlas(const MapJob& job);

/// One entry a channel of the tensor, into `out` of that size.
void readStatistics(std::span<const std::byte> bytes, std::span<ChannelStatistics> out);

} // namespace inceptoscope
