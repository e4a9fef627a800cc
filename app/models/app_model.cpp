#include "models/app_model.h"

#include "engine/engine.h"
#include "models/colormaps.h"
#include "models/network_facts.h"
#include "models/trace.h"

#include <algorithm>

namespace inceptoscope {

namespace {

constexpr auto randomWeights = "synthetic";

} // namespace

AppModel::AppModel(Engine* engine, const QString& settingsPath, QObject* parent)
    : QObject(parent)
    , m_engine(engine)
    , m_settings(settingsPath)
{
    connectModels();
    connectLive();
    if (m_engine) {
        connectEngine();
        connectVersions();
        connectPair();
    }
    m_channel.setStyle(style());
}

void AppModel::connectModels()
{
    connect(&m_fetch, &WeightsFetch::fetched, this, &AppModel::onFetched);
    connect(&m_fetch, &WeightsFetch::failed, this, [this](const QString& sentence) {
        m_fetchError = sentence;
        showErrors();
    });
    connect(&m_overview, &OverviewModel::currentChanged, this, &AppModel::showModule);
    connect(&m_settings, &Settings::viewChanged, this, &AppModel::viewChanged);
    connect(&m_channel, &ChannelModel::requested, this, [this](int node, int channel) {
        if (m_engine)
            m_engine->requestChannel(NodeId(node), quint32(channel));
    });
    connect(&m_settings, &Settings::styleChanged, this, [this] {
        m_channel.setStyle(style());
        if (m_engine)
            m_engine->setStyle(style());
    });
}

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
    connect(m_engine, &Engine::memoryChanged, &m_run, &RunModel::setMemory);
    const auto giveBudget = [this] { m_engine->setKeptMemory(m_settings.keptMemory()); };
    connect(&m_settings, &Settings::keptMemoryChanged, this, giveBudget);
    giveBudget();
}

QStringList AppModel::networks() const
{
    QStringList ids;
    for (const std::string& id : networkIds())
        ids << QString::fromStdString(id);
    return ids;
}

QVariantList AppModel::networkChoices() const
{
    return inceptoscope::networkChoices();
}

QVariantMap AppModel::networkFacts() const
{
    return m_network ? inceptoscope::networkFacts(*m_network) : QVariantMap();
}

QString AppModel::networkId() const
{
    return m_network ? QString::fromStdString(m_network->id) : QString();
}

void AppModel::setNetworkId(const QString& id)
{
    if (id == networkId() || !networks().contains(id))
        return;
    loadNetwork(id);
    openFirst({m_settings.weights(id), defaultWeights(id)});
}

QString AppModel::defaultWeights(const QString& networkId) const
{
    const auto stored = m_store.weightsFor(networkId);
    return stored.value_or(QString(randomWeights));
}

void AppModel::openFirst(const QStringList& specs)
{
    m_fallBacks = specs + QStringList{QString(randomWeights)};
    m_fallBacks.removeAll(QString());
    m_fallBacks.removeDuplicates();
    openSpec(m_fallBacks.takeFirst());
}

QSize AppModel::inputSize() const
{
    if (!m_network)
        return {};
    const Shape& shape = m_network->graph[m_network->graph.input()].shape;
    return {int(shape.w), int(shape.h)};
}

void AppModel::setAuxiliary(bool on)
{
    if (on == m_auxiliary)
        return;
    m_auxiliary = on;
    m_auxiliaryUntried = on;
    if (m_engine)
        m_engine->setAuxiliary(on);
    Q_EMIT auxiliaryChanged();
}

QStringList AppModel::colormaps() const
{
    QStringList names;
    for (const std::string_view name : colormapNames())
        names << QString::fromUtf8(name.data(), qsizetype(name.size()));
    return names;
}

FeatureMapStyle AppModel::style() const
{
    const std::string name = m_settings.colormap().toStdString();
    return {
        .colours = inceptoscope::colormap(name).value_or(ColourTable{}),
        .scaling = m_settings.perLayer() ? Scaling::PerLayer : Scaling::PerChannel,
        .diverging = isDivergingColormap(name)};
}

bool AppModel::hasRememberedWeights() const
{
    return !m_settings.weights(networkId()).isEmpty();
}

