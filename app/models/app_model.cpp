#include "models/app_model.h"

#include "address/views.h"
#include "engine/engine.h"
#include "models/colormaps.h"
#include "models/network_facts.h"
#include "models/picture/samples.h"
#include "models/weights/knowledge.h"

#include <algorithm>

namespace inceptoscope {

AppModel::AppModel(Engine* engine, const QString& settingsPath, QObject* parent)
    : QObject(parent)
    , m_engine(engine)
    , m_settings(settingsPath)
{
    connectModels();
    connectLive();
    connectLessons();
    connectGrowth();
    connectDream();
    if (m_engine) {
        connectEngine();
        connectVersions();
        connectPair();
        connectEvidence();
        connectLaboratory();
    }
    m_channel.setStyle(style());
}

void AppModel::connectModels()
{
    connect(&m_pictures, &Pictures::opened, this, &AppModel::usePicture);
    connect(&m_fetch, &WeightsFetch::fetched, &m_weights, &WeightsChoice::fetched);
    connect(&m_fetch, &WeightsFetch::failed, this, [this](const QString& sentence) {
        m_messages.report(Messages::About::Download, sentence);
    });
    connect(&m_saver, &SaveModel::failed, &m_messages, &Messages::say);
    connect(&m_overview, &OverviewModel::currentChanged, this, &AppModel::showModule);
    connect(&m_stage, &StageModel::openedChanged, this, [this] {
        if (m_stage.opened())
            m_evidence.close(); // it would lie over the op's maps
    });
    connect(&m_settings, &Settings::viewChanged, this, &AppModel::viewChanged);
    connect(&m_run, &RunModel::weightsChanged, this, &AppModel::knowledgeChanged);
    connect(&m_fetch, &WeightsFetch::offerChanged, this, &AppModel::knowledgeChanged);
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

void AppModel::connectLessons()
{
    connect(&m_lessons, &LessonsModel::wanted, this, [this](const Address& place) {
        m_messages.say(m_places.go(place));
    });
    connect(&m_lessons, &LessonsModel::pointedChanged, this, [this] {
        m_stage.point(m_lessons.pointed());
    });
    connect(&m_places, &Places::addressChanged, this, [this] {
        m_lessons.setPlace(m_places.address());
    });
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

QVariantMap AppModel::knowledge() const
{
    const Knowledge knowledge = knowledgeOf(m_store, m_run.weights(), m_fetch.offer());
    return {{"sentence", knowledge.sentence}, {"photographs", knowledge.photographs}};
}

QString AppModel::networkId() const
{
    return m_network ? QString::fromStdString(m_network->id) : QString();
}

void AppModel::setNetworkId(const QString& id)
{
    if (id == networkId() || !networks().contains(id))
        return;
    m_messages.dismiss(); // it was about the other
    loadNetwork(id);
    m_weights.openFirst({});
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
    if (on && !m_run.hasAuxiliary()) {
        m_messages.note(
            tr("%1 has no auxiliary heads to run: these weights were saved without them.")
                .arg(m_run.weightsTitle()));
        return;
    }
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

void AppModel::start(const QString& networkId, const QString& weights, const QString& picture)
{
    loadNetwork(networkId);
    if (m_engine)
        m_engine->setStyle(style());
    const QString first = weights.isEmpty() ? m_weights.usual(networkId) : weights;
    const QString sample = QString::fromLatin1(firstSample(m_store, first));
    m_pictures.open(pictureUrl(picture.isEmpty() ? sample : picture));
    m_weights.openFirst(first);
}

void AppModel::loadNetwork(const QString& id)
{
    m_channel.close();
    m_evidence.reset();
    m_snapshot.reset();
    m_network = std::make_shared<const Network>(makeNetwork(id.toStdString()));
    m_run.clearResult();
    m_overview.show(m_network);
    m_costs.show(m_network);
    m_fetch.setNetwork(id);
    m_weights.setNetwork(id);
    m_lessons.setNetwork(m_network);
    Q_EMIT networkChanged();
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
    m_evidence.reset();
    m_snapshot.reset();
    m_network = network;
    m_overview.show(m_network);
    m_costs.show(m_network);
    m_overview.setCurrent(module);
    m_lessons.setNetwork(m_network);
    Q_EMIT networkChanged();
}

void AppModel::showModule()
{
    m_channel.close();
    m_stage.show(m_network, ModuleId(m_overview.current()));
    m_evidence.setModule(ModuleId(m_overview.current()));
    if (m_snapshot)
        m_stage.apply(*m_snapshot);
    m_figure.show(m_snapshot, ModuleId(m_overview.current()));
    if (m_engine)
        m_engine->setStage({.module = ModuleId(m_overview.current()), .columns = {}});
}

void AppModel::openChannel(int node, int channel)
{
    OpItem* op = m_stage.find(node);
    if (!op)
        return;
    m_evidence.close(); // it would lie over the map
    m_channel.open(m_network, op, channel);
}

void AppModel::setView(const QString& view)
{
    m_overview.stopPlay();
    m_settings.setView(view);
}

void AppModel::showCosts()
{
    m_costs.selectModule(m_overview.current());
    setView(QStringLiteral("costs"));
}

void AppModel::showModuleOf(int module)
{
    if (module < 0)
        return;
    m_overview.stopPlay();
    m_overview.setCurrent(module);
    setView(windowViews().front().id);
}

QVariantList AppModel::views() const
{
    return viewEntries();
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
