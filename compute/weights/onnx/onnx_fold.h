#pragma once

#include "weights/onnx/onnx_layers.h"

namespace inceptoscope {

/// All that follows a layer folded into it, as a factor and a summand a channel:
/// y = factor * (W x) + summand.
struct OnnxFold
{
    std::vector<double> factor;
    std::vector<double> summand;
};

[[nodiscard]] OnnxFold foldSteps(const OnnxModel& model, const OnnxLayer& layer);

} // namespace inceptoscope
