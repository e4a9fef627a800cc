#pragma once

#include "graph/graph.h"
#include "kernels/conv_forms.h"
#include "weights/tensor_source.h"

#include <cstddef>
#include <cstdint>
#include <span>

namespace inceptoscope {

// What backward ops take of a layer's parameters besides the folded weights, as it lies in
// Memory::Weights: factors a channel, and the checkpoint's own weights.

/// Bytes of a node's table; 0 for ops that have none. A weight gradient has one in the direct form.
[[nodiscard]] uint64_t tableBytes(const Graph& graph, NodeId id, ConvForm form);

/// The form of a weight gradient; of other ops the direct one.
[[nodiscard]] ConvForm gradientForm(const Graph& graph, NodeId id, const ConvChoice& choice);

/// Where in a GammaGradient's table the factors begin, in bytes; the weights come first.
[[nodiscard]] uint64_t gammaFactors(const Graph& graph, NodeId id);

/// Fills a table. Throws as loadUnfolded() does.
void packTable(const Graph& graph, NodeId id, const TensorSource& source, std::span<std::byte> out);

} // namespace inceptoscope
