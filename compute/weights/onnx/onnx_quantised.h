#pragma once

#include "weights/onnx/onnx_file.h"

namespace inceptoscope {

/// Throws Error(BadInput) for a model whose weights or activations were quantised (QLinearConv,
/// DequantizeLinear ...): what it computes is not what the float32 network does.
void refuseQuantised(const OnnxModel& model);

} // namespace inceptoscope
