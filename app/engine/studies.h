#pragma once

#include "engine/module_pair.h"
#include "engine/study_job.h"

namespace inceptoscope {

class Device;
class Pipelines;
struct MeasuringSite;

/// Measurements beside the network on show: a comparison of networks, a pair of modules. Belongs
/// to the engine thread, which does one step at a time when nothing else is wanted; a step that
/// was interrupted is done anew.
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
    };

    explicit Studies(Publish publish)
        : m_publish(std::move(publish))
    {
    }

    /// Replaces a comparison under way.
    void compare(ComparisonRequest request);
    void cancelComparison();
    void pair(ModulePairRequest request) { m_pair = std::move(request); }
    void cancelPair() { m_pair.reset(); }
    /// Any other; replaces one under way, whose asker is told so.
    void study(quint64 number, StudyJob job);
    void cancelStudy() { m_study.reset(); }

    /// There is nothing to measure on.
    void giveUp();

    [[nodiscard]] bool pending() const { return m_comparison || m_pair || m_study; }
    /// A pair, or the next network. Returns early, to be called again, where `goOn` returns
    /// false; throws Error(DeviceLost) and forgets everything then.
    /// `pipelines`: of the device, for studies.
    void step(
        Device& device, Pipelines& pipelines, const std::function<bool()>& goOn,
        std::function<void()> makeRoom);

private:
    void stepStudy(const MeasuringSite& site);
    void stepComparison(
        Device& device, const std::function<bool()>& goOn, std::function<void()> makeRoom);

    Publish m_publish;
    std::optional<ComparisonRequest> m_comparison;
    size_t m_next = 0; ///< entry of the comparison
    std::optional<ModulePairRequest> m_pair;
    struct Study
    {
        quint64 number = 0;
        StudyJob job;
    };
    std::optional<Study> m_study;
};

} // namespace inceptoscope
