#pragma once

#include <cstddef>
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

/// How many times the reference's time something takes: the median over turns, the least and the
/// most of one turn.
struct Ratio
{
    double median = -1; ///< negative where it isn't known
    double least = -1;
    double most = -1;

    [[nodiscard]] bool known() const { return median > 0; }
};

} // namespace inceptoscope
