#pragma once

#include "engine/measuring_site.h"
#include "engine/open_network.h"
#include "visualization/ascent_graph.h"
#include "visualization/dream_options.h"

#include <QImage>

#include <functional>

namespace inceptoscope {

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
