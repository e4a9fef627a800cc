#include "cost/measured.h"

#include "median.h"

#include <algorithm>

namespace inceptoscope {

namespace {

constexpr double agreement = 1.5;
constexpr double negligible = 0.005;
constexpr uint64_t fewPixels = 64;

/// What the shortest tenth of the ops take at most: little but their launch.
double shortestOp(const std::vector<CostPart>& parts, const std::vector<PartTime>& times)
{
    std::vector<double> values;
    for (size_t i = 0; i < parts.size(); ++i)
        if (parts[i].level == PartLevel::Op && times[i].milliseconds > 0)
            values.push_back(times[i].milliseconds);
    if (values.empty())
        return 0;
    const auto tenth = values.begin() + std::ptrdiff_t(values.size() / 10);
    std::nth_element(values.begin(), tenth, values.end());
    return *tenth;
}

Why reason(const Explanation& e, const Cost& cost)
{
    const bool small = e.macsShare < negligible && e.timeShare < negligible;
    const bool alike =
        e.timeShare <= agreement * e.macsShare && e.macsShare <= agreement * e.timeShare;
    if (small || alike)
        return Why::Agrees;
    if (e.timeShare < e.macsShare)
        return Why::Faster;
    if (cost.macs == 0)
        return Why::NoMacs;
    if (e.launchMs <= 2 * e.shortestMs)
        return Why::LaunchOverhead;
    if (e.ridge > 0 && e.intensity < e.ridge)
        return Why::MemoryBound;
    return e.shape.pixels() <= fewPixels ? Why::FewPixels : Why::Slower;
}

} // namespace

std::vector<PartTime>
partTimes(const std::vector<CostPart>& parts, const std::vector<std::vector<double>>& runs)
{
    std::vector<PartTime> result(parts.size());
    if (runs.empty() || parts.empty())
        return result;
    std::vector<double> medians;
    for (NodeId node = 0; node < runs.front().size(); ++node)
        medians.push_back(medianOf(runs, node));
    const auto sum = [](const std::vector<double>& values, const std::vector<NodeId>& nodes) {
        double total = 0;
        for (const NodeId node : nodes)
            total += node < values.size() ? std::max(0.0, values[node]) : 0.0;
        return total;
    };
    for (size_t i = 0; i < parts.size(); ++i) {
        PartTime& time = result[i];
        time.milliseconds = sum(medians, parts[i].nodes);
        time.fastest = time.milliseconds;
        time.slowest = time.milliseconds;
        for (const std::vector<double>& run : runs) {
            const double total = sum(run, parts[i].nodes);
            time.fastest = std::min(time.fastest, total);
            time.slowest = std::max(time.slowest, total);
        }
    }
    return result;
}

double gflops(const Cost& cost, double milliseconds)
{
    return milliseconds > 0 ? 2.0 * double(cost.macs) / (milliseconds * 1e6) : 0.0;
}

std::vector<Explanation> explain(
    const Graph& graph, const std::vector<CostPart>& parts, const std::vector<PartTime>& times,
    const Roofs& roofs)
{
    std::vector<Explanation> result(parts.size());
    if (parts.empty() || times.size() != parts.size() || times.front().milliseconds <= 0)
        return result;
    const Cost& whole = parts.front().cost;
    const double all = times.front().milliseconds;
    const double shortest = shortestOp(parts, times);
    for (size_t i = 0; i < parts.size(); ++i) {
        const CostPart& part = parts[i];
        Explanation& e = result[i];
        e.macsShare = whole.macs > 0 ? double(part.cost.macs) / double(whole.macs) : 0;
        e.timeShare = times[i].milliseconds / all;
        e.gflops = gflops(part.cost, times[i].milliseconds);
        e.networkGflops = gflops(whole, all);
        e.intensity = part.cost.intensity();
        e.ridge = roofs.ridge();
        e.launchMs = times[i].milliseconds / double(std::max<size_t>(1, part.nodes.size()));
        e.shortestMs = shortest;
        e.movedBytes = part.cost.movedBytes();
        if (!part.nodes.empty())
            e.shape = graph[part.nodes.back()].shape;
        e.why = reason(e, part.cost);
    }
    return result;
}

} // namespace inceptoscope
