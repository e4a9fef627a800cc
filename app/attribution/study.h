#pragma once

#include "attribution/find_evidence.h"
#include "engine/study_job.h"

#include <memory>
#include <mutex>
#include <string>

namespace inceptoscope {

/// How far a search for evidence is: written on the engine's thread, read on another.
class EvidenceProgress
{
public:
    void setFraction(double fraction);
    void setPartial(const Evidence& evidence);
    [[nodiscard]] double fraction() const;
    /// What is known so far; null while there is nothing to show.
    [[nodiscard]] std::shared_ptr<const Evidence> partial() const;

private:
    mutable std::mutex m_mutex;
    double m_fraction = 0;
    std::shared_ptr<const Evidence> m_partial;
};

/// For the engine to find; its result is the Evidence.
struct EvidenceStudy
{
    std::string network;
    std::string weights; ///< as --weights takes them
    EvidenceSubject subject = {};
    EvidenceRequest request = {};
};

/// Interrupted and done anew, it goes on with what `progress` holds.
[[nodiscard]] StudyJob evidenceJob(EvidenceStudy study, std::shared_ptr<EvidenceProgress> progress);

} // namespace inceptoscope
