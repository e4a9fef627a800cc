#include "models/channel/growth_model.h"

#include "models/format.h"

#include <algorithm>
#include <cmath>

namespace inceptoscope {

namespace {

constexpr quint64 stepsAtATime = 192;

/// A quarter of the usual to four times as much.
double rateOf(double strength)
{
    return 0.05 * std::pow(4.0, 2 * strength - 1);
}

} // namespace

GrowthModel::GrowthModel(QObject* parent)
    : QObject(parent)
{
    connect(&m_study, &WatchedStudy::look, this, &GrowthModel::look);
    connect(&m_study, &WatchedStudy::runningChanged, this, &GrowthModel::growingChanged);
}

void GrowthModel::setShown(bool shown)
{
    if (shown == m_shown)
        return;
    m_shown = shown;
    Q_EMIT shownChanged();
}

double GrowthModel::progress() const
{
    return m_until == 0 ? 0 : std::min(1.0, double(m_grown.steps) / double(m_until));
}

QString GrowthModel::text() const
{
    if (!hasPicture())
        return growing() ? tr("Preparing the network up to this channel…") : QString();
    return tr("Step %1 of %2: excites the channel by %3 (noise: %4)")
        .arg(m_grown.steps)
        .arg(m_until)
        .arg(formatValue(m_grown.now), formatValue(m_grown.before));
}

void GrowthModel::setStrength(double strength)
{
    strength = std::clamp(strength, 0.0, 1.0);
    if (strength == m_strength)
        return;
    m_strength = strength;
    if (m_task)
        m_task->setRate(rateOf(m_strength));
    Q_EMIT settingsChanged();
}

void GrowthModel::setSeed(int seed)
{
    seed = std::clamp(seed, 1, seeds());
    if (seed == m_seed)
        return;
    m_seed = seed;
    Q_EMIT settingsChanged();
    const bool goOn = growing() || hasPicture();
    clear();
    if (goOn)
        start();
}

void GrowthModel::start()
{
    if (growing() || !possible())
        return;
    if (!m_task) {
        GrowthRequest request = m_target;
        request.seed = uint64_t(m_seed);
        m_task = std::make_shared<GrowthTask>(std::move(request));
        m_task->setRate(rateOf(m_strength));
    }
    if (m_grown.steps >= m_until)
        m_until += stepsAtATime;
    m_study.begin(growthJob(m_task, m_until));
}

void GrowthModel::stop()
{
    m_study.stop();
}

void GrowthModel::startAnew()
{
    clear();
    start();
}

void GrowthModel::setTarget(const GrowthRequest& target)
{
    const bool same = target.network == m_target.network && target.weights == m_target.weights &&
                      target.node == m_target.node && target.channel == m_target.channel;
    if (same)
        return;
    m_target = target;
    clear();
    Q_EMIT targetChanged();
}

void GrowthModel::clear()
{
    stop();
    m_study.forgetProblem();
    m_task.reset();
    m_grown = {};
    m_until = 0;
    Q_EMIT grown();
}

void GrowthModel::look()
{
    if (m_task)
        m_grown = m_task->latest();
    Q_EMIT grown();
}

} // namespace inceptoscope
