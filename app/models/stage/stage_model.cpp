#include "models/stage/stage_model.h"

#include "models/about.h"
#include "models/format.h"
#include "models/save/table_text.h"
#include "models/stage/input_maps.h"
#include "models/stage/module_notes.h"

#include <algorithm>

namespace inceptoscope {

namespace {

/// A module cut out of its network, beside another.
bool isAlone(const Graph& graph)
{
    return graph.modules().size() == 2 && !graph.logits();
}

QString titlesOf(const QVariantList& modules)
{
    QStringList titles;
    for (const QVariant& module : modules)
        titles << module.toMap()["title"].toString();
    return titles.join(QStringLiteral(", "));
}

void addModule(QVariantList& list, const Graph& graph, ModuleId id)
{
    const QVariantMap module{
        {"module", int(id)}, {"title", QString::fromStdString(graph.modules()[id].title)}};
    if (!list.contains(module))
        list.append(module);
}

} // namespace

const Module* StageModel::graphModule() const
{
    return m_network ? &m_network->graph.modules()[m_module] : nullptr;
}

QString StageModel::name() const
{
    return m_network ? QString::fromStdString(graphModule()->name) : QString();
}

QString StageModel::title() const
{
    return m_network ? QString::fromStdString(graphModule()->title) : QString();
}

QString StageModel::kindText() const
{
    return m_network ? otherNames(*graphModule()) : QString();
}

QString StageModel::drawn() const
{
    return m_network ? QString::fromStdString(graphModule()->drawn) : QString();
}

QString StageModel::about() const
{
    return m_network ? aboutModule(m_network->graph, m_module) : QString();
}

bool StageModel::auxiliary() const
{
    return m_network && graphModule()->kind == ModuleKind::Auxiliary;
}

QString StageModel::inputText() const
{
    if (!m_network)
        return {};
    if (isAlone(m_network->graph))
        return QStringLiteral("input");
    return m_sources.isEmpty() ? QString() : QStringLiteral("from ") + titlesOf(m_sources);
}

QString StageModel::inputShape() const
{
    if (!m_network || graphModule()->inputs.empty())
        return {};
    return formatShape(m_network->graph[graphModule()->inputs.front()].shape);
}

QString StageModel::outputText() const
{
    if (!m_network)
        return {};
    const Graph& graph = m_network->graph;
    if (!m_targets.isEmpty())
        return QStringLiteral("to ") + titlesOf(m_targets);
    if (m_network->embedding == graphModule()->output)
        return QStringLiteral("embedding");
    if (isAlone(graph))
        return QStringLiteral("output");
    return std::holds_alternative<Softmax>(graph[graphModule()->output].op)
               ? QStringLiteral("class probabilities")
               : QStringLiteral("class scores");
}

QString StageModel::outputShape() const
{
    return m_network ? formatShape(m_network->graph[graphModule()->output].shape) : QString();
}

QString StageModel::macsText() const
{
    if (!m_network)
        return {};
    const uint64_t macs = moduleCost(m_network->graph, m_module).macs;
    return macs == 0 ? QString() : formatMacs(macs);
}

QString StageModel::paramsText() const
{
    if (!m_network)
        return {};
    const uint64_t params = moduleCost(m_network->graph, m_module).params;
    return params == 0 ? QString() : formatParams(params);
}

QString StageModel::timeText() const
{
    return m_milliseconds <= 0 ? QString() : formatMilliseconds(m_milliseconds);
}

bool StageModel::complete() const
{
    return !m_ops.isEmpty() &&
           std::all_of(m_ops.begin(), m_ops.end(), [](OpItem* op) { return op->hasPicture(); });
}

OpItem* StageModel::find(int node) const
{
    if (m_output && m_output->node() == node)
        return m_output;
    const auto it =
        std::find_if(m_ops.begin(), m_ops.end(), [&](OpItem* op) { return op->node() == node; });
    return it == m_ops.end() ? nullptr : *it;
}

void StageModel::show(std::shared_ptr<const Network> network, ModuleId module)
{
    m_network = std::move(network);
    m_module = module;
    const Graph& graph = m_network->graph;
    m_layout = layoutModule(graph, module);
    // Views may still read the old ops in the event under way.
    for (OpItem* op : std::as_const(m_ops))
        op->deleteLater();
    if (m_output && !m_ops.contains(m_output))
        m_output->deleteLater();
    m_ops.clear();
    m_output = nullptr;
    m_join = nullptr;
    for (const LayoutCell& cell : m_layout.cells)
        m_ops.append(new OpItem(graph, cell, this));
    const NodeId output = graph.modules()[module].output;
    m_output = find(int(output));
    if (!m_output) {
        LayoutCell joint;
        joint.node = output;
        m_output = new OpItem(graph, joint, this);
    }
    m_milliseconds = -1;
    if (OpItem* input = find(int(graph.input())))
        input->setInputOf(m_network);
    closeOp();
    buildSegments();
    findNeighbours();
    const Departure departure = departureFromArticle(*m_network, module);
    m_departure = departure.sentence;
    for (OpItem* op : std::as_const(m_ops))
        op->setNote(departure.ops.value(quint32(op->node())));
    dim();
    Q_EMIT moduleChanged();
    Q_EMIT timeChanged();
    Q_EMIT picturesChanged();
}

void StageModel::point(std::vector<NodeId> nodes)
{
    m_pointed = std::move(nodes);
    dim();
}

void StageModel::dim()
{
    const auto isMeant = [this](const OpItem* op) {
        return std::find(m_pointed.begin(), m_pointed.end(), NodeId(op->node())) != m_pointed.end();
    };
    // What is meant may be in another module: then nothing is dimmed here.
    const bool here = std::any_of(m_ops.begin(), m_ops.end(), isMeant);
    for (OpItem* op : std::as_const(m_ops))
        op->setDimmed(here && !isMeant(op));
}

void StageModel::openOp(int node)
{
    OpItem* op = find(node);
    if (!op || op == m_opened)
        return;
    m_opened = op;
    Q_EMIT openedChanged();
}

void StageModel::closeOp()
{
    if (!m_opened)
        return;
    m_opened = nullptr;
    Q_EMIT openedChanged();
}

QString StageModel::csv() const
{
    QString text = tableLine(
        {"op", "kind", "channels", "height", "width", "macs", "params", "milliseconds"}, u',');
    QList<OpItem*> all = m_ops;
    if (m_output && !all.contains(m_output))
        all.append(m_output);
    for (const OpItem* op : std::as_const(all)) {
        const Cost counted = cost(m_network->graph, NodeId(op->node()));
        const QString time =
            op->milliseconds() > 0 ? QString::number(op->milliseconds(), 'g', 6) : QString();
        text += tableLine(
            {op->name(), op->title(), QString::number(op->shape().c),
             QString::number(op->shape().h), QString::number(op->shape().w),
             QString::number(counted.macs), QString::number(counted.params), time},
            u',');
    }
    return text;
}

QString StageModel::question() const
{
    return m_network ? moduleQuestion(*m_network, m_module) : QString();
}

void StageModel::findNeighbours()
{
    m_sources.clear();
    m_targets.clear();
    const Graph& graph = m_network->graph;
    if (isAlone(graph))
        return;
    for (const NodeId input : graphModule()->inputs)
        addModule(m_sources, graph, graph[input].module);
    for (const NodeId consumer : graph.consumers(graphModule()->output))
        addModule(m_targets, graph, graph[consumer].module);
}

void StageModel::buildSegments()
{
    m_segments.clear();
    const auto bar =
        std::find_if(m_ops.begin(), m_ops.end(), [](const OpItem* op) { return op->bar(); });
    m_join = m_layout.joins ? m_output : bar == m_ops.end() ? nullptr : *bar;
    if (!m_join)
        return;
    const Graph& graph = m_network->graph;
    int index = 0;
    for (const Branch& branch : graph.branches(m_module)) {
        m_segments.append(QVariantMap{
            {"branch", index++},
            {"name", QString::fromStdString(branch.name)},
            {"offset", branch.channelOffset},
            {"channels", graph[branch.output].shape.c},
            {"node", branch.output},
        });
    }
}

void StageModel::apply(const RunSnapshot& snapshot)
{
    if (!m_network)
        return;
    const auto known = [](const std::vector<double>& times, size_t i) {
        return i < times.size() ? times[i] : -1.0;
    };
    const double total = known(snapshot.moduleMilliseconds, m_module);
    QList<OpItem*> all = m_ops;
    if (m_output && !all.contains(m_output))
        all.append(m_output);
    const bool mine = snapshot.shown && snapshot.shown->module == m_module;
    const auto pictures = mine ? withInputColours(snapshot) : nullptr;
    for (OpItem* op : std::as_const(all)) {
        const double time = known(snapshot.opMilliseconds, size_t(op->node()));
        op->setTime(time, total > 0 && time > 0 ? time / total : 0);
        op->setLabels(snapshot.labels);
        op->setPictures(pictures);
    }
    if (total != m_milliseconds) {
        m_milliseconds = total;
        Q_EMIT timeChanged();
    }
    Q_EMIT picturesChanged();
}

} // namespace inceptoscope
