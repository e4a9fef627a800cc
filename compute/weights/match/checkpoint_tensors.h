#pragma once

#include "weights/layer_weights.h"
#include "weights/tensor_source.h"

#include <memory>
#include <string>
#include <vector>

namespace inceptoscope {

/// A tensor as a network wants it, and the stored ones that it is made of.
struct CheckpointTensor
{
    enum class Rule
    {
        Stored,
        Masked,       ///< from[0] * from[1]: torch.nn.utils.prune
        WeightNorm,   ///< from[0] * from[1] / |from[1]|: torch.nn.utils.weight_norm
        SpectralNorm, ///< from[0] / (from[1] * from[0] * from[2]): torch.nn.utils.spectral_norm
    };
    TensorInfo info;
    Rule rule = Rule::Stored;
    std::vector<size_t> from; ///< indices into the source
};

/// What trainers leave in their files under names and in shapes of their own.
struct CheckpointTensors
{
    std::string path; ///< for messages
    std::vector<CheckpointTensor> all;
    std::vector<std::string> notes;
    std::vector<std::string> choices;
};

/// Puts pruned and normalised tensors together (X_orig and X_mask, X_g and X_v, X_orig with X_u and
/// X_v, and the same as parametrizations.X.original ...). A note says what can't be.
void putTogether(CheckpointTensors& tensors, const TensorSource& source);

/// Leaves out what wraps a module: _orig_mod (torch.compile), module (DataParallel, averaged
/// models) and the like, wherever they stand in a name.
void dropWrappers(CheckpointTensors& tensors);

/// Only the tensors whose names begin with `part` and a dot, without both. Throws Error(BadInput)
/// that says what there is where none does.
void takePart(CheckpointTensors& tensors, const std::string& part);

/// Leaves out the prefix behind which most of the network's names are found; where several are
/// alike, one that names no moving average, and tells of the others.
void dropPrefix(CheckpointTensors& tensors, const std::vector<Parameter>& needed);

/// Gives tensors the shape that the network needs where only dimensions of one differ: [1,64] and
/// [64,1,1] for [64], a 1x1 convolution's for a linear layer's.
void dropOnes(CheckpointTensors& tensors, const std::vector<Parameter>& needed);

/// The source with all of this done to it; `graph` may be nullptr where nobody knows the network,
/// and `part` may be empty.
[[nodiscard]] std::unique_ptr<TensorSource>
asNeeded(std::unique_ptr<TensorSource> source, const Graph* graph, const std::string& part);

} // namespace inceptoscope
