#include "models/costs/cost_charts.h"

#include "models/format.h"

#include <algorithm>

namespace inceptoscope {

namespace {

QString tipOf(const CostedNetwork& costs, size_t part)
{
    return partFacts(costs, int(part)).join(u'\n');
}

QString labelOf(const CostPart& part)
{
    return withTimesSigns(QString::fromStdString(part.label));
}

/// Names of one level differ at their ends.
Qt::TextElideMode elideOf(PartLevel level)
{
    switch (level) {
    case PartLevel::Network:
        break;
    case PartLevel::Group:
    case PartLevel::Module:
        return Qt::ElideMiddle;
    case PartLevel::Branch:
    case PartLevel::Op:
        return Qt::ElideLeft;
    }
    return Qt::ElideRight;
}

/// "3a/3x3": short, and still tells the module.
QString shortName(const Graph& graph, const CostPart& part)
{
    const std::string& module = graph.modules()[part.module].title;
    const size_t space = module.rfind(' ');
    const std::string last = space == std::string::npos ? module : module.substr(space + 1);
    const bool telling = part.label.find(last) == std::string::npos;
    return withTimesSigns(QString::fromStdString(telling ? last + " " + part.label : part.label));
}

} // namespace

std::vector<LegendEntry> kindLegend(const CostedNetwork& costs)
{
    std::vector<LegendEntry> legend;
    for (size_t kind = 0; kind < opKindCount; ++kind) {
        const bool occurs =
            std::any_of(costs.parts.begin(), costs.parts.end(), [&](const CostPart& part) {
                return part.level == PartLevel::Op && size_t(part.kind) == kind;
            });
        const std::string_view name = kindName(OpKind(kind));
        if (occurs)
            legend.push_back(
                {withTimesSigns(QString::fromUtf8(name.data(), qsizetype(name.size()))),
                 markOf(int(kind))});
    }
    return legend;
}

Icicle costIcicle(const CostedNetwork& costs, CostArea area)
{
    if (area == CostArea::Time && !costs.hasTimes())
        area = CostArea::Macs;
    const auto valueOf = [&](size_t i) {
        switch (area) {
        case CostArea::Params:
            return double(costs.parts[i].cost.params);
        case CostArea::Time:
            return costs.times[i].milliseconds;
        case CostArea::Macs:
            break;
        }
        return double(costs.parts[i].cost.macs);
    };
    Icicle chart;
    chart.columnWidths = {1.0, 1.2, 1.1, 1.5};
    chart.legend = kindLegend(costs);
    const double whole = costs.parts.empty() ? 0 : valueOf(0);
    for (size_t i = 0; i < costs.parts.size(); ++i) {
        const CostPart& part = costs.parts[i];
        const double value = valueOf(i);
        chart.cells.push_back(
            {.label = labelOf(part),
             .valueText = whole > 0 ? formatPercent(value / whole) : QString(),
             .value = value,
             .parent = part.parent,
             .level = int(part.level) - 1,
             .kind = part.level == PartLevel::Op ? int(part.kind) : -1,
             .elide = elideOf(part.level),
             .tip = tipOf(costs, i)});
    }
    return chart;
}

Roofline costRoofline(const CostedNetwork& costs, std::vector<int>* partOfDot)
{
    Roofline chart;
    chart.legend = kindLegend(costs);
    std::erase_if(chart.legend, [](const LegendEntry& entry) {
        const auto kind = OpKind(entry.mark.color);
        return kind == OpKind::Pool || kind == OpKind::Normalisation || kind == OpKind::Other;
    });
    const DevicePeaks& peaks = costs.peaks;
    const auto rate = [](const char* what, double value, const char* unit) {
        return QStringLiteral("%1 %2 %3")
            .arg(QLatin1String(what), formatDigits(value), QLatin1String(unit));
    };
    if (peaks.fmaGflops > 0)
        chart.roofs.push_back(
            {.label = rate("FMA", peaks.fmaGflops, "GFLOP/s"), .gflops = peaks.fmaGflops});
    if (peaks.readGBs > 0)
        chart.roofs.push_back(
            {.label = rate("read", peaks.readGBs, "GB/s"), .gigabytes = peaks.readGBs});
    if (!costs.hasTimes())
        return chart;
    double without = 0;
    for (size_t i = 0; i < costs.parts.size(); ++i) {
        const CostPart& part = costs.parts[i];
        if (part.level != PartLevel::Op)
            continue;
        const double speed = gflops(part.cost, costs.times[i].milliseconds);
        if (speed <= 0) {
            without += costs.timeShare(i);
            continue;
        }
        if (partOfDot)
            partOfDot->push_back(int(i));
        chart.dots.push_back(
            {.label = shortName(costs.network->graph, part),
             .intensity = part.cost.intensity(),
             .gflops = speed,
             .weight = costs.timeShare(i),
             .kind = int(part.kind),
             .tip = tipOf(costs, i)});
    }
    chart.note =
        QStringLiteral("Dot area: share of the time. Ops that count no MACs take %1 of it "
                       "and have no dot; convolutions by Winograd count as direct ones, so "
                       "that they may pass the roof.")
            .arg(formatPercent(without));
    return chart;
}

BarChart costBars(const CostedNetwork& costs, std::vector<int>* partOfRow)
{
    BarChart chart;
    chart.axis = {.title = "share of the network", .percent = true};
    chart.series = {{"MACs, counted", markOf(1)}, {"time, measured", markOf(0)}};
    if (!costs.hasTimes())
        chart.series.pop_back();
    const double all = costs.hasTimes() ? costs.times.front().milliseconds : 0;
    for (size_t i = 0; i < costs.parts.size(); ++i) {
        if (costs.parts[i].level != PartLevel::Group)
            continue;
        const double macs = costs.macsShare(i);
        Bar bar{.label = labelOf(costs.parts[i]), .tip = tipOf(costs, i)};
        bar.values.push_back({.value = macs, .text = formatPercent(macs)});
        if (costs.hasTimes()) {
            const PartTime& time = costs.times[i];
            const double share = costs.timeShare(i);
            BarValue value{.value = share, .text = formatPercent(share)};
            if (costs.runs > 1) {
                value.low = time.fastest / all;
                value.high = time.slowest / all;
                value.spread = QStringLiteral("%1 to %2")
                                   .arg(formatPercent(value.low), formatPercent(value.high));
            }
            bar.values.push_back(std::move(value));
        }
        chart.bars.push_back(std::move(bar));
        if (partOfRow)
            partOfRow->push_back(int(i));
    }
    return chart;
}

} // namespace inceptoscope
