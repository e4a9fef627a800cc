#pragma once

#include "engine/measuring_site.h"
#include "engine/open_network.h"
#include "visualization/ascent_graph.h"
#include "visualization/spectrum.h"

#include <functional>

namespace inceptoscope {

/// How far a dream goes.
struct DreamOptions
{
    uint32_t octaves = 4; ///< sizes of the picture, the last its own
    double ratio = 1.4;   ///< of one to the next
    uint32_t steps = 10;  ///< in each octave
    double rate = 0.008;  ///< how far a step moves a pixel on average, of 1
    double shift = 32;    ///< pixels by which a step's picture is rolled at most
    uint64_t seed = 1;    ///< of these
};

/// What a network makes of a picture where it gets more of what a module already sees in it
/// (Mordvintsev, Olah, Tyka: Inceptionism, 2015): gradient ascent on half the sum of the squares of
/// the target's activations, or on a channel's mean, at one size after the other, from the
/// smallest; what a smaller one added is carried to the larger. `shown` gets the picture after each
/// step. Throws Error(Usage) where the smallest size is too small for the target, Error(Cancelled)
/// where the site's goOn says so.
[[nodiscard]] QImage dream(
    const MeasuringSite& site, const OpenedNetwork& network, const AscentTarget& target,
    const QImage& picture, const DreamOptions& options,
    const std::function<void(const QImage&)>& shown = {});

} // namespace inceptoscope
