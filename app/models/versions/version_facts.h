#pragma once

#include "cost/cost.h"
#include "models/versions/accuracy_table.h"
#include "zoo/network.h"

namespace inceptoscope {

/// What is known of a network before anything runs, counted from its graph.
struct VersionFacts
{
    std::string id;
    std::string title;
    std::string family;
    std::string status; ///< "never trained", "a reading"; mostly empty
    uint32_t year = 0;
    uint32_t input = 0;                        ///< rows and columns
    uint32_t layers = 0;                       ///< with weights, on the longest path
    Cost cost;                                 ///< without auxiliary heads
    const NetworkAccuracy* accuracy = nullptr; ///< never null for a network of the zoo

    /// The figure to show: the first that papers print, or that released weights reach. Null
    /// where there is none.
    [[nodiscard]] const AccuracyFigure* figure(bool released) const;
};

[[nodiscard]] VersionFacts versionFacts(const Network& network);

/// 10^9 floating point operations a second: two for each multiply-add. Zero without a time.
[[nodiscard]] double gflops(uint64_t macs, double milliseconds);

} // namespace inceptoscope
