#pragma once

#include "session/session.h"

#include <functional>
#include <string>
#include <vector>

namespace inceptoscope {

/// Times of a session over several runs after its warm-up.
struct MeasuredTimes
{
    std::vector<double> opMilliseconds; ///< by NodeId, medians; negative where unknown
    /// Of whole runs, op after op: negative without runs.
    double median = -1;
    double fastest = -1;
    double slowest = -1;
    size_t runs = 0;
};

/// Does `body` and returns why it failed, a sentence that calls what it was about `what`; empty
/// where it didn't. Lets Error(Cancelled) and Error(DeviceLost) through.
[[nodiscard]] std::string failureOf(const std::function<void()>& body, const std::string& what);

/// Called between modules with the runs that are done; false stops.
using BetweenModules = std::function<bool(size_t runs)>;

/// Runs the session once to warm up (a driver compiles then) unless it is warm, and `runs` times
/// to measure: each op on its own, by the device's clock; on a device without one, whole runs by
/// the host's. The session has its input. Throws Error(Cancelled) where `between` returns false.
[[nodiscard]] MeasuredTimes
measure(Session& session, const Graph& graph, size_t runs, const BetweenModules& between);

} // namespace inceptoscope
