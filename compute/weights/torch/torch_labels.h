#pragma once

#include "weights/torch/pickle.h"

#include <string>

namespace inceptoscope {

struct TorchLabels
{
    std::string json;  ///< as class_names.h reads it; empty: there are none
    std::string fault; ///< why those that there are can't be used
};

/// Class names that a checkpoint keeps beside its tensors: a list of texts, or a dictionary
/// between texts and numbers, named "labels", "class_names", "classes", "idx_to_class",
/// "class_to_idx" or "id2label", also in its "meta" or "hyper_parameters". Anything else of these
/// names is left alone.
[[nodiscard]] TorchLabels torchLabels(const Pickle& pickle);

} // namespace inceptoscope
