#pragma once

#include "graph/graph.h"
#include "weights/tensor_source.h"

#include <memory>
#include <string>

namespace inceptoscope {

/// What a person named: a file, and where it holds several networks which of them.
struct WeightsSpec
{
    std::string file;
    std::string part; ///< "ema" of "net.pth#ema"; empty: whichever is meant
};

/// Splits FILE#PART where FILE is there; a file whose own name has a # is taken as it is.
[[nodiscard]] WeightsSpec splitWeights(const std::string& spec);

/// Opens what a person named: "synthetic", "synthetic:SALT", or FILE or FILE#PART, a file
/// recognised by its content: safetensors, the index of several of these, PyTorch, ONNX. Its
/// tensors get the names and shapes that the network needs (checkpoint_tensors.h). Throws
/// Error(Io | BadInput) with one sentence; for another kind of file it says which (file_kind.h).
[[nodiscard]] std::unique_ptr<TensorSource>
openWeights(const std::string& spec, const Graph& graph);

/// Opens FILE or FILE#PART under its own names, without a network to map it onto. Throws as
/// openWeights().
[[nodiscard]] std::unique_ptr<TensorSource> openWeightsFile(const std::string& spec);

/// True for "synthetic" and "synthetic:SALT".
[[nodiscard]] bool isSynthetic(const std::string& spec);

} // namespace inceptoscope
