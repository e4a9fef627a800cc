#include "models/lessons/prediction_result.h"

#include "lessons/parts.h"
#include "lessons/predictions.h"
#include "models/format.h"

#include <cmath>
#include <set>

namespace inceptoscope {

namespace {

const OpPicture* mapsOf(const RunSnapshot& run, NodeId node)
{
    if (run.shown)
        for (const OpPicture& op : run.shown->ops)
            if (op.node == node && !op.statistics.empty())
                return &op;
    return nullptr;
}

/// All channels have maps of one size, so that the mean of means is the mean.
std::optional<double>
ofMaps(const RunSnapshot& run, const NetworkPart& part, const QString& quantity)
{
    const OpPicture* maps = mapsOf(run, part.output);
    if (maps == nullptr)
        return std::nullopt;
    const bool mean = quantity == QLatin1String("mean");
    double sum = 0;
    for (const ChannelStatistics& channel : maps->statistics)
        sum += double(mean ? channel.mean : channel.zeroShare);
    return sum / double(maps->statistics.size());
}

std::optional<double> ofTimes(const RunSnapshot& run, const NetworkPart& part)
{
    double sum = 0;
    for (const NodeId node : part.nodes) {
        const double time = node < run.opMilliseconds.size() ? run.opMilliseconds[node] : -1;
        if (time >= 0) // a concatenation takes none
            sum += time;
    }
    return sum > 0 ? std::optional(sum) : std::nullopt;
}

/// The name without its module's: "branch2.0" of "inception3a.branch2.0".
QString nameInModule(const Graph& graph, const QString& name)
{
    const auto part = findPart(graph, name);
    const QString module =
        part ? QString::fromStdString(graph.modules()[part->module].name) : QString();
    if (module.isEmpty() || !name.startsWith(module) || name.size() < module.size() + 2)
        return name;
    return name.mid(module.size() + 1);
}

/// Whether all of them stand in one module.
bool inOneModule(const Graph& graph, const QStringList& parts)
{
    std::set<ModuleId> modules;
    for (const QString& name : parts)
        if (const auto part = findPart(graph, name))
            modules.insert(part->module);
    return modules.size() < 2;
}

QString partTitle(const Graph& graph, const QString& name)
{
    const auto part = findPart(graph, name);
    if (!part)
        return name;
    const Module& module = graph.modules()[part->module];
    if (part->nodes == module.nodes)
        return QString::fromStdString(module.title);
    QStringList steps;
    for (const NodeId node : part->nodes)
        steps << opTitle(graph[node].op);
    return steps.join(QStringLiteral(" → "));
}

} // namespace

QString tellQuantity(const QString& quantity, double value)
{
    if (std::isnan(value))
        return QStringLiteral("NaN");
    if (quantity == QLatin1String("macs"))
        return formatMacs(uint64_t(value));
    if (quantity == QLatin1String("params"))
        return formatParams(uint64_t(value));
    if (quantity == QLatin1String("channels"))
        return QString::number(int(value)) + QStringLiteral(" channels");
    if (quantity == QLatin1String("ms"))
        return formatMilliseconds(value);
    if (quantity == QLatin1String("zeros"))
        return formatPercent(value) + QStringLiteral(" zeros");
    return formatDigits(value);
}

QStringList partTitles(const Graph& graph, const QStringList& parts)
{
    QStringList titles;
    for (const QString& part : parts)
        titles << partTitle(graph, part);
    const QStringList plain = titles;
    for (qsizetype i = 0; i < parts.size(); ++i) {
        QStringList alike;
        for (qsizetype other = 0; other < parts.size(); ++other)
            if (plain[other] == plain[i])
                alike << parts[other];
        if (alike.size() > 1)
            titles[i] += QStringLiteral(" (%1)").arg(
                inOneModule(graph, alike) ? nameInModule(graph, parts[i]) : parts[i]);
    }
    return titles;
}

std::optional<double>
quantityOf(const Graph& graph, const RunSnapshot* run, const QString& name, const QString& quantity)
{
    const auto part = findPart(graph, name);
    if (!part)
        return std::nullopt;
    if (!isMeasured(quantity))
        return counted(graph, *part, quantity);
    if (run == nullptr)
        return std::nullopt;
    return isOfMaps(quantity) ? ofMaps(*run, *part, quantity) : ofTimes(*run, *part);
}

std::optional<PredictionResult>
answer(const LessonPrediction& prediction, const Graph& graph, const RunSnapshot* run)
{
    PredictionResult result;
    for (const QString& name : prediction.among) {
        const auto value = quantityOf(graph, run, name, prediction.by);
        if (!value)
            return std::nullopt;
        result.values.push_back(*value);
        const double best = result.values[result.best];
        if (std::isnan(best) || (prediction.least ? *value < best : *value > best))
            result.best = result.values.size() - 1;
    }
    return result;
}

} // namespace inceptoscope
