#pragma once

#include "engine/measuring_state.h"
#include "engine/module_pair.h"
#include "engine/study_job.h"

#include <list>
#include <variant>

namespace inceptoscope {

class Device;
class Pipelines;
struct MeasuringSite;

/// Measurements beside the network on show, one of a kind: a newer one replaces it. They are done
/// in the order in which they were asked for, a comparison of networks, which takes minutes,
/// between the others. Belongs to the engine thread, which does one step at a time when nothing
/// else is wanted; a step that was interrupted is done anew. While a step is under way, from within
/// its `goOn`, others may be asked for and any be cancelled.
class Studies
{
public:
    struct Publish
    {
        std::function<void(std::shared_ptr<const ComparisonResult>)> row;
        /// How far the comparison is, 0..1, and the network under way.
        std::function<void(const QString& what, double fraction)> progress;
        /// The comparison is over: all rows are there, or it was cancelled.
        std::function<void(quint64 number, bool complete)> finished;
        std::function<void(std::shared_ptr<const ModulePairResult>)> pair;
        std::function<void(quint64 number, StudyResult result, const std::string& problem)> study;
        /// What a study knows so far.
        std::function<void(quint64 number, StudyResult part)> studyPart;
        /// How far one of the others is, 0..1.
        std::function<void(StudyKind kind, double fraction)> studyProgress;
    };

    explicit Studies(Publish publish)
        : m_publish(std::move(publish))
    {
    }

    void compare(ComparisonRequest request);
    void pair(ModulePairRequest request);
    /// Any other; who asked for the one it replaces is told so.
    void study(StudyKind kind, quint64 number, StudyJob job);
    void cancel(StudyKind kind);

    /// There is nothing to measure on.
    void giveUp();

    [[nodiscard]] bool pending() const { return !m_queue.empty(); }
    /// What step() would do, or is doing.
    [[nodiscard]] std::optional<StudyKind> next() const;
    /// All others, in their order.
    [[nodiscard]] std::vector<StudyKind> waiting() const;
    /// One of them, or the next network of a comparison. Returns early, to be called again, where
    /// `goOn` returns false; throws Error(DeviceLost) and forgets everything then. `pipelines`: of
    /// the device, for studies.
    void step(
        Device& device, Pipelines& pipelines, const std::function<bool()>& goOn,
        std::function<void()> makeRoom);

private:
    struct Entry
    {
        StudyKind kind = StudyKind::Evidence;
        quint64 number = 0;
        std::variant<ComparisonRequest, ModulePairRequest, StudyJob> what = {};
        size_t next = 0; ///< entry of a comparison
        bool over = false;
    };
    using Queue = std::list<Entry>;

    void add(Entry entry);
    [[nodiscard]] Queue::const_iterator nextEntry() const;
    /// Something short waits for a comparison.
    [[nodiscard]] bool shorterWaits() const;
    void drop(const Entry& entry);
    void lose(const Entry& entry);
    void measure(Entry& entry, const MeasuringSite& site);
    void measureNext(Entry& entry, const MeasuringSite& site);

    Publish m_publish;
    Queue m_queue;
    Entry* m_current = nullptr; ///< of a step under way
};

} // namespace inceptoscope
