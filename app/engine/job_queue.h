#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <list>
#include <mutex>
#include <optional>

namespace inceptoscope {

/// What a job is about. The newest job of a tag replaces one that still waits.
enum class JobTag
{
    Open,
    Picture,
    Frame,
    Auxiliary,
    Rerun,
    Cancel,
    KeptMemory,
    Stage,
    Style,
    Channel,
    Labels,
    Peaks, ///< waits for the run under way, and doesn't stop it
    Evidence,
    Pair,
    Experiment,
    Comparison,
    FrameStudy
};

/// Jobs for the engine thread, oldest first.
class JobQueue
{
public:
    using Job = std::function<void()>;

    /// From any thread. A job that replaces another goes to the end of the line.
    void post(JobTag tag, Job job);
    void remove(JobTag tag);
    /// Wakes the thread; nothing is handed out any more.
    void stop();

    /// The next job; none when the queue is empty (after waiting, if told to) or stopped.
    [[nodiscard]] std::optional<Job> take(bool wait);
    /// The same, waiting no longer than that.
    [[nodiscard]] std::optional<Job> takeWithin(std::chrono::milliseconds atMost);
    /// The next job that a run under way can do in between: about what is shown of it, or is to be
    /// measured later.
    [[nodiscard]] std::optional<Job> takeLight();

    /// A job waits that makes the run under way pointless, or the end does.
    [[nodiscard]] bool interruptsRun() const;
    /// The same for what is asked of a frame that the network has run on: the next frame waits.
    [[nodiscard]] bool interruptsFrame() const;
    /// The same for loading: a new picture doesn't stop that.
    [[nodiscard]] bool interruptsLoading() const;
    [[nodiscard]] bool stopped() const;

private:
    struct Entry
    {
        JobTag tag;
        Job job;
    };
    [[nodiscard]] std::optional<Job> takeFirst();
    [[nodiscard]] bool waiting(bool (*matters)(JobTag)) const;

    mutable std::mutex m_mutex;
    std::condition_variable m_wake;
    std::list<Entry> m_jobs;
    bool m_stopped = false;
};

} // namespace inceptoscope
