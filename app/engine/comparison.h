#pragma once

#include "engine/measured_times.h"
#include "engine/run_snapshot.h"

#include <QDateTime>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace inceptoscope {

/// A network to measure, with weights as --weights takes them.
struct ComparisonEntry
{
    std::string network;
    std::string weights = "synthetic";
    bool operator==(const ComparisonEntry&) const = default;
};

/// Networks to measure one after the other, on one picture and one device.
struct ComparisonRequest
{
    static constexpr size_t usualRuns = 11;

    quint64 number = 0; ///< comes back when it is over
    std::vector<ComparisonEntry> entries = {};
    /// Network that each of the others is run in turns with, to say how many times its time they
    /// take; none when empty.
    std::string reference = {};
    /// A square input of this side for all, or each network's own.
    std::optional<uint32_t> inputSize = std::nullopt;
    size_t runs = usualRuns;
    QImage picture = {}; ///< upright; null: a pattern by rule
};

/// What one network gave; immutable. Times are medians over runs after a warm-up.
struct ComparisonResult
{
    size_t index = 0; ///< among the request's entries
    ComparisonEntry entry;
    std::optional<uint32_t> inputSize;      ///< as asked for
    std::shared_ptr<const Network> network; ///< as it was measured; null where it can't be made
    std::string error;                      ///< one sentence; empty where it was measured
    WeightsState weights;
    QString device;
    QString driver; ///< with its version
    QDateTime when; ///< it was measured; invalid before
    MeasuredTimes times;
    std::string reference; ///< the network that `ratio` is to; empty where there is none
    Ratio ratio;           ///< of its time to the reference's; exactly 1 for the reference itself
    uint64_t weightBytes = 0;     ///< on the device
    uint64_t activationBytes = 0; ///< on the device, all of them kept
    std::vector<ClassScore> top;  ///< most probable first

    [[nodiscard]] bool measured() const { return error.empty() && times.runs > 0; }
};

struct MeasuringSite;

/// Measures one entry, with sessions of it and the reference that are gone afterwards. Whatever is
/// wrong with the network becomes the result's sentence, and a reference that can't be run (it
/// doesn't fit the input or the memory) leaves the ratio unknown; throws only Error(Cancelled) and
/// Error(DeviceLost).
[[nodiscard]] ComparisonResult
measureNetwork(const ComparisonRequest& request, size_t index, const MeasuringSite& site);

} // namespace inceptoscope
