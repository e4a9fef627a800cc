#pragma once

#include "engine/engine.h"
#include "engine/job_queue.h"
#include "engine/runner.h"
#include "engine/studies.h"
#include "session/peaks.h"

#include <thread>

namespace inceptoscope {

/// The engine thread. Its functions are called on the UI thread, its jobs run on its own; what
/// comes out is emitted by the Engine on the UI thread.
class Engine::Worker
{
public:
    Worker(Engine& engine, const QString& device);
    ~Worker();
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;

    void open(const std::string& network, const std::string& weights);
    void setPicture(const QImage& picture, const QString& title);
    void showFrame(const LivePicture& picture);
    void setKeptMemory(std::optional<uint64_t> bytes);
    void setStage(const StageRequest& stage);
    void setStyle(const FeatureMapStyle& style);
    void setAuxiliary(bool on);
    void requestChannel(NodeId node, uint32_t channel);
    void setLabels(const QString& path);
    void rerun();
    void measurePeaks();
    void cancel();
    void compare(ComparisonRequest request);
    void measurePair(ModulePairRequest request);
    void study(StudyKind kind, quint64 number, StudyJob job);
    void cancelStudy(StudyKind kind);
    void studyFrames(std::shared_ptr<FrameStudy> study);

private:
    using Step = std::function<void()>;

    void loop();
    void step(const Step& job);
    void openDevice();
    void load(const std::string& network, const std::string& weights);
    void run();
    void stepStudies();
    [[nodiscard]] std::optional<JobQueue::Job> nextJob();
    [[nodiscard]] std::chrono::milliseconds untilStudies() const;
    void setWork(DeviceWork work);
    void reportMeasuring();
    void useFrameStudy(std::shared_ptr<FrameStudy> study);
    [[nodiscard]] FrameResult askOfFrame(const QImage& frame);
    [[nodiscard]] Studies::Publish studyResults();
    void reportMemory();
    [[nodiscard]] bool between();
    [[nodiscard]] bool reportProgress(const QString& what, double fraction);
    void clearProgress();
    /// Calls a signal of the engine on the UI thread.
    void emitLater(Step signal) const;

    Engine& m_engine;
    JobQueue m_queue;
    Loader m_loader;
    Runner m_runner;
    Studies m_studies;
    bool m_madeRoom = false;  ///< the session on show was given up for a study
    bool m_announced = false; ///< deviceReady() was emitted
    bool m_runWanted = false;
    bool m_inFrame = false;
    std::optional<LivePicture> m_live; ///< the newest frame, while pictures are live
    std::chrono::steady_clock::time_point m_lastFrame; ///< that was shown
    DeviceWork m_work = DeviceWork::Nothing;
    MeasuringState m_measuring; ///< as it was reported
    std::shared_ptr<FrameStudy> m_frameStudy;
    MemoryState m_memory;
    Peaks m_peaks; ///< the best of what was measured
    QString m_progressWhat;
    int m_progressPercent = 0;
    std::thread m_thread; ///< last: everything above is there when it starts
};

} // namespace inceptoscope
