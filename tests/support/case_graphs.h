#pragma once

#include "graph/graph.h"
#include "support/tensor_map.h"

#include <nlohmann/json.hpp>

namespace inceptoscope {

/// The graph of a case of ops.json, made so that its parameter keys are the case's own;
/// identity weights of the convolutions that cut operands out of the input go to `weights`.
[[nodiscard]] Graph caseGraph(const nlohmann::json& entry, TensorMap& weights);

} // namespace inceptoscope
