#pragma once

#include "engine/engine.h"
#include "engine/loader.h"

#include <functional>
#include <optional>
#include <utility>

namespace inceptoscope {

/// A frame of a live picture.
struct LivePicture
{
    QImage frame;
    QString title;
    LiveState state;
};

/// What was asked of a frame: see RunSnapshot.
struct FrameResult
{
    StudyResult study;
    QString problem;
};

/// Runs the loaded network on the picture, module by module, and makes the pictures of what
/// is on stage. Keeps what it needs to show another module, style or channel without running.
class Runner
{
public:
    using Publish = std::function<void(std::shared_ptr<const RunSnapshot>)>;
    using PublishChannel = std::function<void(std::shared_ptr<const ChannelData>)>;
    /// Called between modules; false stops the run.
    using Between = std::function<bool()>;

    Runner(Publish publish, PublishChannel publishChannel);

    void setPicture(const QImage& picture, const QString& title);
    void setStage(const StageRequest& stage);
    void setStyle(const FeatureMapStyle& style);
    void requestChannel(NodeId node, uint32_t channel) { m_channel = {node, channel}; }
    [[nodiscard]] bool hasPicture() const { return !m_picture.isNull(); }

    /// Returns false when `between` stopped it.
    bool run(Loaded& loaded, const QString& device, const Between& between);
    /// One frame of a live picture through the whole network, without measuring; then `ask`.
    void runFrame(
        Loaded& loaded, const QString& device, const LivePicture& picture,
        const std::function<FrameResult(const QImage& frame)>& ask);
    /// Makes what setStage(), setStyle() and requestChannel() asked for, as far as the modules
    /// that ran allow, and publishes it.
    void refresh(Loaded& loaded);
    /// The loaded network's classes have other names: publishes what is there with them.
    void nameClasses(const Loaded& loaded);
    /// The activations are gone: the session was replaced or lost.
    void forget();

private:
    /// A snapshot with nothing in it but what it is of.
    void reset(Loaded& loaded, const QString& device);
    void beginFrames(Loaded& loaded, const QString& device, const LivePicture& picture);
    void begin(Loaded& loaded, const QString& device);
    void finishModule(Loaded& loaded, ModuleId module);
    /// Runs all modules again, for their times only; false when `between` stopped it.
    bool measure(Loaded& loaded, const Between& between);
    /// Takes the times of the run that just ended, and shows the medians.
    void addTimes(Loaded& loaded);
    void showTimes(Loaded& loaded);
    void readTimes(Loaded& loaded, ModuleId module);
    void readTop(Loaded& loaded);
    void finish();
    void serveChannel(Loaded& loaded);
    [[nodiscard]] bool ran(Loaded& loaded, ModuleId module) const;
    void publish() const;

    Publish m_publish;
    PublishChannel m_publishChannel;
    QImage m_picture; ///< as it came
    QImage m_opaque;  ///< the same for the session; made once a picture
    QString m_title;
    StageRequest m_stage;
    FeatureMapStyle m_style;
    std::optional<std::pair<NodeId, uint32_t>> m_channel;
    RunSnapshot m_now;
    std::vector<bool> m_ran; ///< by ModuleId: its activations are of m_now.run
    bool m_stageChanged = false;
    bool m_styleChanged = false;
};

} // namespace inceptoscope
