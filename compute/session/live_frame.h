#pragma once

#include "kernels/preprocess.h"
#include "session/map_recording.h"
#include "session/session.h"

#include <memory>
#include <span>
#include <vector>

namespace inceptoscope {

/// Milliseconds of the parts of one frame by the device's timestamps; negative where it has none.
struct FrameTimes
{
    double picture = -1; ///< copy to the device, and preprocessing
    double network = -1;
    double maps = -1;     ///< statistics and pictures
    double readback = -1; ///< copies for the host; nearly nothing where it sees the device's memory
    double waited = -1;   ///< by the host's clock: from the submission to its end
};

/// The whole way of one picture after another: preprocessing, network, pictures of feature maps,
/// and tensors for the host. Recorded once and submitted for each frame: one submission, one wait,
/// and nothing allocated or recorded in between. Its buffers are its own, apart from the
/// activations and weights, which are the session's: after run(), what the session reads and
/// draws is this frame's.
class LiveFrame
{
public:
    /// Pictures of this size; `values`: results to read after each frame, such as probabilities.
    /// The session must outlive it. Made by Session::makeLiveFrame().
    LiveFrame(
        Session::Impl& session, uint32_t width, uint32_t height, const Preprocessing& preprocessing,
        std::vector<NodeId> values);
    ~LiveFrame();
    LiveFrame(const LiveFrame&) = delete;
    LiveFrame& operator=(const LiveFrame&) = delete;

    [[nodiscard]] uint32_t width() const { return m_width; }
    [[nodiscard]] uint32_t height() const { return m_height; }
    /// Records anew which maps a frame draws, and how. Throws as Session::renderFeatureMaps().
    void setMaps(std::span<const FeatureMapRequest> requests, const FeatureMapStyle& style);

    /// Where the next frame goes: RGBA8 rows without gaps.
    [[nodiscard]] std::span<std::byte> picture();
    /// One frame from picture() to the results below.
    void run();

    [[nodiscard]] const std::vector<MapJob>& jobs() const { return m_maps->jobs(); }
    /// width * height pixels of a job's picture, 0xAABBGGRR; valid until the next run().
    [[nodiscard]] std::span<const std::byte> pixels(const MapJob& job);
    /// Into one entry a channel of the tensor.
    void statistics(const MapJob& job, std::span<ChannelStatistics> out);
    /// [C,H,W] of values[i], into as many floats.
    void read(size_t i, std::span<float> chw);
    [[nodiscard]] uint64_t deviceBytes() const; ///< beside what the session has
    [[nodiscard]] FrameTimes times() const { return m_times; }

private:
    void recordPicture(const Preprocessing& preprocessing);
    void recordNetwork();
    void recordReadback();
    void readTimes();

    Session::Impl& m_session;
    uint32_t m_width;
    uint32_t m_height;
    DeviceMemory m_memory;
    Recorder m_first;   ///< picture to input
    Recorder m_network; ///< all modules, ops as close as data allows
    Recorder m_drawing; ///< maps
    Recorder m_last;    ///< values
    Handle<VkQueryPool, vkDestroyQueryPool> m_queries;
    std::optional<Buffer> m_upload;   ///< absent where the host writes to the device's memory
    std::optional<Buffer> m_readback; ///< of maps; likewise
    std::optional<Buffer> m_results;  ///< of values; likewise
    std::vector<NodeId> m_values;
    std::unique_ptr<MapRecording> m_maps;
    FrameTimes m_times;
};

} // namespace inceptoscope
