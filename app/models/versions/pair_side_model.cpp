#include "models/versions/module_pair_model.h"

#include "error.h"
#include "graph/module_graph.h"
#include "models/about.h"
#include "models/format.h"

#include <algorithm>

namespace inceptoscope {

namespace {

/// Everything that has an input and ops; in a network's own order.
std::vector<ModuleId> comparable(const Graph& graph)
{
    std::vector<ModuleId> ids;
    for (ModuleId id = 0; id < graph.modules().size(); ++id)
        if (graph.modules()[id].inputs.size() == 1)
            ids.push_back(id);
    return ids;
}

} // namespace

PairSideModel::PairSideModel(QObject* parent)
    : QObject(parent)
{
}

QString PairSideModel::network() const
{
    return m_network ? QString::fromStdString(m_network->id) : QString();
}

void PairSideModel::setNetwork(const QString& id)
{
    if (id == network())
        return;
    const std::vector<std::string> known = networkIds();
    if (std::ranges::find(known, id.toStdString()) != known.end())
        choose(id, m_module);
}

void PairSideModel::setModule(const QString& name)
{
    if (name != m_module && m_network && m_network->graph.findModule(name.toStdString()))
        choose(network(), name);
}

void PairSideModel::choose(const QString& networkId, const QString& module)
{
    if (networkId != network())
        m_network = std::make_shared<const Network>(makeNetwork(networkId.toStdString()));
    const Graph& graph = m_network->graph;
    m_module = module;
    if (!moduleId()) {
        // Another network: its first Inception module.
        const std::vector<ModuleId> all = comparable(graph);
        const auto it = std::ranges::find_if(
            all, [&](ModuleId id) { return graph.modules()[id].kind == ModuleKind::Inception; });
        m_module =
            QString::fromStdString(graph.modules()[it == all.end() ? all.front() : *it].name);
    }
    Q_EMIT chosen();
}

std::optional<ModuleId> PairSideModel::moduleId() const
{
    if (!m_network)
        return std::nullopt;
    const auto id = m_network->graph.findModule(m_module.toStdString());
    return id && m_network->graph.modules()[*id].inputs.size() == 1 ? id : std::nullopt;
}

QVariantList PairSideModel::modules() const
{
    QVariantList list;
    if (!m_network)
        return list;
    const Graph& graph = m_network->graph;
    for (const ModuleId id : comparable(graph)) {
        const Module& module = graph.modules()[id];
        const Shape& in = graph[module.inputs.front()].shape;
        list.append(QVariantMap{
            {"name", QString::fromStdString(module.name)},
            {"title", QString::fromStdString(module.title)},
            {"detail", QStringLiteral("%1 → %2").arg(
                           formatShape(in), formatShape(graph[module.output].shape))},
            {"section", QString::fromStdString(module.group)}});
    }
    return list;
}

int PairSideModel::networkIndex() const
{
    const std::vector<std::string> ids = networkIds();
    return int(std::ranges::find(ids, network().toStdString()) - ids.begin());
}

int PairSideModel::moduleIndex() const
{
    if (!m_network)
        return -1;
    const std::vector<ModuleId> all = comparable(m_network->graph);
    const auto id = moduleId();
    return id ? int(std::ranges::find(all, *id) - all.begin()) : -1;
}

QString PairSideModel::title() const
{
    const auto id = moduleId();
    return id ? QStringLiteral("%1 of %2")
                    .arg(
                        QString::fromStdString(m_network->graph.modules()[*id].title),
                        QString::fromStdString(m_network->title))
              : QString();
}

Shape PairSideModel::ownInput() const
{
    const auto id = moduleId();
    return id ? moduleInput(m_network->graph, *id) : Shape{};
}

void PairSideModel::show(const Shape& input)
{
    m_times = {};
    m_note.clear();
    m_error.clear();
    m_alone.reset();
    m_snapshot.reset();
    if (!m_network)
        return;
    try {
        m_alone = std::make_shared<const Network>(
            moduleNetwork(*m_network, m_module.toStdString(), input));
        m_stage.show(m_alone, 1);
    } catch (const Error& error) {
        m_error = QString::fromUtf8(error.what());
    }
    Q_EMIT stageShown();
}

void PairSideModel::apply(const ModulePairSide& side)
{
    m_times = side.times;
    m_note = QString::fromStdString(side.note);
    m_error = QString::fromStdString(side.error);
    if (side.snapshot && side.snapshot->complete) {
        if (m_note.isEmpty() && !side.snapshot->weights.trained)
            m_note = QStringLiteral("random weights");
        // Weights may be for another number of classes than the published network's.
        m_alone = side.snapshot->network;
        m_stage.show(m_alone, 1);
        m_stage.apply(*side.snapshot);
        m_snapshot = side.snapshot;
    }
    Q_EMIT stageShown();
}

PairFigure::Side PairSideModel::figure() const
{
    return {.title = title(), .alone = m_alone, .snapshot = m_snapshot, .error = m_error};
}

} // namespace inceptoscope
