#pragma once

#include "models/figure/figure_parts.h"
#include "models/figure/module_drawing.h"

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
/// feature maps, and the concatenation in the branches' colours. One unit of the drawing is one
/// of the painter; its background is left to whoever calls.
void paintModule(
    QPainter& painter, const ModuleDrawing& drawing, const ModulePictures& pictures,
    const ModuleFacts& facts);

/// The same as a picture; null where there is no memory for it.
[[nodiscard]] QImage paintModule(
    const ModuleDrawing& drawing, const ModulePictures& pictures, const ModuleFacts& facts,
    int scale = drawingScale);

} // namespace inceptoscope
