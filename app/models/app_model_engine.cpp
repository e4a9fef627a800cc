// What AppModel asks of the engine, and what it does with the answers.
#include "models/app_model.h"

#include "engine/engine.h"
#include "engine/labels.h"
#include "models/channel/trace.h"

namespace inceptoscope {

void AppModel::connectEngine()
{
    connect(m_engine, &Engine::deviceReady, this, &AppModel::onDeviceReady);
    connect(m_engine, &Engine::deviceFailed, this, &AppModel::onDeviceFailed);
    connect(m_engine, &Engine::progress, this, &AppModel::onProgress);
    connect(m_engine, &Engine::peaksReady, &m_costs, &CostsModel::setPeaks);
    connect(m_engine, &Engine::snapshotReady, this, &AppModel::onSnapshot);
    connect(m_engine, &Engine::channelReady, this, &AppModel::onChannel);
    connect(m_engine, &Engine::failed, this, &AppModel::onFailed);
    connect(m_engine, &Engine::weightsLoaded, this, &AppModel::onWeightsLoaded);
    connect(m_engine, &Engine::frameFailed, this, &AppModel::onFrameFailed);
    connect(&m_weights, &WeightsChoice::wanted, m_engine, &Engine::open);
    connect(m_engine, &Engine::memoryChanged, &m_run, &RunModel::setMemory);
    const auto giveBudget = [this] { m_engine->setKeptMemory(m_settings.keptMemory()); };
    connect(&m_settings, &Settings::keptMemoryChanged, this, giveBudget);
    giveBudget();
}

void AppModel::onSnapshot(std::shared_ptr<const RunSnapshot> snapshot)
{
    if (snapshot->live)
        m_live.arrived(*snapshot->live);
    const bool stale = m_snapshot && snapshot->run < m_snapshot->run;
    if (stale || !snapshot->network || snapshot->network->id != m_network->id)
        return;
    if (snapshot->complete)
        m_auxiliaryUntried = false;
    adopt(snapshot->network);
    const bool newRun = !m_snapshot || snapshot->run != m_snapshot->run;
    m_snapshot = std::move(snapshot);
    m_run.apply(*m_snapshot);
    m_overview.apply(*m_snapshot);
    m_costs.apply(*m_snapshot);
    m_stage.apply(*m_snapshot);
    m_evidence.apply(m_snapshot);
    m_lessons.apply(m_snapshot);
    m_figure.show(m_snapshot, ModuleId(m_overview.current()));
    if (m_channel.isOpen() && (newRun || !m_channel.hasValues()))
        m_channel.refresh();
    if (m_snapshot->shown)
        trace(QStringLiteral("first maps: ") + networkId());
    if (!m_snapshot->top.empty())
        trace(QStringLiteral("all maps: ") + networkId());
    if (m_snapshot->complete)
        trace(QStringLiteral("measured: ") + networkId());
    Q_EMIT snapshotShown(m_snapshot->complete);
}

std::shared_ptr<const ClassLabels> AppModel::labels() const
{
    if (m_snapshot && m_snapshot->labels)
        return m_snapshot->labels;
    const auto logits = m_network ? m_network->graph.logits() : std::nullopt;
    return logits ? usualLabels(m_network->graph[*logits].shape.c) : nullptr;
}

void AppModel::onChannel(std::shared_ptr<const ChannelData> channel)
{
    m_channel.apply(std::move(channel));
}

void AppModel::onDeviceReady(const QString& device)
{
    trace(QStringLiteral("device ready"));
    m_run.setDevice(device);
}

void AppModel::onDeviceFailed(const QString& sentence)
{
    m_run.setProgress({}, -1);
    m_run.setDeviceError(sentence);
}

void AppModel::onFailed(const QString& sentence)
{
    if (m_auxiliaryUntried)
        setAuxiliary(false); // the weights have none: the switch must not claim otherwise
    m_weights.refused(sentence, m_snapshot != nullptr);
}

void AppModel::onFrameFailed(const QString& sentence)
{
    m_live.stop();
    onFailed(sentence);
}

void AppModel::onProgress(const QString& what, double fraction)
{
    m_run.setProgress(what, fraction);
}

void AppModel::onWeightsLoaded(const WeightsState& weights)
{
    trace(QStringLiteral("network ready: ") + networkId());
    m_run.setWeights(weights);
    m_weights.loaded(weights);
}

void AppModel::cancel()
{
    if (m_engine)
        m_engine->cancel();
}

void AppModel::rerun()
{
    if (m_engine && !(m_live.active() && !m_live.paused())) // live, each frame is a run
        m_engine->rerun();
}

void AppModel::measurePeaks()
{
    if (m_engine)
        m_peaks.start(*m_engine);
}

} // namespace inceptoscope
