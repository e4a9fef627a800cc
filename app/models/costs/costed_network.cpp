#include "models/costs/costed_network.h"

#include "models/format.h"

namespace inceptoscope {

namespace {

QString microseconds(double milliseconds)
{
    return formatMilliseconds(milliseconds);
}

double shareOf(uint64_t part, uint64_t whole)
{
    return whole == 0 ? 0.0 : double(part) / double(whole);
}

QString joined(const QStringList& facts)
{
    return facts.join(QStringLiteral("  ·  "));
}

QString withShare(const QString& value, double share)
{
    return QStringLiteral("%1 (%2)").arg(value, formatPercent(share));
}

QString measuredFacts(const CostedNetwork& costs, size_t i)
{
    const PartTime& time = costs.times[i];
    QString spread = formatMilliseconds(time.milliseconds);
    if (costs.runs > 1)
        spread += QStringLiteral(", %1 to %2 in %3 runs")
                      .arg(formatMilliseconds(time.fastest), formatMilliseconds(time.slowest))
                      .arg(costs.runs);
    QStringList facts{withShare(spread, costs.timeShare(i))};
    if (costs.parts[i].cost.macs > 0)
        facts << formatDigits(gflops(costs.parts[i].cost, time.milliseconds)) +
                     QStringLiteral("\u00A0GFLOP/s");
    return joined(facts);
}

} // namespace

double CostedNetwork::macsShare(size_t part) const
{
    return shareOf(parts[part].cost.macs, parts.front().cost.macs);
}

double CostedNetwork::paramsShare(size_t part) const
{
    return shareOf(parts[part].cost.params, parts.front().cost.params);
}

double CostedNetwork::timeShare(size_t part) const
{
    return hasTimes() ? times[part].milliseconds / times.front().milliseconds : -1.0;
}

CostedNetwork costed(
    std::shared_ptr<const Network> network, const std::vector<std::vector<double>>& runs,
    const DevicePeaks& peaks)
{
    CostedNetwork result;
    const Graph& graph = network->graph;
    result.network = std::move(network);
    result.parts = breakdown(graph);
    result.times = partTimes(result.parts, runs);
    result.whys = explain(graph, result.parts, result.times, {peaks.fmaGflops, peaks.readGBs});
    result.peaks = peaks;
    result.runs = int(runs.size());
    return result;
}

QString whyWord(Why why)
{
    switch (why) {
    case Why::Unknown:
    case Why::Agrees:
        return {};
    case Why::NoMacs:
        return QStringLiteral("no MACs");
    case Why::LaunchOverhead:
        return QStringLiteral("launch");
    case Why::MemoryBound:
        return QStringLiteral("memory");
    case Why::FewPixels:
        return QStringLiteral("few pixels");
    case Why::Slower:
        return QStringLiteral("slower");
    case Why::Faster:
        return QStringLiteral("faster");
    }
    return {};
}

QString whyText(const Explanation& e)
{
    const QString rate = QStringLiteral("%1 GFLOP/s where the network has %2")
                             .arg(formatDigits(e.gflops), formatDigits(e.networkGflops));
    switch (e.why) {
    case Why::Unknown:
    case Why::Agrees:
        return {};
    case Why::NoMacs:
        return QStringLiteral("counts no MACs, but moves %1").arg(formatBytes(e.movedBytes));
    case Why::LaunchOverhead:
        return QStringLiteral("launch overhead: %1 an op, where the shortest take %2")
            .arg(microseconds(e.launchMs), microseconds(e.shortestMs));
    case Why::MemoryBound:
        return QStringLiteral("memory-bound: %1 FLOP/byte, the device needs %2 to be busy")
            .arg(formatDigits(e.intensity), formatDigits(e.ridge));
    case Why::FewPixels:
        return QStringLiteral("few pixels: %1×%2 don't fill the lanes; ")
                   .arg(e.shape.h)
                   .arg(e.shape.w) +
               rate;
    case Why::Slower:
        return QStringLiteral("slower than most: ") + rate;
    case Why::Faster:
        return QStringLiteral("faster than most: ") + rate;
    }
    return {};
}

QStringList partFacts(const CostedNetwork& costs, int part)
{
    if (part < 0 || size_t(part) >= costs.parts.size())
        return {};
    const auto i = size_t(part);
    const CostPart& p = costs.parts[i];
    const Graph& graph = costs.network->graph;
    QStringList head{
        p.level == PartLevel::Network ? QString::fromStdString(costs.network->title)
                                      : withTimesSigns(QString::fromStdString(p.name))};
    if (p.level == PartLevel::Op) {
        const Node& node = graph[p.nodes.front()];
        head << opTitle(node.op) << formatShape(node.shape);
    } else {
        head << QStringLiteral("%1 ops").arg(p.nodes.size());
    }
    QStringList lines{joined(head)};
    lines << joined(
        {withShare(formatMacs(p.cost.macs), costs.macsShare(i)),
         withShare(formatParams(p.cost.params), costs.paramsShare(i)),
         QStringLiteral("weights ") + formatBytes(p.cost.weightBytes),
         QStringLiteral("reads ") + formatBytes(p.cost.readBytes),
         QStringLiteral("writes ") + formatBytes(p.cost.activationBytes),
         formatDigits(p.cost.intensity()) + QStringLiteral("\u00A0FLOP/byte")});
    if (costs.hasTimes())
        lines << measuredFacts(costs, i);
    const QString why = whyText(costs.whys[i]);
    if (!why.isEmpty())
        lines << why;
    return lines;
}

} // namespace inceptoscope
