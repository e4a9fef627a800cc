#pragma once

#include "weights/pickle.h"

#include <optional>
#include <string>

namespace inceptoscope {

/// Class names that a checkpoint keeps beside its tensors, as the JSON that class_names.h reads:
/// a list of texts, or a dictionary between texts and numbers, named "labels", "class_names",
/// "classes", "idx_to_class", "class_to_idx" or "id2label". Anything else of these names is left
/// alone.
[[nodiscard]] std::optional<std::string> torchLabels(const Pickle& pickle);

} // namespace inceptoscope
