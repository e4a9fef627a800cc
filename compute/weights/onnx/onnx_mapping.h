#pragma once

#include "graph/graph.h"
#include "weights/tensor_source.h"

#include <memory>
#include <string>

namespace inceptoscope {

/// The weights of an ONNX file under the keys that `graph` asks for. Layers are found by the
/// file's own graph (layer_match.h), not by their names; where a convolution's batch
/// normalisation is folded in, or otherwise written than the network has it, its weight and bias
/// come folded (TensorSource::isFolded). Layers of another shape in the right place have their
/// key and the file's shape; what has no counterpart keeps the file's names. notes() says what
/// was not found on either side. Throws as readOnnx() and findLayers().
[[nodiscard]] std::unique_ptr<TensorSource>
openOnnxFor(const std::string& path, const Graph& graph);

} // namespace inceptoscope
