// Measuring what LaboratoryModel shows.
#include "engine/study_job.h"
#include "models/laboratory/laboratory_model.h"

namespace inceptoscope {

void LaboratoryModel::setLookedAt(bool on)
{
    if (on == m_lookedAt)
        return;
    m_lookedAt = on;
    if (on && m_due && !m_cancelled) {
        setMeasuring(true);
        m_delay.start();
    } else if (!on) {
        m_delay.stop();
        if (measuring())
            Q_EMIT cancelWanted();
        setMeasuring(false);
    }
}

void LaboratoryModel::measureAgain()
{
    recount();
}

void LaboratoryModel::measure()
{
    if (!m_lookedAt || !m_due)
        return;
    // Soon, so that a slider answers: what is large runs once or a few times.
    constexpr double soon = 1.5;
    setMeasuring(true);
    Q_EMIT wanted(
        m_number, {.experiment = experiment().id,
                   .report = m_report,
                   .effort = {.runs = 5, .seconds = soon}});
}

void LaboratoryModel::apply(quint64 number, const StudyResult& result, const QString& problem)
{
    if (number != m_number)
        return; // of settings that are no more
    m_due = false;
    setMeasuring(false);
    m_problem = problem;
    if (result) {
        m_report = *std::static_pointer_cast<const ExperimentReport>(result);
        showSides();
    }
    ++m_revision;
    Q_EMIT reportChanged();
}

void LaboratoryModel::applyPart(quint64 number, const StudyResult& part)
{
    if (number != m_number || !measuring())
        return;
    m_report = *std::static_pointer_cast<const ExperimentReport>(part);
    showSides();
    ++m_revision;
    Q_EMIT reportChanged();
}

void LaboratoryModel::cancel()
{
    m_delay.stop();
    if (!measuring())
        return;
    m_number = nextStudyNumber(); // its result may be on its way
    m_cancelled = true;
    m_progress.end();
    Q_EMIT measuringChanged();
    Q_EMIT cancelWanted();
}

double LaboratoryModel::progress() const
{
    return m_progress.waits() ? -1 : m_progress.fraction();
}

QString LaboratoryModel::progressText() const
{
    return m_progress.text(QStringLiteral("Measuring"));
}

void LaboratoryModel::setProgress(double fraction)
{
    m_progress.advance(fraction);
    Q_EMIT measuringChanged();
}

void LaboratoryModel::setWaiting(const QString& text)
{
    m_progress.wait(text);
    Q_EMIT measuringChanged();
}

void LaboratoryModel::setMeasuring(bool on)
{
    m_cancelled = m_cancelled && !on;
    if (on == measuring())
        return;
    if (on)
        m_progress.begin();
    else
        m_progress.end();
    Q_EMIT measuringChanged();
}

} // namespace inceptoscope
