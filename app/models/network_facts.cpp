#include "models/network_facts.h"

#include "cost/cost.h"
#include "models/format.h"

#include <algorithm>
#include <cmath>

namespace inceptoscope {

namespace {

QString number(float value)
{
    return formatValue(std::round(double(value) * 1000) / 1000);
}

QString vectorText(const std::array<float, 3>& v)
{
    return QStringLiteral("(%1, %2, %3)").arg(number(v[0]), number(v[1]), number(v[2]));
}

void addFact(QVariantList& facts, const QString& label, const QString& value)
{
    facts.append(QVariantMap{{"label", label}, {"value", value}});
}

QVariantList factsOf(const Network& network)
{
    const Graph& graph = network.graph;
    const NetworkCost cost = networkCost(graph);
    const Shape& input = graph[graph.input()].shape;
    QVariantList facts;
    addFact(facts, QStringLiteral("Input"), formatShape(input));
    addFact(
        facts, QStringLiteral("Preprocessing"),
        QStringLiteral("shorter side to %1 pixels, centre cut out; %2")
            .arg(network.preprocessing.resize)
            .arg(preprocessingText(network.preprocessing)));
    addFact(facts, QStringLiteral("Parameters"), formatCount(cost.main.params));
    addFact(facts, QStringLiteral("Multiply-adds"), formatCount(cost.main.macs));
    addFact(
        facts, QStringLiteral("Depth"),
        QStringLiteral("%1 layers with weights on the longest path")
            .arg(weightLayersOnLongestPath(graph)));
    if (network.embedding)
        addFact(
            facts, QStringLiteral("Output"),
            QStringLiteral("embedding in %1 dimensions").arg(graph[*network.embedding].shape.c));
    else if (graph.logits())
        addFact(
            facts, QStringLiteral("Output"),
            QStringLiteral("%1 classes").arg(graph[*graph.logits()].shape.c));
    if (!network.auxiliaryLogits.empty())
        addFact(
            facts, QStringLiteral("Auxiliary heads"),
            QStringLiteral("%1, with %2 more")
                .arg(network.auxiliaryLogits.size())
                .arg(formatParams(cost.auxiliary.params)));
    return facts;
}

/// Modules of one design, in the order in which the first of each appears.
QVariantList groupsOf(const Graph& graph)
{
    struct Group
    {
        const Module* first;
        int count;
        Cost cost;
    };
    std::vector<Group> groups;
    for (ModuleId id = 0; id < graph.modules().size(); ++id) {
        const Module& module = graph.modules()[id];
        if (module.kind == ModuleKind::Auxiliary || module.output == graph.input())
            continue;
        const Cost cost = moduleCost(graph, id);
        const auto it = std::find_if(groups.begin(), groups.end(), [&](const Group& g) {
            return g.first->group == module.group;
        });
        Group& group = it == groups.end() ? groups.emplace_back(Group{&module, 0, {}}) : *it;
        ++group.count;
        group.cost.params += cost.params;
        group.cost.macs += cost.macs;
    }
    QVariantList list;
    for (const Group& group : groups)
        list.append(QVariantMap{
            {"title", QString::fromStdString(group.first->group)},
            {"article", withTimesSigns(QString::fromStdString(group.first->article))},
            {"count", group.count},
            {"params", group.cost.params > 0 ? formatCount(group.cost.params) : QString()},
            {"macs", group.cost.macs > 0 ? formatCount(group.cost.macs) : QString()}});
    return list;
}

} // namespace

QString preprocessingText(const Preprocessing& p)
{
    const QString order =
        p.order == ChannelOrder::Rgb ? QStringLiteral("RGB") : QStringLiteral("BGR");
    const auto equal = [](const std::array<float, 3>& v) { return v[0] == v[1] && v[1] == v[2]; };
    if (equal(p.mean) && equal(p.scale))
        return QStringLiteral("%1, values from %2 to %3")
            .arg(
                order, number((0 - p.mean[0]) * p.scale[0]),
                number((p.range - p.mean[0]) * p.scale[0]));
    QString text =
        QStringLiteral("%1, 0 to %2 minus %3").arg(order, number(p.range), vectorText(p.mean));
    if (p.scale != std::array<float, 3>{1, 1, 1})
        text += QStringLiteral(", times ") + vectorText(p.scale);
    return text;
}

QVariantMap networkFacts(const Network& network)
{
    QStringList differences;
    for (const std::string& sentence : network.differences)
        differences << withTimesSigns(QString::fromStdString(sentence));
    return {
        {"id", QString::fromStdString(network.id)},
        {"title", QString::fromStdString(network.title)},
        {"family", QString::fromStdString(network.family)},
        {"year", network.year},
        {"paper", QString::fromStdString(network.paper)},
        {"follows", withTimesSigns(QString::fromStdString(network.follows))},
        {"differences", differences},
        {"status", QString::fromStdString(network.status)},
        {"embedding", network.embedding.has_value()},
        {"facts", factsOf(network)},
        {"groups", groupsOf(network.graph)}};
}

QVariantList networkChoices()
{
    QVariantList choices;
    for (const std::string& id : networkIds()) {
        const Network network = makeNetwork(id);
        const Cost cost = networkCost(network.graph).main;
        choices.append(QVariantMap{
            {"id", QString::fromStdString(id)},
            {"title", QString::fromStdString(network.title)},
            {"family", QString::fromStdString(network.family)},
            {"detail",
             QStringLiteral("%1 · %2 · %3%4")
                 .arg(network.year)
                 .arg(
                     formatParams(cost.params), formatMacs(cost.macs),
                     network.status.empty()
                         ? QString()
                         : QStringLiteral(" · ") + QString::fromStdString(network.status))}});
    }
    return choices;
}

} // namespace inceptoscope