void AppModel::start(const QString& networkId, const QString& weights, const QString& picture)
{
    loadNetwork(networkId);
    if (m_engine)
        m_engine->setStyle(style());
    openPicture(
        picture.isEmpty() ? QUrl(QStringLiteral("qrc%1").arg(QLatin1String(bundledPicture)))
                          : QUrl::fromLocalFile(picture));
    openFirst(
        weights.isEmpty() ? QStringList{m_settings.weights(networkId), defaultWeights(networkId)}
                          : QStringList{weights});
}

void AppModel::loadNetwork(const QString& id)
{
    m_channel.close();
    m_snapshot.reset();
    m_network = std::make_shared<const Network>(makeNetwork(id.toStdString()));
    m_run.clearResult();
    m_overview.show(m_network);
    m_costs.show(m_network);
    m_fetch.setNetwork(id);
    Q_EMIT networkChanged();
    Q_EMIT rememberedChanged();
}

/// Weights may be for another number of classes, or another input, than the published network.
void AppModel::adopt(const std::shared_ptr<const Network>& network)
{
    const auto shapesOf = [](const Graph& graph) {
        const NodeId last = graph.logits().value_or(graph.input());
        return std::pair(graph[graph.input()].shape, graph[last].shape);
    };
    if (shapesOf(network->graph) == shapesOf(m_network->graph))
        return;
    const int module = m_overview.current();
    m_channel.close();
    m_snapshot.reset();
    m_network = network;
    m_overview.show(m_network);
    m_costs.show(m_network);
    m_overview.setCurrent(module);
    Q_EMIT networkChanged();
}

void AppModel::openSpec(const QString& spec)
{
    if (m_engine)
        m_engine->open(networkId(), spec);
}

void AppModel::showModule()
{
    m_channel.close();
    m_stage.show(m_network, ModuleId(m_overview.current()));
    if (m_snapshot)
        m_stage.apply(*m_snapshot);
    if (m_engine)
        m_engine->setStage({.module = ModuleId(m_overview.current()), .columns = {}});
}

void AppModel::openChannel(int node, int channel)
{
    if (OpItem* op = m_stage.find(node))
        m_channel.open(m_network, op, channel);
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
    m_engineError = sentence;
    showErrors();
    if (m_auxiliaryUntried)
        setAuxiliary(false); // the weights have none: the switch must not claim otherwise
    if (!m_fallBacks.isEmpty() && !m_snapshot)
        openSpec(m_fallBacks.takeFirst());
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
    m_fallBacks.clear();
    m_run.setWeights(weights);
    if (!weights.note.isEmpty())
        showMessage(weights.note, false);
    // What is opened anyway need not be remembered, and would go on being opened if it did.
    if (weights.trained && weights.spec == defaultWeights(networkId()))
        m_settings.forgetWeights(networkId());
    else if (weights.trained)
        m_settings.rememberWeights(networkId(), weights.spec);
    Q_EMIT rememberedChanged();
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

void AppModel::showMessage(const QString& text, bool error)
{
    m_message = text;
    m_messageIsError = error;
    Q_EMIT messageChanged();
}

void AppModel::say(const QString& problem)
{
    if (!problem.isEmpty())
        showMessage(problem, true);
}

void AppModel::showErrors()
{
    QStringList all{m_pictureError, m_engineError, m_fetchError};
    all.removeAll(QString());
    showMessage(all.join(u'\n'), !all.isEmpty());
}

void AppModel::dismissMessage()
{
    m_pictureError.clear();
    m_engineError.clear();
    m_fetchError.clear();
    showMessage({}, false);
}

void AppModel::setView(const QString& view)
{
    m_overview.stopPlay();
    m_settings.setView(view);
}

void AppModel::showModuleOf(int module)
{
    if (module < 0)
        return;
    m_overview.stopPlay();
    m_overview.setCurrent(module);
    setView(Settings::views().front());
}

QStringList AppModel::palette(bool dark) const
{
    return paletteNames(dark);
}

QImage AppModel::gradient(const QString& colormap) const
{
    const std::optional<ColourTable> table = inceptoscope::colormap(colormap.toStdString());
    if (!table)
        return {};
    QImage image(256, 1, QImage::Format_RGBA8888);
    std::copy(table->begin(), table->end(), reinterpret_cast<uint32_t*>(image.scanLine(0)));
    return image;
}

} // namespace inceptoscope
