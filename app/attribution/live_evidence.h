#pragma once

#include "attribution/find_evidence.h"
#include "engine/frame_study.h"
#include "engine/open_network.h"

#include <functional>
#include <memory>
#include <mutex>
#include <optional>

namespace inceptoscope {

/// Grad-CAM of a live picture: one session for all modules and classes, whose backward pass goes as
/// far back as the module that is asked for. Each result is an Evidence with that module alone.
class LiveEvidence : public FrameStudy
{
public:
    /// `open` is called with the first frame, on the engine's thread.
    explicit LiveEvidence(std::function<OpenedNetwork()> open);
    ~LiveEvidence() override;

    /// From any thread. `module`: one of evidenceModules(), else the last of them is taken; no
    /// class: the one that leads in each frame.
    void ask(ModuleId module, std::optional<uint32_t> classIndex);

    [[nodiscard]] StudyResult study(const MeasuringSite& site, const QImage& frame) override;
    void release() override;

private:
    struct Open;

    const std::function<OpenedNetwork()> m_opener;
    std::unique_ptr<Open> m_open;
    std::mutex m_mutex; ///< of what is below
    ModuleId m_module = 0;
    std::optional<uint32_t> m_class;
};

} // namespace inceptoscope
