#include "attribution/study.h"

#include "engine/measuring_site.h"
#include "engine/open_network.h"

namespace inceptoscope {

void EvidenceProgress::setFraction(double fraction)
{
    const std::lock_guard lock(m_mutex);
    m_fraction = fraction;
}

void EvidenceProgress::setPartial(const Evidence& evidence)
{
    auto copy = std::make_shared<const Evidence>(evidence);
    const std::lock_guard lock(m_mutex);
    m_partial = std::move(copy);
}

double EvidenceProgress::fraction() const
{
    const std::lock_guard lock(m_mutex);
    return m_fraction;
}

std::shared_ptr<const Evidence> EvidenceProgress::partial() const
{
    const std::lock_guard lock(m_mutex);
    return m_partial;
}

StudyJob evidenceJob(EvidenceStudy study, std::shared_ptr<EvidenceProgress> progress)
{
    return [study = std::move(study),
            progress = std::move(progress)](const MeasuringSite& site) -> StudyResult {
        const OpenedNetwork opened =
            openNetwork({.network = study.network, .weights = study.weights});
        const MeasuringSite told{
            .device = site.device,
            .goOn =
                [&](double fraction) {
                    progress->setFraction(fraction);
                    return site.goOn(fraction);
                },
            .makeRoom = site.makeRoom};
        const auto before = progress->partial();
        return std::make_shared<const Evidence>(findEvidence(
            told, opened, study.subject, study.request,
            [&](const Evidence& evidence) { progress->setPartial(evidence); },
            before ? before->map : PlaneMap{}));
    };
}

} // namespace inceptoscope
