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

/// Opens a file recognised by its content under its own names, without a network to map it onto.
/// Throws as openWeights().
[[nodiscard]] std::unique_ptr<TensorSource> openWeightsFile(const std::string& path);

/// True for "synthetic" and "synthetic:SALT".
[[nodiscard]] bool isSynthetic(const std::string& spec);

} // namespace inceptoscope
