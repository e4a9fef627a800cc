#pragma once

#include "cost/breakdown.h"

namespace inceptoscope {

/// Milliseconds of a part, its ops one after the other; negative while unknown.
struct PartTime
{
    double milliseconds = -1; ///< sum of its ops' medians, so that parts add up
    /// Least and most of whole runs of the part, and of the sum: on a busy machine the sum of
    /// medians can be below the fastest run.
    double fastest = -1;
    double slowest = -1;

    [[nodiscard]] bool known() const { return milliseconds >= 0; }
};

/// `runs`: milliseconds by NodeId of each measured run; negative ones count nothing. The median of
/// an even number of runs is the lower of the two in the middle. One time a part, in their order;
/// unknown ones without runs.
[[nodiscard]] std::vector<PartTime>
partTimes(const std::vector<CostPart>& parts, const std::vector<std::vector<double>>& runs);

/// 2 * MACs over time; 0 where either is missing.
[[nodiscard]] double gflops(const Cost& cost, double milliseconds);

/// What a device can do at most; 0: not measured.
struct Roofs
{
    double gflops = 0; ///< fused multiply-adds, two operations each
    double readGBs = 0;

    /// FLOP/byte below which memory is the lower of the two roofs; 0 where unknown.
    [[nodiscard]] double ridge() const { return readGBs > 0 ? gflops / readGBs : 0; }
};

/// Why a part's share of the time isn't its share of the MACs.
enum class Why : uint32_t
{
    Unknown,        ///< nothing was measured
    Agrees,         ///< the shares are within a factor of 1.5, or both below half a percent
    NoMacs,         ///< takes time, but the convention counts no MACs
    LaunchOverhead, ///< takes at most twice what the shortest ops of this run take, op for op
    MemoryBound,    ///< its intensity is below the ridge of the device's roofline
    FewPixels,      ///< a result of at most 64 pixels leaves lanes of a work group idle
    Slower,         ///< fewer GFLOP/s than the whole network, for none of these reasons
    Faster          ///< more GFLOP/s than the whole network
};

/// What the phrase for it needs.
struct Explanation
{
    Why why = Why::Unknown;
    double macsShare = 0;
    double timeShare = 0;
    double gflops = 0;
    double networkGflops = 0;
    double intensity = 0;
    double ridge = 0;      ///< of the device; 0 where its peaks aren't measured
    double launchMs = 0;   ///< mean of an op of this part
    double shortestMs = 0; ///< a tenth of the network's ops take less: what a launch costs
    Shape shape;           ///< of the result
    uint64_t movedBytes = 0;
};

/// One a part. The first reason that holds, in the order of Why, is the one that is told.
[[nodiscard]] std::vector<Explanation> explain(
    const Graph& graph, const std::vector<CostPart>& parts, const std::vector<PartTime>& times,
    const Roofs& roofs);

} // namespace inceptoscope
