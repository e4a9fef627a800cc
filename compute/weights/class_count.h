#pragma once

#include "graph/graph.h"
#include "weights/tensor_source.h"

#include <cstdint>
#include <optional>

namespace inceptoscope {

/// How many classes the source's classifier tells apart: the outputs of the layer that makes the
/// network's logits. Nothing where graph or source have no such layer, or one of other inputs.
/// Fine-tuned networks differ from the published ones there and nowhere else.
[[nodiscard]] std::optional<uint32_t> classCount(const Graph& graph, const TensorSource& source);

} // namespace inceptoscope
