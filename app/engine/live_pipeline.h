#pragma once

#include "engine/run_snapshot.h"
#include "engine/stage_request.h"
#include "session/live_frame.h"

#include <memory>
#include <optional>
#include <vector>

namespace inceptoscope {

/// Where a frame's time goes, in milliseconds.
struct LiveTimes
{
    double upload = 0;     ///< the frame into memory that the device sees
    FrameTimes device;     ///< preprocessing, network, maps, readback
    double conversion = 0; ///< into the pictures that the window shows, and the top classes
};

/// Live pictures through one session: everything is recorded once for a frame size, a stage and a
/// style, and each frame is one submission. Pictures that nobody shows any more are used again.
class LivePipeline
{
public:
    /// The session runs `network` and must outlive this.
    LivePipeline(
        std::shared_ptr<const Network> network, Session& session,
        std::shared_ptr<const ClassLabels> labels, QSize frame);

    [[nodiscard]] QSize frameSize() const;
    /// What the next frames draw; does nothing where that is what they draw already.
    void setStage(const StageRequest& stage, const FeatureMapStyle& style);
    /// `frame`: of frameSize(), best in Format_RGBX8888 or RGBA8888, else converted.
    void run(const QImage& frame);
    /// Thumbnails, maps of the stage, and top classes of the last frame.
    void fill(RunSnapshot& snapshot);
    /// Beside what the session has.
    [[nodiscard]] uint64_t deviceBytes() const { return m_frame->deviceBytes(); }
    [[nodiscard]] const LiveTimes& times() const { return m_times; }

private:
    [[nodiscard]] std::shared_ptr<ModulePictures> unusedPictures();

    std::shared_ptr<const Network> m_network;
    Session& m_session;
    std::shared_ptr<const ClassLabels> m_labels;
    std::unique_ptr<LiveFrame> m_frame;
    std::vector<ModuleId> m_modules; ///< that run, the input first
    std::optional<StageRequest> m_stage;
    FeatureMapStyle m_style;
    bool m_staged = false;                               ///< the module on stage is one that runs
    std::vector<std::shared_ptr<ModulePictures>> m_pool; ///< shown now, or before
    std::vector<float> m_probabilities;
    LiveTimes m_times;
};

} // namespace inceptoscope
