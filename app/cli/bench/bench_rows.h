#pragma once

#include "cli/output.h"
#include "cli/rows.h"
#include "session/peaks.h"
#include "session/session.h"

namespace inceptoscope {

/// Milliseconds of one part, one value a run.
using Samples = std::vector<double>;

/// Median, the quartiles around it (half of the runs lie between them), and the extremes.
struct Spread
{
    double min = 0;
    double q1 = 0;
    double median = 0;
    double q3 = 0;
    double max = 0;
};
/// Quantiles are interpolated linearly between neighbours. `samples` must not be empty.
[[nodiscard]] Spread spreadOf(Samples samples);

/// What all rows of one network share.
struct BenchSubject
{
    const Network& network;
    const Session& session;
    std::string device;
    Precision precision = Precision::Fp32;
    Per per = Per::Network;
};

/// One row of `bench --json`. GFLOP/s are 2 * MACs by the time, whatever form computes them.
/// Bytes are those on the device.
[[nodiscard]] Json benchRow(const BenchSubject& subject, const Part& part, const Samples& samples);

/// Adds the peak and each row's share of it; the share refers to Peaks::referenceGflops().
void addPeaks(Json& rows, const Peaks& peaks);

/// Rows as a table, under a line that says what was measured.
[[nodiscard]] std::string benchText(const Json& rows);

} // namespace inceptoscope
