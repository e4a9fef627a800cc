#pragma once

#include <optional>
#include <vector>

namespace inceptoscope {

/// What is measured beside the network on show.
enum class StudyKind
{
    Evidence,   ///< what speaks for a class, what a channel looks for, dreams
    Pair,       ///< two modules
    Experiment, ///< of the laboratory
    Comparison  ///< of networks
};

/// What the device is busy with.
enum class DeviceWork
{
    Nothing,
    Loading, ///< of the network on show
    Run,
    Live, ///< frames come, one after the other
    Peaks,
    Study
};

/// Who waits for the device, and for what.
struct MeasuringState
{
    DeviceWork work = DeviceWork::Nothing;
    std::optional<StudyKind> measured; ///< of DeviceWork::Study
    std::vector<StudyKind> waiting;    ///< in the order in which they will be measured
    bool operator==(const MeasuringState&) const = default;
};

} // namespace inceptoscope
