#pragma once

#include "engine/study_job.h"
#include "visualization/dream_options.h"
#include "visualization/latest.h"

#include <QImage>

#include <memory>
#include <string>
#include <utility>

namespace inceptoscope {

/// What the window asks for.
struct DreamRequest
{
    std::string network;
    std::string weights; ///< as --weights takes it
    std::string node;    ///< its whole name: all that it has is amplified
    QImage picture;
    DreamOptions options;
};

/// A picture as far as it has been dreamt, which is smaller than the first until the last octave.
struct DreamtPicture
{
    QImage picture;     ///< null before the first step
    uint32_t steps = 0; ///< of options.octaves * options.steps
};

/// A dream on the engine's thread, while others look at it.
class DreamTask
{
public:
    explicit DreamTask(DreamRequest request)
        : m_request(std::move(request))
    {
    }

    [[nodiscard]] const DreamRequest& request() const { return m_request; }
    /// From any thread.
    [[nodiscard]] DreamtPicture latest() const { return m_latest.get(); }

    /// On the engine's thread. Throws Error: of weights that don't fit, a node that isn't there, a
    /// picture too small, Cancelled.
    void run(const MeasuringSite& site);

private:
    const DreamRequest m_request;
    Latest<DreamtPicture> m_latest;
};

/// For Engine::study(). Its result is empty: what was dreamt is in the task.
[[nodiscard]] StudyJob dreamJob(std::shared_ptr<DreamTask> task);

} // namespace inceptoscope
