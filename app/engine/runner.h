#pragma once

#include "engine/engine.h"
#include "engine/loader.h"
#include "engine/run_times.h"

#include <functional>
#include <optional>
#include <utility>

namespace inceptoscope {

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
    /// The next run measures anew.
    void forgetTimes() { m_times.clear(); }
    [[nodiscard]] bool hasPicture() const { return !m_picture.isNull(); }

    /// Returns false when `between` stopped it.
    bool run(const Loaded& loaded, const QString& device, const Between& between);
    /// Makes what setStage(), setStyle() and requestChannel() asked for, as far as the modules
    /// that ran allow, and publishes it.
    void refresh(const Loaded& loaded);
    /// The activations are gone: the session was replaced or lost.
    void forget();

private:
    void begin(const Loaded& loaded, const QString& device);
    void finishModule(const Loaded& loaded, ModuleId module);
    /// Runs all modules again, for their times only; false when `between` stopped it.
    bool measure(const Loaded& loaded, const Between& between);
    /// Takes the times of the run that just ended, and shows the medians.
    void addTimes(const Loaded& loaded);
    void readTimes(const Loaded& loaded, ModuleId module);
    void readTop(const Loaded& loaded);
    void finish();
    void serveChannel(const Loaded& loaded);
    [[nodiscard]] bool ran(const Loaded& loaded, ModuleId module) const;
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
    RunTimes m_times;        ///< of the session in use
    std::vector<bool> m_ran; ///< by ModuleId: its activations are of m_now.run
    bool m_stageChanged = false;
    bool m_styleChanged = false;
};

} // namespace inceptoscope
