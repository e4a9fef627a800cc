#pragma once

#include "weights/onnx/onnx_layers.h"

namespace inceptoscope {

/// The layer of a Conv, Gemm or MatMul whose other operands are constants; `constants` has the
/// node's inputs. Nothing, and why in `fault` ("has no weights ..."), where it can't be used.
/// Throws Error(BadInput) where it contradicts itself.
[[nodiscard]] std::optional<OnnxLayer> readLayer(
    const OnnxModel& model, const OnnxNode& node,
    const std::vector<std::optional<OnnxConstant>>& constants, std::string& fault);

/// Whether the constant that this node combines with the layer's result is one value for each
/// channel, or one for all.
[[nodiscard]] bool isChannelwise(
    const OnnxModel& model, const OnnxNode& node, const OnnxConstant& constant,
    const OnnxLayer& layer, bool batchNorm);

} // namespace inceptoscope
