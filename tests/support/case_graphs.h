#pragma once

#include "graph/graph.h"
#include "support/tensor_map.h"

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace inceptoscope {

/// The graph of a case of ops.json, or with `folder` "gradops" of gradient_ops.json, made so that
/// its parameter keys are the case's own; identity weights of the convolutions that cut operands
/// out of the input go to `weights`.
[[nodiscard]] Graph
caseGraph(const nlohmann::json& entry, TensorMap& weights, const std::string& folder = "ops");

/// An input's values, all batch elements: u(key) * scale + offset in float32, then as `floor_to`
/// and `clamp_min` say.
[[nodiscard]] std::vector<float> caseValues(const nlohmann::json& input);

} // namespace inceptoscope
