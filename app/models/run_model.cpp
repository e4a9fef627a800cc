#include "models/run_model.h"

#include "file_name.h"
#include "models/format.h"

#include <algorithm>
#include <cmath>

namespace inceptoscope {

QString RunModel::timeText() const
{
    if (m_milliseconds < 0)
        return {};
    const QString time = formatMilliseconds(m_milliseconds);
    return m_measuredRuns > 1 ? QStringLiteral("%1, median of %2").arg(time).arg(m_measuredRuns)
                              : time;
}

QString RunModel::timeDetail() const
{
    if (m_measuredRuns < 1)
        return QStringLiteral("Not measured yet");
    return QStringLiteral("Median of %1 runs after a warm-up, one op after the other; "
                          "fastest %2, slowest %3")
        .arg(m_measuredRuns)
        .arg(formatMilliseconds(m_fastest), formatMilliseconds(m_slowest));
}

QString RunModel::memoryText() const
{
    const quint64 bytes = m_memory.weights + m_memory.activations + m_memory.other + m_memory.kept;
    return bytes == 0 ? QString() : formatBytes(bytes);
}

QString RunModel::memoryDetail() const
{
    QString text = tr("On the device: weights %1, activations %2, pictures and transfers %3")
                       .arg(
                           formatBytes(m_memory.weights), formatBytes(m_memory.activations),
                           formatBytes(m_memory.other));
    text += m_memory.keptNetworks == 0 ? tr("\nNetworks kept ready to go back to: none")
                                       : tr("\nNetworks kept ready to go back to: %1, %2")
                                             .arg(m_memory.keptNetworks)
                                             .arg(formatBytes(m_memory.kept));
    return text + tr(" (at most %1)").arg(formatBytes(m_memory.budget));
}

void RunModel::setMemory(const MemoryState& memory)
{
    m_memory = memory;
    Q_EMIT memoryChanged();
}

void RunModel::setDevice(const QString& device)
{
    if (device == m_device)
        return;
    m_device = device;
    m_deviceError.clear();
    Q_EMIT deviceChanged();
}

void RunModel::setDeviceError(const QString& sentence)
{
    m_deviceError = sentence;
    Q_EMIT deviceChanged();
}

void RunModel::setProgress(const QString& what, double fraction)
{
    m_progressText = what;
    m_progressValue = fraction;
    Q_EMIT progressChanged();
}

void RunModel::setWeights(const WeightsState& weights)
{
    const bool same = m_weightsKnown && weights.spec == m_weights.spec &&
                      weights.title == m_weights.title && weights.trained == m_weights.trained &&
                      weights.auxiliary == m_weights.auxiliary;
    if (same)
        return;
    m_weights = weights;
    m_weightsKnown = true;
    Q_EMIT weightsChanged();
}

void RunModel::setPicture(const QImage& picture, const QString& title)
{
    m_picture = picture;
    m_pictureTitle = title;
    m_seen = {};
    m_seenRect = {};
    Q_EMIT pictureChanged();
}

void RunModel::clearResult()
{
    m_top.clear();
    m_complete = false;
    m_milliseconds = -1;
    m_measuredRuns = 0;
    Q_EMIT resultChanged();
}

void RunModel::apply(const RunSnapshot& snapshot)
{
    setWeights(snapshot.weights);
    if (!snapshot.device.isEmpty())
        setDevice(snapshot.device);
    if (snapshot.picture.cacheKey() != m_picture.cacheKey() ||
        snapshot.seen.cacheKey() != m_seen.cacheKey() || snapshot.pictureTitle != m_pictureTitle) {
        m_picture = snapshot.picture;
        m_seen = snapshot.seen;
        m_seenRect = snapshot.seenRect;
        m_pictureTitle = snapshot.pictureTitle;
        Q_EMIT pictureChanged();
    }
    const QString names = snapshot.labels ? snapshot.labels->source : QString();
    m_labelsTitle = names.contains(u'/') ? shownFileName(names) : QString();
    m_complete = snapshot.complete;
    m_live = snapshot.live.has_value();
    // The last result stays until the next one is there.
    if (!snapshot.top.empty()) {
        m_top.clear();
        const size_t count = std::min(snapshot.top.size(), size_t(5));
        for (size_t i = 0; i < count; ++i) {
            const ClassScore& score = snapshot.top[i];
            const QString label =
                score.label.isEmpty() ? QStringLiteral("class %1").arg(score.index) : score.label;
            m_top.append(QVariantMap{
                {"index", score.index},
                {"label", label.section(QLatin1Char(','), 0, 0)},
                {"fullLabel", label},
                {"probability", std::isnan(score.probability) ? 0 : score.probability},
                {"text", formatPercent(double(score.probability))}});
        }
    }
    if (snapshot.totalMilliseconds >= 0)
        m_milliseconds = snapshot.totalMilliseconds;
    m_measuredRuns = snapshot.measuredRuns;
    m_fastest = snapshot.fastestMilliseconds;
    m_slowest = snapshot.slowestMilliseconds;
    Q_EMIT resultChanged();
}

} // namespace inceptoscope
