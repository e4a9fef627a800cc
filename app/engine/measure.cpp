#include "engine/measure.h"

#include "error.h"
#include "median.h"
#include "shown_text.h"

#include <algorithm>
#include <chrono>
#include <new>

namespace inceptoscope {

namespace {

using Clock = std::chrono::steady_clock;

} // namespace

std::string failureOf(const std::function<void()>& body, const std::string& what)
{
    try {
        body();
    } catch (const Error& error) {
        if (error.kind() == ErrorKind::Cancelled || error.kind() == ErrorKind::DeviceLost)
            throw;
        return shownLine(error.what());
    } catch (const std::bad_alloc&) {
        return "out of memory: the computer has too little for this " + what;
    } catch (const std::exception& error) {
        return shownLine(error.what());
    }
    return {};
}

Ratio ratioInTurns(const std::vector<double>& subject, const std::vector<double>& reference)
{
    const auto positive = [](double milliseconds) { return milliseconds > 0; };
    if (subject.empty() || reference.size() != subject.size() + 1 ||
        !std::ranges::all_of(subject, positive) || !std::ranges::all_of(reference, positive))
        return {};
    std::vector<double> ratios;
    for (size_t i = 0; i < subject.size(); ++i)
        ratios.push_back(2 * subject[i] / (reference[i] + reference[i + 1]));
    return {
        .median = medianOf(ratios),
        .least = *std::ranges::min_element(ratios),
        .most = *std::ranges::max_element(ratios)};
}

RunSeries::RunSeries(Session& session, const Graph& graph, BetweenModules between)
    : m_session(&session)
    , m_graph(&graph)
    , m_between(std::move(between))
    , m_ops(graph.size())
{
}

/// The host's milliseconds, without what `between` took.
double RunSeries::runOnce()
{
    double milliseconds = 0;
    for (const ModuleId module : m_session->modules()) {
        if (!m_between(m_totals.size()))
            throw Error(ErrorKind::Cancelled, "measuring was cancelled");
        const auto begin = Clock::now();
        m_session->runModule(module);
        milliseconds += std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
    }
    return milliseconds;
}

void RunSeries::warmUp()
{
    if (!m_session->warm())
        (void)runOnce();
}

void RunSeries::run()
{
    const double host = runOnce();
    double device = 0;
    for (const ModuleId module : m_session->modules()) {
        for (const NodeId node : m_graph->modules()[module].nodes) {
            const double milliseconds = m_session->milliseconds(node);
            m_ops[node].push_back(milliseconds);
            device += std::max(0.0, milliseconds);
        }
    }
    m_totals.push_back(device > 0 ? device : host);
}

MeasuredTimes RunSeries::times() const
{
    MeasuredTimes result;
    result.runs = m_totals.size();
    result.opMilliseconds.assign(m_graph->size(), -1.0);
    for (NodeId node = 0; node < m_graph->size(); ++node)
        result.opMilliseconds[node] = medianOf(m_ops[node]);
    if (m_totals.empty())
        return result;
    result.median = medianOf(m_totals);
    result.fastest = *std::ranges::min_element(m_totals);
    result.slowest = *std::ranges::max_element(m_totals);
    return result;
}

void measureAlone(RunSeries& series, size_t runs)
{
    series.warmUp();
    while (series.totals().size() < runs)
        series.run();
}

Ratio measureInTurns(RunSeries& reference, RunSeries& subject, size_t runs)
{
    reference.warmUp();
    subject.warmUp();
    reference.run();
    for (size_t run = 0; run < runs; ++run) {
        subject.run();
        reference.run();
    }
    return ratioInTurns(subject.totals(), reference.totals());
}

} // namespace inceptoscope
