#pragma once

#include "engine/comparison.h"

#include <array>

namespace inceptoscope {

/// A module of a network, with the network's weights as --weights takes them.
struct ModuleChoice
{
    std::string network;
    std::string weights = "synthetic";
    std::string module;
    bool operator==(const ModuleChoice&) const = default;
};

/// Two modules to run on the same input. Where it is the shape that one of them has in its
/// network, the input is what that network hands it of the picture (the first one's goes before);
/// otherwise a pattern by rule.
struct ModulePairRequest
{
    quint64 number = 0; ///< comes back with the result
    std::array<ModuleChoice, 2> modules = {};
    Shape input = {};
    size_t runs = ComparisonRequest::usualRuns;
    QImage picture = {};
    FeatureMapStyle style = {};
};

/// One of the two: its graph as a network of one module (id 1), and a complete snapshot of it
/// with times and all feature maps. A snapshot without `shown` where it couldn't be run.
struct ModulePairSide
{
    std::shared_ptr<const RunSnapshot> snapshot; ///< null where the module can't be built
    std::string error; ///< why it can't be built or run; empty where it was
    MeasuredTimes times;
    std::string note; ///< what one must know of the weights; mostly empty
};

struct ModulePairResult
{
    quint64 number = 0;
    std::array<ModulePairSide, 2> sides;
    /// Of the second one's time to the first one's, run in turns; unknown where one can't be run.
    Ratio ratio;
    QString inputSource; ///< what the input is: "what GoogLeNet's inception_3a gets of cat.png"
};

/// The module alone, as a network of its own that keeps the names, the paper and the preprocessing.
/// Throws Error(Usage) where it can't stand on this input.
[[nodiscard]] Network
moduleNetwork(const Network& network, const std::string& module, const Shape& input);

/// Runs both in turns, each with a session that is gone afterwards. Throws only Error(Cancelled)
/// and Error(DeviceLost).
[[nodiscard]] ModulePairResult
measurePair(const ModulePairRequest& request, const MeasuringSite& site);

} // namespace inceptoscope
