#include "models/costs/cost_columns.h"

#include "models/format.h"

namespace inceptoscope {

namespace {

using Costs = const CostedNetwork&;

QString name(Costs costs, size_t i)
{
    if (costs.parts[i].level == PartLevel::Network)
        return QString::fromStdString(costs.network->title);
    return QString::fromStdString(costs.parts[i].name);
}

QVariant number(uint64_t value)
{
    return QVariant::fromValue(qulonglong(value));
}

QVariant ifTimed(Costs costs, double value)
{
    return costs.hasTimes() ? QVariant(value) : QVariant();
}

QString dashed(Costs costs, const QString& text)
{
    return costs.hasTimes() ? text : QStringLiteral("–");
}

/// A rate of something that isn't there says nothing.
QString ifCounted(Costs costs, size_t i, double value)
{
    return costs.parts[i].cost.macs > 0 ? formatDigits(value) : QStringLiteral("–");
}

std::vector<CostColumn> counted()
{
    return {
        {"Name", "name", "What it is", false,
         [](Costs c, size_t i) { return withTimesSigns(name(c, i)); },
         [](Costs c, size_t i) { return QVariant(name(c, i)); }},
        {"MACs", "macs", "Multiply-accumulates of convolutions and fully connected layers", false,
         [](Costs c, size_t i) { return formatCount(c.parts[i].cost.macs); },
         [](Costs c, size_t i) { return number(c.parts[i].cost.macs); }},
        {"% MACs", "macs_share", "Share of the network's MACs", false,
         [](Costs c, size_t i) { return formatPercent(c.macsShare(i)); },
         [](Costs c, size_t i) { return QVariant(c.macsShare(i)); }},
        {"Params", "params", "Trainable parameters", false,
         [](Costs c, size_t i) { return formatCount(c.parts[i].cost.params); },
         [](Costs c, size_t i) { return number(c.parts[i].cost.params); }},
        {"% params", "params_share", "Share of the network's parameters", true,
         [](Costs c, size_t i) { return formatPercent(c.paramsShare(i)); },
         [](Costs c, size_t i) { return QVariant(c.paramsShare(i)); }},
        {"Weights", "weight_bytes", "Bytes of its parameters in fp32", true,
         [](Costs c, size_t i) { return formatBytes(c.parts[i].cost.weightBytes); },
         [](Costs c, size_t i) { return number(c.parts[i].cost.weightBytes); }},
        {"Read", "read_bytes", "Bytes of activations that its ops read, in fp32", true,
         [](Costs c, size_t i) { return formatBytes(c.parts[i].cost.readBytes); },
         [](Costs c, size_t i) { return number(c.parts[i].cost.readBytes); }},
        {"Written", "written_bytes", "Bytes of activations that its ops write, in fp32", true,
         [](Costs c, size_t i) { return formatBytes(c.parts[i].cost.activationBytes); },
         [](Costs c, size_t i) { return number(c.parts[i].cost.activationBytes); }},
        {"FLOP/B", "flop_per_byte",
         "Arithmetic intensity: 2 × MACs over weights, activations read and written", false,
         [](Costs c, size_t i) { return ifCounted(c, i, c.parts[i].cost.intensity()); },
         [](Costs c, size_t i) { return QVariant(c.parts[i].cost.intensity()); }},
    };
}

std::vector<CostColumn> measuredColumns()
{
    return {
        {"Time", "median_ms", "Measured on this device: sum of its ops' medians", false,
         [](Costs c, size_t i) { return dashed(c, formatMilliseconds(c.times[i].milliseconds)); },
         [](Costs c, size_t i) { return ifTimed(c, c.times[i].milliseconds); }},
        {"Fastest", "min_ms", "Its fastest run", true,
         [](Costs c, size_t i) { return dashed(c, formatMilliseconds(c.times[i].fastest)); },
         [](Costs c, size_t i) { return ifTimed(c, c.times[i].fastest); }},
        {"Slowest", "max_ms", "Its slowest run", true,
         [](Costs c, size_t i) { return dashed(c, formatMilliseconds(c.times[i].slowest)); },
         [](Costs c, size_t i) { return ifTimed(c, c.times[i].slowest); }},
        {"% time", "time_share", "Share of the network's time", false,
         [](Costs c, size_t i) { return dashed(c, formatPercent(c.timeShare(i))); },
         [](Costs c, size_t i) { return ifTimed(c, c.timeShare(i)); }},
        {"GFLOP/s", "gflops", "2 × MACs a second; a convolution by Winograd counts as a direct one",
         false,
         [](Costs c, size_t i) {
             return dashed(c, ifCounted(c, i, gflops(c.parts[i].cost, c.times[i].milliseconds)));
         },
         [](Costs c, size_t i) {
             return ifTimed(c, gflops(c.parts[i].cost, c.times[i].milliseconds));
         }},
        {"Because", "because",
         "Why its share of the time isn't its share of the MACs; below, with figures", false,
         [](Costs c, size_t i) { return whyWord(c.whys[i].why); },
         [](Costs c, size_t i) { return QVariant(whyWord(c.whys[i].why)); }},
    };
}

} // namespace

const std::vector<CostColumn>& costColumns()
{
    static const std::vector<CostColumn> all = [] {
        std::vector<CostColumn> columns = counted();
        for (CostColumn& column : measuredColumns())
            columns.push_back(std::move(column));
        return columns;
    }();
    return all;
}

} // namespace inceptoscope
