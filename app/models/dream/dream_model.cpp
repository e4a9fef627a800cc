#include "models/dream/dream_model.h"

#include <algorithm>
#include <chrono>
#include <cmath>

namespace inceptoscope {

namespace {

/// A quarter of the usual to four times as much.
double dreamRate(double strength)
{
    return DreamOptions{}.rate * std::pow(4.0, 2 * strength - 1);
}

bool isSame(const DreamModel::Subject& a, const DreamModel::Subject& b)
{
    return a.network == b.network && a.weights == b.weights && a.node == b.node &&
           a.picture.cacheKey() == b.picture.cacheKey();
}

} // namespace

DreamModel::DreamModel(QObject* parent)
    : QObject(parent)
{
    connect(&m_study, &WatchedStudy::look, this, &DreamModel::look);
    connect(&m_study, &WatchedStudy::runningChanged, this, &DreamModel::dreamingChanged);
    m_soon.setInterval(std::chrono::milliseconds(400));
    m_soon.setSingleShot(true);
    connect(&m_soon, &QTimer::timeout, this, &DreamModel::start);
}

bool DreamModel::complete() const
{
    return hasPicture() && progress() >= 1;
}

double DreamModel::progress() const
{
    if (!m_task)
        return 0;
    const DreamOptions& options = m_task->request().options;
    return double(m_dreamt.steps) / double(options.octaves * options.steps);
}

QString DreamModel::text() const
{
    if (!hasPicture())
        return dreaming() ? tr("Preparing the network up to %1…").arg(moduleTitle()) : QString();
    const DreamOptions& options = m_task->request().options;
    const uint32_t done = m_dreamt.steps;
    if (complete())
        return tr("%1 steps at each of %2 sizes, the last %3 × %4 pixels")
            .arg(options.steps)
            .arg(options.octaves)
            .arg(m_dreamt.picture.width())
            .arg(m_dreamt.picture.height());
    return tr("Size %1 of %2 (%3 × %4 pixels), step %5 of %6")
        .arg((done - 1) / options.steps + 1)
        .arg(options.octaves)
        .arg(m_dreamt.picture.width())
        .arg(m_dreamt.picture.height())
        .arg((done - 1) % options.steps + 1)
        .arg(options.steps);
}

QString DreamModel::title() const
{
    return tr("%1 dreamt by %2 %3")
        .arg(
            m_subject.pictureTitle.section(u'.', 0, 0), QString::fromStdString(m_subject.network),
            m_subject.moduleTitle);
}

void DreamModel::setStrength(double strength)
{
    strength = std::clamp(strength, 0.0, 1.0);
    if (strength == m_strength)
        return;
    m_strength = strength;
    Q_EMIT settingsChanged();
}

void DreamModel::setOctaves(int octaves)
{
    octaves = std::clamp(octaves, 1, mostOctaves());
    if (octaves == m_octaves)
        return;
    m_octaves = octaves;
    Q_EMIT settingsChanged();
}

void DreamModel::open()
{
    if (!m_open) {
        m_open = true;
        Q_EMIT openChanged();
    }
    if (!hasPicture())
        start();
}

void DreamModel::close()
{
    if (!m_open)
        return;
    stop();
    m_open = false;
    Q_EMIT openChanged();
}

void DreamModel::start()
{
    begin(m_before);
}

void DreamModel::deepen()
{
    if (complete())
        begin(m_dreamt.picture);
}

void DreamModel::begin(const QImage& from)
{
    if (dreaming() || !m_open || !possible())
        return;
    DreamRequest request{
        .network = m_subject.network,
        .weights = m_subject.weights,
        .node = m_subject.node,
        .picture = from,
        .options = {.octaves = uint32_t(m_octaves), .rate = dreamRate(m_strength)}};
    m_task = std::make_shared<DreamTask>(std::move(request));
    m_study.begin(dreamJob(m_task));
}

void DreamModel::stop()
{
    m_soon.stop();
    m_study.stop();
}

void DreamModel::setSubject(const Subject& subject)
{
    if (isSame(subject, m_subject)) {
        if (subject.reason != m_subject.reason) {
            m_subject.reason = subject.reason;
            Q_EMIT subjectChanged();
        }
        return;
    }
    if (subject.picture.cacheKey() != m_subject.picture.cacheKey())
        m_before = subject.picture.isNull() ? QImage() : dreamStart(subject.picture, mostPixels());
    clear();
    m_subject = subject;
    Q_EMIT subjectChanged();
    if (m_open && possible())
        m_soon.start();
}

void DreamModel::clear()
{
    stop();
    m_study.forgetProblem();
    m_task.reset();
    m_dreamt = {};
    Q_EMIT dreamt();
}

void DreamModel::look()
{
    if (m_task)
        m_dreamt = m_task->latest();
    Q_EMIT dreamt();
}

} // namespace inceptoscope
