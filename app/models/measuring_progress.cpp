#include "models/measuring_progress.h"

#include <QElapsedTimer>
#include <QStringList>

#include <algorithm>
#include <cmath>
#include <memory>
#include <utility>

namespace inceptoscope {

namespace {

constexpr qint64 soonest = 2000;       ///< milliseconds before anything is said of the rest
constexpr double leastMeasured = 0.04; ///< and how much must be done

QString workText(const MeasuringState& state)
{
    switch (state.work) {
    case DeviceWork::Nothing:
        return {};
    case DeviceWork::Loading:
    case DeviceWork::Run:
        return QStringLiteral("the network on show");
    case DeviceWork::Live:
        return QStringLiteral("the live pictures: pause or stop them");
    case DeviceWork::Peaks:
        return QStringLiteral("the device's peaks");
    case DeviceWork::Study:
        break;
    }
    switch (state.measured.value_or(StudyKind::Evidence)) {
    case StudyKind::Evidence:
        return QStringLiteral("what is computed in the Modules view");
    case StudyKind::Pair:
        return QStringLiteral("the two modules in the Versions view");
    case StudyKind::Experiment:
        return QStringLiteral("the experiment in the Laboratory");
    case StudyKind::Comparison:
        break;
    }
    return QStringLiteral("the networks in the Versions view");
}

} // namespace

QString waitingText(const MeasuringState& state, StudyKind kind)
{
    if (std::ranges::find(state.waiting, kind) == state.waiting.end())
        return {};
    const QString what = workText(state);
    return what.isEmpty() ? QStringLiteral("Waiting for the device")
                          : QStringLiteral("Waiting for ") + what;
}

MeasuringProgress::MeasuringProgress(Clock clock)
    : m_clock(std::move(clock))
{
}

MeasuringProgress::Clock MeasuringProgress::steadyClock()
{
    const auto timer = std::make_shared<QElapsedTimer>();
    timer->start();
    return [timer] { return timer->elapsed(); };
}

void MeasuringProgress::begin()
{
    m_running = true;
    m_waiting = QStringLiteral("Waiting for the device");
    m_fraction = 0;
    m_before = 0;
}

void MeasuringProgress::end()
{
    m_running = false;
    m_waiting.clear();
    m_fraction = 0;
}

qint64 MeasuringProgress::spent() const
{
    return m_before + (m_running && !waits() ? m_clock() - m_since : 0);
}

void MeasuringProgress::wait(const QString& forWhat)
{
    if (!m_running || forWhat == m_waiting)
        return;
    const qint64 until = spent();
    m_waiting = forWhat;
    m_before = until;
    m_since = m_clock();
}

void MeasuringProgress::advance(double fraction)
{
    if (!m_running)
        return;
    wait({});
    m_fraction = std::max(m_fraction, std::min(1.0, fraction));
}

QString MeasuringProgress::left() const
{
    const qint64 past = spent();
    if (!m_running || waits() || past < soonest || m_fraction < leastMeasured)
        return {};
    const double seconds = double(past) / 1000 * (1 - m_fraction) / m_fraction;
    if (seconds < 5)
        return QStringLiteral("a few seconds left");
    if (seconds < 57.5)
        return QStringLiteral("about %1 s left").arg(std::lround(seconds / 5) * 5);
    return QStringLiteral("about %1 min left").arg(std::max(1L, std::lround(seconds / 60)));
}

QString MeasuringProgress::text(const QString& doing) const
{
    if (!m_running)
        return {};
    if (waits())
        return m_waiting;
    const QString rest = left();
    return rest.isEmpty() ? doing : doing + QStringLiteral(", ") + rest;
}

} // namespace inceptoscope
