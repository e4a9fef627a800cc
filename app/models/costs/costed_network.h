#pragma once

#include "cost/measured.h"
#include "engine/device_peaks.h"
#include "engine/run_snapshot.h"

#include <QString>

namespace inceptoscope {

/// A network's parts with what is counted and what is measured of each.
struct CostedNetwork
{
    std::shared_ptr<const Network> network;
    std::vector<CostPart> parts;   ///< see breakdown()
    std::vector<PartTime> times;   ///< one a part; unknown ones before the first run
    std::vector<Explanation> whys; ///< one a part
    DevicePeaks peaks;             ///< zeros before they are measured
    int runs = 0;                  ///< that were measured

    [[nodiscard]] bool hasTimes() const { return !times.empty() && times.front().milliseconds > 0; }
    [[nodiscard]] double macsShare(size_t part) const;   ///< of the network, 0..1
    [[nodiscard]] double paramsShare(size_t part) const; ///< of the network, 0..1
    [[nodiscard]] double timeShare(size_t part) const;   ///< negative while unknown
};

/// `runs`: milliseconds by NodeId of each measured run, one op after the other.
[[nodiscard]] CostedNetwork costed(
    std::shared_ptr<const Network> network, const std::vector<std::vector<double>>& runs,
    const DevicePeaks& peaks);

/// One phrase with figures: "memory-bound: 3.2 FLOP/byte, the device needs 6.1 to be busy"; empty
/// where the shares agree or nothing was measured.
[[nodiscard]] QString whyText(const Explanation& explanation);
/// "memory-bound"; empty where whyText() is.
[[nodiscard]] QString whyWord(Why why);

/// What is known of a part, a line each: name and op, counted, measured, why.
[[nodiscard]] QStringList partFacts(const CostedNetwork& costs, int part);

} // namespace inceptoscope
