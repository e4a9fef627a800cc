#pragma once

#include "engine/run_snapshot.h"
#include "models/colormaps.h"

namespace inceptoscope {

/// Which of red, green and blue (0, 1, 2) a channel of the network's input is.
[[nodiscard]] int inputColour(const Network& network, int channel);
/// "red", "green", "blue".
[[nodiscard]] QString inputColourName(const Network& network, int channel);
/// From black to that colour, for the values of an input channel.
[[nodiscard]] ColourTable inputColours(const Network& network, int channel);

/// `pictures` with the maps of the network's input in their own colours, taken from what it sees;
/// as it is where the input isn't among them, or `seen` has another size.
[[nodiscard]] std::shared_ptr<const ModulePictures> withInputColours(
    std::shared_ptr<const ModulePictures> pictures, const Network& network, const QImage& seen);
/// The same for what a snapshot shows.
[[nodiscard]] std::shared_ptr<const ModulePictures> withInputColours(const RunSnapshot& snapshot);

} // namespace inceptoscope
