#pragma once

#include "engine/run_snapshot.h"

#include <span>
#include <string_view>

namespace inceptoscope {

/// The 1000 class names of ILSVRC 2012, one a line, in the order of the networks' outputs.
[[nodiscard]] std::string_view imagenetLabelText();

/// Name of a class; empty where the network has other classes than ILSVRC's 1000.
[[nodiscard]] QString classLabel(size_t index, size_t classes);

/// The `count` most probable classes, most probable first; equals stay in class order.
[[nodiscard]] std::vector<ClassScore>
topClasses(std::span<const float> probabilities, size_t count);

} // namespace inceptoscope
