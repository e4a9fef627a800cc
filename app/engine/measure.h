#pragma once

#include "engine/measured_times.h"
#include "session/session.h"

#include <functional>
#include <string>
#include <vector>

namespace inceptoscope {

/// Each run of the subject stood between two of the reference, so there is one more of these:
/// reference, subject, reference, subject, ..., reference. Each run counts against the mean of its
/// two neighbours: a machine that is slower for some seconds is slower for both. Unknown where the
/// numbers don't match or a time isn't positive.
[[nodiscard]] Ratio
ratioInTurns(const std::vector<double>& subject, const std::vector<double>& reference);

/// Does `body` and returns why it failed, a sentence that calls what it was about `what`; empty
/// where it didn't. Lets Error(Cancelled) and Error(DeviceLost) through.
[[nodiscard]] std::string failureOf(const std::function<void()>& body, const std::string& what);

/// Called between modules with the runs that are done; false stops.
using BetweenModules = std::function<bool(size_t runs)>;

/// The runs of one session that has its input: each op on its own, by the device's clock; on a
/// device without one, whole runs by the host's. Session and graph outlive it. Both verbs throw
/// Error(Cancelled) where `between` returns false.
class RunSeries
{
public:
    RunSeries(Session& session, const Graph& graph, BetweenModules between);

    /// A driver compiles in the first run of a session: it doesn't count.
    void warmUp();
    void run();

    [[nodiscard]] const std::vector<double>& totals() const { return m_totals; } ///< milliseconds
    [[nodiscard]] MeasuredTimes times() const;

private:
    double runOnce();

    Session* m_session;
    const Graph* m_graph;
    BetweenModules m_between;
    std::vector<std::vector<double>> m_ops; ///< by NodeId, then run
    std::vector<double> m_totals;
};

/// Warms up and measures `runs` times.
void measureAlone(RunSeries& series, size_t runs);

/// Warms both up and runs them in turns, the subject `runs` times and the reference once more; how
/// the subject's time stands to the reference's.
[[nodiscard]] Ratio measureInTurns(RunSeries& reference, RunSeries& subject, size_t runs);

} // namespace inceptoscope
