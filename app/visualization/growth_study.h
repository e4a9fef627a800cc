#pragma once

#include "engine/study_job.h"
#include "visualization/latest.h"

#include <QImage>

#include <atomic>
#include <string>

namespace inceptoscope {

/// What the window asks for.
struct GrowthRequest
{
    std::string network;
    std::string weights; ///< as --weights takes it
    std::string node;    ///< its whole name
    uint32_t channel = 0;
    uint32_t side = 160; ///< of the picture, in pixels
    uint64_t seed = 1;
};

/// A picture as far as it has grown.
struct GrownPicture
{
    QImage picture; ///< null before the first step
    uint64_t steps = 0;
    double before = 0; ///< what noise excited of the channel
    double now = 0;    ///< what the picture did in its last step
};

/// A picture that grows on the engine's thread while others look at it; it can be stopped, and go
/// on where it was.
class GrowthTask
{
public:
    explicit GrowthTask(GrowthRequest request);
    ~GrowthTask();
    GrowthTask(const GrowthTask&) = delete;
    GrowthTask& operator=(const GrowthTask&) = delete;

    [[nodiscard]] const GrowthRequest& request() const { return m_request; }
    /// From any thread.
    [[nodiscard]] GrownPicture latest() const { return m_latest.get(); }
    /// From any thread: how far a step goes from now on, see GrowthOptions::rate.
    void setRate(double rate) { m_rate = rate; }

    /// On the engine's thread, until so many steps are done. Throws Error: of weights that don't
    /// fit, a channel that isn't there, Cancelled.
    void run(const MeasuringSite& site, uint64_t until);

private:
    struct Begun;
    void begin();

    const GrowthRequest m_request;
    std::atomic<double> m_rate;
    std::unique_ptr<Begun> m_begun;
    Latest<GrownPicture> m_latest;
};

/// For Engine::study(). Its result is empty: what has grown is in the task.
[[nodiscard]] StudyJob growthJob(std::shared_ptr<GrowthTask> task, uint64_t until);

} // namespace inceptoscope
