#include "engine/run_times.h"

#include "median.h"

#include <algorithm>

namespace inceptoscope {

void RunTimes::add(std::vector<double> run)
{
    if (m_runs.size() == most)
        m_runs.erase(m_runs.begin());
    m_runs.push_back(std::move(run));
}

double RunTimes::median(NodeId node) const
{
    return medianOf(m_runs, node);
}

std::vector<double> RunTimes::totals() const
{
    std::vector<double> result;
    for (const std::vector<double>& run : m_runs) {
        double sum = 0;
        for (const double milliseconds : run)
            sum += std::max(0.0, milliseconds);
        result.push_back(sum);
    }
    return result;
}

double RunTimes::fastest() const
{
    const std::vector<double> all = totals();
    return all.empty() ? -1.0 : *std::min_element(all.begin(), all.end());
}

double RunTimes::slowest() const
{
    const std::vector<double> all = totals();
    return all.empty() ? -1.0 : *std::max_element(all.begin(), all.end());
}

} // namespace inceptoscope
