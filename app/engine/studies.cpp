#include "engine/studies.h"

#include "engine/measure.h"
#include "engine/measuring_site.h"
#include "error.h"

namespace inceptoscope {

void Studies::compare(ComparisonRequest request)
{
    m_comparison = std::move(request);
    m_next = 0;
}

void Studies::cancelComparison()
{
    if (!m_comparison)
        return;
    const quint64 number = m_comparison->number;
    m_comparison.reset();
    m_publish.finished(number, false);
}

void Studies::study(quint64 number, StudyJob job)
{
    if (m_study && m_study->number != number)
        m_publish.study(m_study->number, nullptr, {});
    m_study = {number, std::move(job)};
}

void Studies::giveUp()
{
    m_pair.reset();
    if (m_study) {
        const quint64 number = m_study->number;
        m_study.reset();
        m_publish.study(number, nullptr, "the device can't be used: what is counted stands");
    }
    cancelComparison();
}

void Studies::step(
    Device& device, Pipelines& pipelines, const std::function<bool()>& goOn,
    std::function<void()> makeRoom)
{
    try {
        if (m_study) {
            stepStudy(
                {.device = device,
                 .goOn = [&](double) { return goOn(); },
                 .makeRoom = std::move(makeRoom),
                 .partly = [&, number = m_study->number](
                               StudyResult part) { m_publish.studyPart(number, std::move(part)); },
                 .pipelines = &pipelines});
        } else if (m_pair) {
            const MeasuringSite site{
                .device = device,
                .goOn = [&](double) { return goOn(); },
                .makeRoom = std::move(makeRoom)};
            m_publish.pair(std::make_shared<const ModulePairResult>(measurePair(*m_pair, site)));
            m_pair.reset();
        } else if (m_comparison) {
            stepComparison(device, goOn, std::move(makeRoom));
        }
    } catch (const Error& error) {
        if (error.kind() == ErrorKind::Cancelled)
            return; // the next step begins it anew
        giveUp();
        throw;
    } catch (...) {
        giveUp();
        throw;
    }
}

void Studies::stepStudy(const MeasuringSite& site)
{
    StudyResult result;
    const std::string problem = failureOf([&] { result = m_study->job(site); }, "experiment");
    m_publish.study(m_study->number, std::move(result), problem);
    m_study.reset();
}

void Studies::stepComparison(
    Device& device, const std::function<bool()>& goOn, std::function<void()> makeRoom)
{
    const size_t count = m_comparison->entries.size();
    if (m_next < count) {
        const QString what = QString::fromStdString(m_comparison->entries[m_next].network);
        const MeasuringSite site{
            .device = device,
            .goOn =
                [&](double fraction) {
                    m_publish.progress(what, (double(m_next) + fraction) / double(count));
                    return goOn();
                },
            .makeRoom = std::move(makeRoom)};
        m_publish.row(
            std::make_shared<const ComparisonResult>(measureNetwork(*m_comparison, m_next, site)));
        ++m_next;
    }
    if (m_next >= count) {
        const quint64 number = m_comparison->number;
        m_comparison.reset();
        m_publish.finished(number, true);
    }
}

} // namespace inceptoscope
