#pragma once

#include "graph/graph.h"
#include "weights/tensor_source.h"

#include <memory>
#include <string>
#include <vector>

namespace inceptoscope {

/// Deterministic weights by key: FNV-1a of the key, splitmix64 per element, scaled by role
/// (He-like for weights of two or more dimensions; see synthetic.cpp). Bit-exact on every
/// machine, untrained: what the network then sees means nothing, but every number can be
/// checked. `salt` selects another set.
[[nodiscard]] std::unique_ptr<TensorSource>
syntheticWeights(const Graph& graph, const std::string& salt);

/// Values of one tensor by the same rule.
[[nodiscard]] std::vector<float> syntheticTensor(
    const std::string& key, const std::vector<uint64_t>& shape, const std::string& salt);

/// u(key): float32 in [-1, 1), exact.
[[nodiscard]] std::vector<float>
syntheticUniform(const std::string& key, uint64_t elements, const std::string& salt);

/// The rule's test picture: RGB planes [3][h][w], 0..255.
[[nodiscard]] std::vector<uint8_t>
syntheticPicture(uint32_t h, uint32_t w, const std::string& salt);

} // namespace inceptoscope
