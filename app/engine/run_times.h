#pragma once

#include "graph/graph.h"

#include <vector>

namespace inceptoscope {

/// Device times of the last runs of one session. Single runs scatter, on a busy machine by a
/// factor; the median doesn't follow one that was disturbed.
class RunTimes
{
public:
    /// Runs that are kept, and that are measured before a result counts as final.
    static constexpr size_t most = 9;
    static constexpr size_t enough = 5;

    void clear() { m_runs.clear(); }
    /// Milliseconds by NodeId of one whole run; negative ones are unknown.
    void add(std::vector<double> run);

    [[nodiscard]] size_t runs() const { return m_runs.size(); }
    /// Negative where no run knows it.
    [[nodiscard]] double median(NodeId node) const;
    /// Milliseconds by NodeId of each run, the oldest first.
    [[nodiscard]] const std::vector<std::vector<double>>& all() const { return m_runs; }
    /// Least and most milliseconds of a whole run; negative without runs.
    [[nodiscard]] double fastest() const;
    [[nodiscard]] double slowest() const;

private:
    [[nodiscard]] std::vector<double> totals() const;
    std::vector<std::vector<double>> m_runs;
};

} // namespace inceptoscope
