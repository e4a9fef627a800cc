#pragma once

#include "cli/drawing/module_drawing.h"
#include "session/session.h"

namespace inceptoscope {

/// What a drawing says besides the feature maps.
struct ModuleFacts
{
    const Network& network;
    QString picture;                  ///< title of the picture that was run
    WeightsState weights;             ///< in the header, so that nobody believes random ones
    std::vector<double> milliseconds; ///< by NodeId
};

/// One module as the window shows it: ops as boxes in a column for each branch, with their
/// feature maps, and the concatenation in the branches' colours.
[[nodiscard]] QImage
paintModule(const ModuleDrawing& drawing, const ModulePictures& pictures, const ModuleFacts& facts);

} // namespace inceptoscope
