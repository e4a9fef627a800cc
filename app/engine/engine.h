#pragma once

#include "engine/device_peaks.h"
#include "engine/frame_study.h"
#include "engine/measuring_state.h"
#include "engine/module_pair.h"
#include "engine/run_snapshot.h"
#include "engine/stage_request.h"
#include "engine/study_job.h"

#include <QObject>

#include <memory>

namespace inceptoscope {

/// The engine thread: the only owner of the Vulkan device and of sessions. Every call returns
/// at once and may come from the UI thread only; results come back as queued signals. The
/// newest request of a kind replaces one that still waits; a new picture, network or weights
/// cancels the run under way between modules. An error is reported as one sentence and the
/// engine lives on: with the last good state where there is one.
class Engine : public QObject
{
    Q_OBJECT

public:
    /// `device`: number or part of a name as --device takes, empty for the best one.
    explicit Engine(const QString& device = {}, QObject* parent = nullptr);
    ~Engine() override; ///< cancels and waits for the thread

    /// Loads network and weights, compiles, then runs on the picture, if there is one.
    void open(const QString& networkId, const QString& weightsSpec);
    /// An upright picture, any size and format that QImage holds.
    void setPicture(const QImage& picture, const QString& title);
    /// A frame of a live picture, as Format_RGBX8888: the newest wins, and nothing is measured.
    /// Live until the next setPicture(). Its snapshot tells `state` back.
    void showFrame(const QImage& frame, const QString& title, const LiveState& state);
    void setStage(const StageRequest& stage);
    void setStyle(const FeatureMapStyle& style);
    void setAuxiliary(bool on);
    void requestChannel(NodeId node, quint32 channel);
    /// Names the classes of the weights in use by a file, as --labels takes it, until others are
    /// opened.
    void setLabels(const QString& path);
    /// Networks that were used before stay ready as long as they fit into so many bytes of the
    /// device's memory; none: a quarter of what it has free at first, at most 1 GiB.
    void setKeptMemory(std::optional<quint64> bytes);
    /// Runs again, to measure anew.
    void rerun();
    /// Measures what the device can do at best, half a second, once the run under way is over.
    void measurePeaks();
    /// Stops loading or running; what is there stays.
    void cancel();

    /// Measures networks one after the other while nothing else is wanted; replaces a comparison
    /// under way. Results come row by row.
    void compare(ComparisonRequest request);
    void cancelComparison();
    /// Runs two modules on the same input; replaces a pair that waits or is under way.
    void measurePair(ModulePairRequest request);
    void cancelPair();
    /// Does `job` on the engine thread while nothing else is wanted; replaces one of its kind that
    /// waits or is under way. studyDone() brings back what it returns.
    void study(StudyKind kind, quint64 number, StudyJob job);
    void cancelStudy(StudyKind kind);
    /// From now on asks this of every live frame, until the pictures are live no more or another
    /// network is opened; null: nothing. Its results come with the frames' snapshots.
    void studyFrames(std::shared_ptr<FrameStudy> study);

Q_SIGNALS:
    /// The device was opened: its one-line description, and its driver with the version. Comes
    /// once, before anything else.
    void deviceReady(const QString& device, const QString& driver);
    /// Nothing can run: no driver, no device. One sentence; the window stays usable.
    void deviceFailed(const QString& sentence);
    /// Loading: fraction 0..1, negative where unknown. An empty `what` means idle.
    void progress(const QString& what, double fraction);
    void snapshotReady(std::shared_ptr<const inceptoscope::RunSnapshot> snapshot);
    void channelReady(std::shared_ptr<const inceptoscope::ChannelData> channel);
    void peaksReady(const inceptoscope::DevicePeaks& peaks);
    /// A request failed (weights that don't fit, memory, device lost): one sentence.
    void failed(const QString& sentence);
    /// A frame could not be shown: one sentence. Frames after it are tried again.
    void frameFailed(const QString& sentence);
    /// What is held on the device, whenever that changes.
    void memoryChanged(const inceptoscope::MemoryState& memory);
    /// The weights of open() are in use; follows a successful open() only.
    void weightsLoaded(const inceptoscope::WeightsState& weights);
    /// The names of setLabels() are in use; the snapshots from now on have them.
    void labelsLoaded(const QString& path);
    void comparisonRow(std::shared_ptr<const inceptoscope::ComparisonResult> result);
    /// The network that is being measured, and how far the whole comparison is, 0..1.
    void comparisonProgress(const QString& network, double fraction);
    /// All rows of the request of this number are there, or it was cancelled.
    void comparisonFinished(quint64 number, bool complete);
    void pairReady(std::shared_ptr<const inceptoscope::ModulePairResult> result);
    /// What a study knows so far; more follows, unless it is begun anew or given up.
    void studyPart(quint64 number, inceptoscope::StudyResult part);
    /// `problem`: why it failed, one sentence; then there is no result.
    void studyDone(quint64 number, inceptoscope::StudyResult result, const QString& problem);
    /// How far a pair or a study is, 0..1, while it is measured.
    void studyProgress(inceptoscope::StudyKind kind, double fraction);
    /// What is measured now, and who waits for what; comes whenever that changes.
    void measuringChanged(const inceptoscope::MeasuringState& state);

private:
    class Worker;
    std::unique_ptr<Worker> m_worker;
};

} // namespace inceptoscope

Q_DECLARE_METATYPE(std::shared_ptr<const inceptoscope::RunSnapshot>)
Q_DECLARE_METATYPE(std::shared_ptr<const inceptoscope::ChannelData>)
Q_DECLARE_METATYPE(inceptoscope::WeightsState)
Q_DECLARE_METATYPE(inceptoscope::DevicePeaks)
Q_DECLARE_METATYPE(std::shared_ptr<const inceptoscope::ComparisonResult>)
Q_DECLARE_METATYPE(std::shared_ptr<const inceptoscope::ModulePairResult>)
Q_DECLARE_METATYPE(inceptoscope::MemoryState)
Q_DECLARE_METATYPE(inceptoscope::MeasuringState)
