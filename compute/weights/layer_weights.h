#pragma once

#include "graph/graph.h"
#include "weights/tensor_source.h"

#include <string>
#include <vector>

namespace inceptoscope {

/// One parameter tensor that a graph needs: its key and the shape it must have.
struct Parameter
{
    std::string key; ///< "inception_3a/3x3.weight"
    std::vector<uint64_t> shape;
    NodeId node = 0;
    ParameterRole role = ParameterRole::Weight;
};

/// Under which checkpoints store a layer's own weight and bias: "Mixed_5b.branch1x1.conv".
[[nodiscard]] std::string layerKey(const Node& node);

/// All parameter tensors of the graph in node order (weight, bias, then batch normalisation's
/// weight, bias, running_mean, running_var), auxiliary heads included or not.
[[nodiscard]] std::vector<Parameter> parameters(const Graph& graph, bool auxiliary);

/// Weight and bias of a convolution or fully connected node whose batch normalisation is folded
/// in (TensorSource::isFolded); nothing for other nodes.
[[nodiscard]] std::vector<Parameter> foldedParameters(const Graph& graph, NodeId id);

/// How a source maps onto a graph.
struct WeightReport
{
    std::vector<std::string> missing;     ///< keys the graph needs and the source lacks
    std::vector<std::string> misshapen;   ///< sentences: "KEY is [..], the network needs [..]"
    std::vector<std::string> differences; ///< TensorSource::differences()
    std::vector<std::string> unused;      ///< keys of the source that nothing reads
    size_t matched = 0;
    bool auxiliary = false; ///< all tensors of the auxiliary heads are there too

    [[nodiscard]] bool complete() const
    {
        return missing.empty() && misshapen.empty() && differences.empty();
    }
};

/// Auxiliary heads may be absent from the source, or be those of another input size (their
/// tensors are then unused); the main network may not.
[[nodiscard]] WeightReport inspect(const Graph& graph, const TensorSource& source);

/// Parameters of one layer, ready for a kernel: batch normalisation and the op's scale folded
/// in, bias always present. `weight` is dense OIHW float32 [outChannels, inChannels / groups, kh,
/// kw] or [out, in].
struct LayerWeights
{
    std::vector<float> weight;
    std::vector<float> bias;
};

/// Reads and folds the parameters of a convolution, fully connected or batch normalisation node
/// (for the last, `weight` holds a factor a channel).
/// Throws Error(BadInput): "weights: FILE: KEY is [64,192,1,1], the network needs [64,256,1,1]"
/// or "weights: FILE has no tensor KEY, which the network needs", or one that names a tensor and
/// how many of its values are NaN, infinite or negative variances.
[[nodiscard]] LayerWeights loadLayer(const Graph& graph, NodeId id, const TensorSource& source);

/// A layer as its checkpoint has it: what its own gradients are made with.
struct UnfoldedLayer
{
    LayerWeights layer;           ///< of batch normalisation that stands alone ones; bias present
    std::vector<float> gammas;    ///< empty: ones
    std::vector<float> betas;     ///< empty: there is no batch normalisation
    std::vector<float> means;     ///< empty: there is no batch normalisation
    std::vector<float> variances; ///< likewise
    double eps = 0;
    double scale = 1;

    [[nodiscard]] double gamma(size_t c) const { return gammas.empty() ? 1.0 : double(gammas[c]); }
    [[nodiscard]] double mean(size_t c) const { return means.empty() ? 0.0 : double(means[c]); }
    /// 1 / sqrt(variance + eps).
    [[nodiscard]] double steepness(size_t c) const;
};

/// Throws as loadLayer() does, and Error(BadInput) where the source has batch normalisation folded
/// in, so that its parameters aren't there.
[[nodiscard]] UnfoldedLayer loadUnfolded(const Graph& graph, NodeId id, const TensorSource& source);

} // namespace inceptoscope
