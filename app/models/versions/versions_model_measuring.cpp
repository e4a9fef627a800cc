// Measuring the networks of VersionsModel, one after the other.
#include "models/versions/versions_model.h"

#include <algorithm>

namespace inceptoscope {

void VersionsModel::measure()
{
    if (running() || !m_canMeasure)
        return;
    ComparisonRequest request{.number = ++m_number, .reference = versionReference};
    if (m_inputSize > 0)
        request.inputSize = uint32_t(m_inputSize);
    const bool all = std::ranges::all_of(
        m_rows, [](const VersionRow& r) { return r.measured() || r.network == nullptr; });
    const VersionRow* reference = row(versionReference);
    m_work.clear();
    double work = 0;
    for (const VersionRow& row : m_rows) {
        if (row.network == nullptr || (!all && row.measured()))
            continue;
        request.entries.push_back({.network = row.facts.id});
        // It is run in turns with the reference.
        work += double(row.facts.cost.macs);
        if (reference != nullptr && &row != reference)
            work += double(reference->facts.cost.macs);
        m_work.push_back(work);
    }
    m_measuredNow.clear();
    m_progress.begin();
    Q_EMIT progressChanged();
    Q_EMIT comparisonWanted(request);
}

void VersionsModel::cancel()
{
    if (!running())
        return;
    Q_EMIT cancelWanted();
    finish(m_number);
}

double VersionsModel::progress() const
{
    return m_progress.waits() ? -1 : m_progress.fraction();
}

QString VersionsModel::progressText() const
{
    if (m_measuredNow.isEmpty())
        return m_progress.text(QStringLiteral("Measuring"));
    return m_progress.text(QStringLiteral("Measuring %1, %2 of %3")
                               .arg(m_measuredNow)
                               .arg(m_place + 1)
                               .arg(m_work.size()));
}

/// `fraction` counts networks, each for the same: their MACs say better how long they take.
void VersionsModel::setProgress(const QString& network, double fraction)
{
    if (!running() || m_work.empty())
        return;
    const VersionRow* measuredNow = row(network);
    m_measuredNow = measuredNow ? measuredNow->name() : network;
    const double place = std::clamp(fraction, 0.0, 1.0) * double(m_work.size());
    m_place = std::min(size_t(place + 1e-6), m_work.size() - 1);
    const double before = m_place == 0 ? 0 : m_work[m_place - 1];
    const double of = m_work[m_place] - before;
    const double done = std::max(0.0, place - double(m_place));
    m_progress.advance((before + of * done) / m_work.back());
    Q_EMIT progressChanged();
}

void VersionsModel::setWaiting(const QString& text)
{
    m_progress.wait(text);
    Q_EMIT progressChanged();
}

void VersionsModel::finish(quint64 number)
{
    if (number != m_number)
        return; // an earlier one
    m_progress.end();
    Q_EMIT progressChanged();
}

} // namespace inceptoscope
