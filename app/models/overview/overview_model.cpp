#include "models/overview/overview_model.h"

#include "cost/cost.h"
#include "graph/module_groups.h"
#include "models/about.h"
#include "models/format.h"
#include "models/overview/strip_layout.h"

#include <algorithm>
#include <numeric>

namespace inceptoscope {

namespace {

/// What the network is about, rather than its input; that where there is none.
ModuleId firstInception(const Graph& graph)
{
    for (ModuleId id = 0; id < graph.modules().size(); ++id)
        if (graph.modules()[id].kind == ModuleKind::Inception)
            return id;
    return graph[graph.input()].module;
}

} // namespace

OverviewModel::OverviewModel(QObject* parent)
    : QObject(parent)
{
    m_play.setInterval(1500);
    connect(&m_play, &QTimer::timeout, this, &OverviewModel::playOn);
}

QString OverviewModel::title() const
{
    return m_network ? QString::fromStdString(m_network->title) : QString();
}

QString OverviewModel::summary() const
{
    if (!m_network)
        return {};
    const Cost main = networkCost(m_network->graph).main;
    return QStringLiteral("%1 layers · %2 · %3")
        .arg(weightLayersOnLongestPath(m_network->graph))
        .arg(formatParams(main.params), formatMacs(main.macs));
}

void OverviewModel::setCurrent(int module)
{
    if (!m_network || module < 0 || module >= int(m_network->graph.modules().size()) ||
        ModuleId(module) == m_current)
        return;
    m_current = ModuleId(module);
    Q_EMIT currentChanged();
}

int OverviewModel::position() const
{
    const auto indexOf = [this](int module) {
        const auto it = std::find_if(m_modules.begin(), m_modules.end(), [&](ModuleItem* item) {
            return item->module() == module;
        });
        return it == m_modules.end() ? -1 : int(it - m_modules.begin());
    };
    for (const ModuleItem* item : m_auxiliaries) {
        if (item->module() == current())
            return indexOf(item->feed());
    }
    return indexOf(current());
}

void OverviewModel::step(int by)
{
    if (m_modules.isEmpty())
        return;
    const int to = std::clamp(position() + by, 0, int(m_modules.size()) - 1);
    setCurrent(m_modules[to]->module());
}

void OverviewModel::stepGroup(int by)
{
    if (m_groups.isEmpty())
        return;
    const auto first = [this](qsizetype group) { return m_groups[group].toMap()["first"].toInt(); };
    qsizetype at = 0;
    while (at + 1 < m_groups.size() && first(at + 1) <= position())
        ++at;
    // Back from the middle of a group goes to its start first.
    if (by < 0 && position() > first(at))
        ++by;
    at = std::clamp<qsizetype>(at + by, 0, m_groups.size() - 1);
    setCurrent(m_modules[first(at)]->module());
}

QVariantMap OverviewModel::strip(const QVariantMap& metrics) const
{
    const QVariantList headings = metrics["headings"].toList();
    std::vector<StripItem> items;
    for (qsizetype i = 0; i < m_groups.size(); ++i)
        items.push_back(
            {.count = m_groups[i].toMap()["count"].toInt(),
             .heading = headings.value(i).toDouble()});
    const auto value = [&](const char* key) { return metrics[QLatin1String(key)].toDouble(); };
    const std::vector<StripGroup> placed = layoutStrip(
        items, {.width = value("width"),
                .smallestCard = value("smallestCard"),
                .largestCard = value("largestCard"),
                .tile = value("tile"),
                .gap = value("gap"),
                .cardHeight = value("cardHeight")});
    QVariantList groups;
    QVariantList modules;
    for (const StripGroup& group : placed) {
        groups.append(QVariantMap{{"x", group.x}, {"width", group.width}, {"small", group.small}});
        for (const QRectF& m : group.modules)
            modules.append(QVariantMap{
                {"x", m.x()},
                {"y", m.y()},
                {"width", m.width()},
                {"height", m.height()},
                {"small", group.small}});
    }
    const double width = placed.empty() ? 0 : placed.back().x + placed.back().width;
    return {{"groups", groups}, {"modules", modules}, {"width", width}};
}

void OverviewModel::toFirst()
{
    if (!m_modules.isEmpty())
        setCurrent(m_modules.front()->module());
}

void OverviewModel::toLast()
{
    if (!m_modules.isEmpty())
        setCurrent(m_modules.back()->module());
}

void OverviewModel::togglePlay()
{
    if (playing()) {
        stopPlay();
        return;
    }
    if (position() + 1 >= m_modules.size())
        toFirst();
    m_play.start();
    Q_EMIT playingChanged();
}

void OverviewModel::stopPlay()
{
    if (!playing())
        return;
    m_play.stop();
    Q_EMIT playingChanged();
}

void OverviewModel::playOn()
{
    step(1);
    if (position() + 1 >= m_modules.size())
        stopPlay();
}

void OverviewModel::show(std::shared_ptr<const Network> network)
{
    stopPlay();
    m_network = std::move(network);
    for (ModuleItem* item : m_modules + m_auxiliaries)
        item->deleteLater();
    m_modules.clear();
    m_auxiliaries.clear();
    const Graph& graph = m_network->graph;
    for (ModuleId id = 0; id < graph.modules().size(); ++id) {
        auto* item = new ModuleItem(graph, id, this);
        (item->auxiliary() ? m_auxiliaries : m_modules).append(item);
    }
    buildGroups();
    setShares(nullptr);
    m_current = firstInception(graph);
    Q_EMIT networkChanged();
    Q_EMIT currentChanged();
}

void OverviewModel::buildGroups()
{
    m_groups.clear();
    const Graph& graph = m_network->graph;
    int first = 0;
    for (const ModuleGroup& group : moduleGroups(graph)) {
        const Module& module = graph.modules()[group.modules.front()];
        const int count = int(group.modules.size());
        m_groups.append(QVariantMap{
            {"title", QString::fromStdString(group.title)},
            {"article", withTimesSigns(QString::fromStdString(module.article))},
            {"first", first},
            {"count", count}});
        first += count;
    }
}

void OverviewModel::apply(const RunSnapshot& snapshot)
{
    if (!m_network)
        return;
    for (ModuleItem* item : m_modules + m_auxiliaries) {
        const size_t id = size_t(item->module());
        const bool input = id == m_network->graph[m_network->graph.input()].module;
        const QImage map = id < snapshot.thumbnails.size() ? snapshot.thumbnails[id] : QImage();
        // The input is a picture, not one of its colours.
        item->setThumbnail(input && !map.isNull() && !snapshot.seen.isNull() ? snapshot.seen : map);
    }
    if (snapshot.live)
        return; // times are those of before, and so are their shares
    // Half a run's times would make the first modules look like all the work.
    setShares(snapshot.complete && snapshot.totalMilliseconds > 0 ? &snapshot : nullptr);
}

void OverviewModel::setShares(const RunSnapshot* snapshot)
{
    const Graph& graph = m_network->graph;
    const uint64_t allMacs = networkCost(graph).main.macs;
    std::vector<double> shares;
    const QList<ModuleItem*> items = m_modules + m_auxiliaries;
    double largest = 1e-12;
    for (const ModuleItem* item : items) {
        const size_t id = size_t(item->module());
        double share = 0;
        if (snapshot && id < snapshot->moduleMilliseconds.size())
            share = std::max(0.0, snapshot->moduleMilliseconds[id] / snapshot->totalMilliseconds);
        else if (!snapshot && allMacs > 0)
            share = double(moduleCost(graph, ModuleId(id)).macs) / double(allMacs);
        shares.push_back(share);
        largest = std::max(largest, share);
    }
    m_shareOf = snapshot ? QStringLiteral("time") : QStringLiteral("MACs");
    for (qsizetype i = 0; i < items.size(); ++i) {
        const double share = shares[size_t(i)];
        items[i]->setShare(
            share / largest, formatPercent(share) + QStringLiteral(" of ") + m_shareOf);
    }
    m_groupShares.clear();
    for (const QVariant& group : m_groups) {
        const auto from = shares.begin() + group.toMap()["first"].toInt();
        const double sum = std::accumulate(from, from + group.toMap()["count"].toInt(), 0.0);
        m_groupShares << formatPercent(sum) + QStringLiteral(" of ") + m_shareOf;
    }
    Q_EMIT sharesChanged();
}

} // namespace inceptoscope
