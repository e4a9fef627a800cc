#include "engine/measure.h"

#include "engine/run_times.h"
#include "error.h"

#include <algorithm>
#include <chrono>
#include <new>

namespace inceptoscope {

namespace {

using Clock = std::chrono::steady_clock;

/// One run; the host's milliseconds, without what `between` took.
double runOnce(Session& session, size_t done, const BetweenModules& between)
{
    double milliseconds = 0;
    for (const ModuleId module : session.modules()) {
        if (!between(done))
            throw Error(ErrorKind::Cancelled, "measuring was cancelled");
        const auto begin = Clock::now();
        session.runModule(module);
        milliseconds += std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
    }
    return milliseconds;
}

} // namespace

std::string failureOf(const std::function<void()>& body, const std::string& what)
{
    try {
        body();
    } catch (const Error& error) {
        if (error.kind() == ErrorKind::Cancelled || error.kind() == ErrorKind::DeviceLost)
            throw;
        return error.what();
    } catch (const std::bad_alloc&) {
        return "out of memory: the computer has too little for this " + what;
    } catch (const std::exception& error) {
        return error.what();
    }
    return {};
}

MeasuredTimes
measure(Session& session, const Graph& graph, size_t runs, const BetweenModules& between)
{
    if (!session.warm())
        (void)runOnce(session, 0, between);
    std::vector<std::vector<double>> ops(graph.size());
    std::vector<double> totals;
    while (totals.size() < runs) {
        const double host = runOnce(session, totals.size(), between);
        double device = 0;
        for (const ModuleId module : session.modules()) {
            for (const NodeId node : graph.modules()[module].nodes) {
                const double milliseconds = session.milliseconds(node);
                ops[node].push_back(milliseconds);
                device += std::max(0.0, milliseconds);
            }
        }
        totals.push_back(device > 0 ? device : host);
    }
    MeasuredTimes result;
    result.runs = totals.size();
    result.opMilliseconds.assign(graph.size(), -1.0);
    for (NodeId node = 0; node < graph.size(); ++node)
        result.opMilliseconds[node] = medianOf(ops[node]);
    if (totals.empty())
        return result;
    result.median = medianOf(totals);
    result.fastest = *std::ranges::min_element(totals);
    result.slowest = *std::ranges::max_element(totals);
    return result;
}

} // namespace inceptoscope
