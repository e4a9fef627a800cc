#pragma once

#include "weights/match/layer_flow.h"
#include "weights/onnx/onnx_constants.h"

#include <optional>
#include <vector>

namespace inceptoscope {

using OnnxOperands = std::vector<std::optional<OnnxConstant>>;

/// What a node does to its one data operand, as far as that changes values and not only their
/// shape; nothing where it changes none. Ways of writing the same are one: Clip from 0 on and Max
/// with 0 are Relu. `constants` has the node's inputs.
[[nodiscard]] std::optional<FlowEffect>
readEffect(const OnnxModel& model, const OnnxNode& node, const OnnxOperands& constants);

[[nodiscard]] bool isPool(const OnnxNode& node);

/// Where a pool (ReduceMean over rows and columns included) or a convolution reads. What a file
/// says in a way that can't be understood is unknown rather than refused.
[[nodiscard]] FlowWindow readWindow(const OnnxModel& model, const OnnxNode& node);

/// Takes the Pads that end `effects` into the window; returns the effects before them.
[[nodiscard]] size_t takePads(const LayerFlow& flow, size_t effects, FlowWindow& window);

} // namespace inceptoscope
