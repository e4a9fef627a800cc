#pragma once

#include "graph/graph.h"
#include "weights/tensor_source.h"

#include <memory>
#include <string>

namespace inceptoscope {

/// Opens what a person named: "synthetic", "synthetic:SALT", or a file recognised by its
/// content. Throws Error(Io | BadInput) with one sentence.
[[nodiscard]] std::unique_ptr<TensorSource>
openWeights(const std::string& spec, const Graph& graph);

/// True for "synthetic" and "synthetic:SALT".
[[nodiscard]] bool isSynthetic(const std::string& spec);

} // namespace inceptoscope
