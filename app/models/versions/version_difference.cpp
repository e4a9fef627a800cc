#include "models/versions/version_difference.h"

#include "models/format.h"

#include <algorithm>
#include <cmath>

namespace inceptoscope {

namespace {

QString extentText(const Extent& extent)
{
    return QStringLiteral("%1×%2").arg(extent.h).arg(extent.w);
}

QString gridText(const Shape& shape)
{
    return extentText({shape.h, shape.w});
}

/// The common plan: a new grid begins behind a reduction.
QString keyOf(const Module& module, int reductions)
{
    switch (module.kind) {
    case ModuleKind::Stem:
        return QStringLiteral("Stem");
    case ModuleKind::Inception:
        return QStringLiteral("Inception %1").arg(reductions + 1);
    case ModuleKind::Reduction:
        return QStringLiteral("Reduction %1").arg(reductions + 1);
    case ModuleKind::Head:
        return QStringLiteral("Head");
    case ModuleKind::Auxiliary:
    case ModuleKind::Backward:
        break;
    }
    return {};
}

void addOnce(QStringList& list, const QString& text)
{
    if (!text.isEmpty() && !list.contains(text))
        list << text;
}

struct Gathered
{
    VersionStage stage;
    QStringList designs;
    QStringList drawn;
    QStringList widths;
};

void addModule(Gathered& to, const Graph& graph, ModuleId id, const MeasuredTimes* times)
{
    const Module& module = graph.modules()[id];
    VersionStage& stage = to.stage;
    if (stage.count == 0) {
        stage.grid = gridText(graph[module.inputs.front()].shape);
        const auto join = graph.join(id);
        // As the papers count: a branch that forks at its end is one.
        stage.branches = join ? int(graph[*join].inputs.size()) : 1;
    }
    ++stage.count;
    stage.channels = graph[module.output].shape.c;
    if (to.widths.isEmpty() || to.widths.back() != QString::number(stage.channels))
        to.widths << QString::number(stage.channels);
    addOnce(to.designs, QString::fromStdString(module.group));
    addOnce(to.drawn, QString::fromStdString(module.drawn));
    for (const NodeId node : module.nodes) {
        if (const auto* conv = std::get_if<Conv2d>(&graph[node].op))
            addOnce(stage.kernels, extentText(conv->kernel));
        stage.residual = stage.residual || std::holds_alternative<Add>(graph[node].op);
        if (times != nullptr && times->opMilliseconds.size() == graph.size())
            stage.milliseconds =
                std::max(0.0, stage.milliseconds) + std::max(0.0, times->opMilliseconds[node]);
    }
    stage.cost += moduleCost(graph, id);
}

/// "3 → 4 modules"
void addChange(
    QStringList& changes, const QString& what, const QString& before, const QString& after)
{
    if (before != after)
        changes << what.arg(before + QStringLiteral(" → ") + after);
}

QStringList without(const QStringList& all, const QStringList& these)
{
    QStringList rest;
    for (const QString& one : all)
        if (!these.contains(one))
            rest << one;
    return rest;
}

QString factorText(double before, double after)
{
    const double factor = after / before;
    return QStringLiteral(" (×%1)").arg(factor, 0, 'f', 2);
}

QVariantMap sideMap(const VersionStage* stage)
{
    if (stage == nullptr)
        return {{"there", false}};
    const QString many = stage->count == 1 ? QStringLiteral("1 module")
                                           : QStringLiteral("%1 modules").arg(stage->count);
    return {
        {"there", true},
        {"title", stage->design},
        {"drawn", stage->drawn},
        {"text", QStringLiteral("%1 at %2").arg(many, stage->grid)},
        {"widths", QStringLiteral("%1 channels").arg(stage->widths)},
        {"kernels", stage->kernels.join(QStringLiteral(", "))},
        {"macs", stage->cost.macs > 0 ? formatCount(stage->cost.macs) : QStringLiteral("0")},
        {"params", stage->cost.params > 0 ? formatCount(stage->cost.params) : QStringLiteral("0")},
        {"time", formatMilliseconds(stage->milliseconds)}};
}

const VersionStage* find(const std::vector<VersionStage>& stages, const QString& key)
{
    const auto it = std::ranges::find_if(stages, [&](const auto& s) { return s.key == key; });
    return it == stages.end() ? nullptr : &*it;
}

/// All keys of both, in the order of the plan.
QStringList keysOf(const std::vector<VersionStage>& a, const std::vector<VersionStage>& b)
{
    QStringList keys;
    for (const auto* stages : {&a, &b})
        for (const VersionStage& stage : *stages)
            addOnce(keys, stage.key);
    const auto rank = [](const QString& key) {
        if (key == QLatin1String("Stem"))
            return 0;
        if (key == QLatin1String("Head"))
            return 1000;
        const int grid = key.section(u' ', 1).toInt();
        return grid * 2 + (key.startsWith(QLatin1String("Reduction")) ? 1 : 0);
    };
    std::ranges::stable_sort(keys, {}, rank);
    return keys;
}

} // namespace

std::vector<VersionStage> versionStages(const Network& network, const MeasuredTimes* times)
{
    const Graph& graph = network.graph;
    std::vector<Gathered> all;
    int reductions = 0;
    for (ModuleId id = 1; id < graph.modules().size(); ++id) {
        const Module& module = graph.modules()[id];
        const QString key = keyOf(module, reductions);
        if (key.isEmpty())
            continue;
        auto it = std::ranges::find_if(all, [&](const Gathered& g) { return g.stage.key == key; });
        if (it == all.end()) {
            all.emplace_back();
            all.back().stage.key = key;
            it = all.end() - 1;
        }
        addModule(*it, graph, id, times);
        if (module.kind == ModuleKind::Reduction)
            ++reductions;
    }
    std::vector<VersionStage> stages;
    for (Gathered& gathered : all) {
        gathered.stage.design = gathered.designs.join(QStringLiteral(", "));
        gathered.stage.drawn = withTimesSigns(gathered.drawn.join(QStringLiteral("; ")));
        QStringList& widths = gathered.widths;
        constexpr qsizetype most = 4;
        gathered.stage.widths = widths.size() <= most
                                    ? widths.join(QStringLiteral(", "))
                                    : widths.front() + QStringLiteral(" … ") + widths.back();
        stages.push_back(std::move(gathered.stage));
    }
    return stages;
}

QString changeOf(const VersionStage* before, const VersionStage* after)
{
    if (before == nullptr)
        return QStringLiteral("new");
    if (after == nullptr)
        return QStringLiteral("gone");
    QStringList changes;
    addChange(
        changes, QStringLiteral("%1 modules"), QString::number(before->count),
        QString::number(after->count));
    addChange(changes, QStringLiteral("grid %1"), before->grid, after->grid);
    addChange(
        changes, QStringLiteral("%1 channels out"), QString::number(before->channels),
        QString::number(after->channels));
    addChange(
        changes, QStringLiteral("%1 branches"), QString::number(before->branches),
        QString::number(after->branches));
    const QStringList gained = without(after->kernels, before->kernels);
    const QStringList lost = without(before->kernels, after->kernels);
    if (!gained.isEmpty())
        changes << QStringLiteral("new: ") + gained.join(QStringLiteral(", "));
    if (!lost.isEmpty())
        changes << QStringLiteral("no more: ") + lost.join(QStringLiteral(", "));
    if (after->residual != before->residual)
        changes
            << (after->residual ? QStringLiteral("adds to its input: a residual block")
                                : QStringLiteral("no shortcut any more"));
    if (changes.isEmpty() && before->cost == after->cost)
        return QStringLiteral("the same");
    return changes.isEmpty() ? QStringLiteral("other widths inside")
                             : changes.join(QStringLiteral("; "));
}

QString differenceText(uint64_t before, uint64_t after)
{
    if (before == after)
        return QStringLiteral("same");
    const bool more = after > before;
    const QString text = (more ? QStringLiteral("+") : QStringLiteral("−")) +
                         formatCount(more ? after - before : before - after);
    return before == 0 || after == 0 ? text : text + factorText(double(before), double(after));
}

QString timeDifferenceText(double before, double after, const QString& factorInTurns)
{
    if (before <= 0 || after <= 0)
        return QStringLiteral("–");
    return (after >= before ? QStringLiteral("+") : QStringLiteral("−")) +
           formatMilliseconds(std::abs(after - before)) +
           (factorInTurns.isEmpty() ? factorText(before, after)
                                    : QStringLiteral(" (×%1)").arg(factorInTurns));
}

QString ratioText(const Ratio& ratio)
{
    const double spread = (ratio.most - ratio.least) / 2;
    return QStringLiteral("%1 ±%2").arg(ratio.median, 0, 'f', 2).arg(spread, 0, 'f', 2);
}

QString timesText(const MeasuredTimes& times)
{
    return formatMilliseconds(times.median, (times.slowest - times.fastest) / 2);
}

QVariantList versionDifference(
    const Network& before, const MeasuredTimes* timesBefore, const Network& after,
    const MeasuredTimes* timesAfter)
{
    const std::vector<VersionStage> a = versionStages(before, timesBefore);
    const std::vector<VersionStage> b = versionStages(after, timesAfter);
    QVariantList rows;
    for (const QString& key : keysOf(a, b)) {
        const VersionStage* first = find(a, key);
        const VersionStage* second = find(b, key);
        const auto of = [](const VersionStage* stage) { return stage ? stage->cost : Cost{}; };
        rows.append(QVariantMap{
            {"key", key},
            {"before", sideMap(first)},
            {"after", sideMap(second)},
            {"change", changeOf(first, second)},
            {"macs", differenceText(of(first).macs, of(second).macs)},
            {"params", differenceText(of(first).params, of(second).params)},
            {"time", timeDifferenceText(
                         first ? first->milliseconds : -1, second ? second->milliseconds : -1)}});
    }
    return rows;
}

} // namespace inceptoscope
