#pragma once

#include "graph/shape.h"

#include <optional>

namespace inceptoscope {

enum class Activation : uint32_t
{
    None,
    Relu
};

/// How checkpoints name a convolution and its batch normalisation, for a layer called PATH.
enum class BatchNormKeys : uint32_t
{
    Nested,  ///< PATH.conv.* and PATH.bn.*: torchvision, timm, facenet-pytorch
    Suffixed ///< PATH.* and PATH_bn.*: ports from Caffe
};

/// gamma * (x - mean) / sqrt(variance + eps) + beta with running statistics. Behind a
/// convolution it is part of it: folded into the weights when they load, but known to the graph
/// (parameter names) and to the cost (gamma and beta are trainable). Alone it is an op.
struct BatchNorm
{
    float eps = 1e-3F;
    bool gamma = true;
    BatchNormKeys keys = BatchNormKeys::Nested;
    /// What it does is left to ops that take the batch's statistics (graph/training_graph.h): the
    /// layer has its parameters and is computed without it.
    bool training = false;

    bool operator==(const BatchNorm&) const = default;
};

/// The picture or tensor the network starts from.
struct Input
{
};

/// y = activation(scale * (W * x + b)).
struct Conv2d
{
    uint32_t outChannels = 0;
    Extent kernel = {};
    Extent stride = {};
    Padding padding = {};
    uint32_t groups = 1;
    bool bias = true;
    std::optional<BatchNorm> batchNorm = std::nullopt;
    Activation activation = Activation::Relu;
    float scale = 1.0F;
    bool same = false; ///< the padding is TensorFlow's SAME, which another size has otherwise
};

enum class PoolKind : uint32_t
{
    Max,
    Average
};

struct Pool2d
{
    PoolKind kind = PoolKind::Max;
    Extent kernel = {};
    Extent stride = {};
    Padding padding = {};
    bool ceilMode =
        false; ///< round the output size up; a window that would start in the padding is dropped
    bool countIncludePad = true; ///< average only: divide by the window's padded extent
    bool same = false; ///< the padding is TensorFlow's SAME, which another size has otherwise
};

/// Window of output a: [floor(a*H/o), ceil((a+1)*H/o)). A 1x1 output is global average pooling.
struct AdaptiveAvgPool2d
{
    Extent out = {};
};

/// Local response normalisation across channels, alpha divided by size as in Caffe:
/// y_c = x_c / (k + alpha/size * sum_{|c-j| <= size/2} x_j^2)^beta.
struct Lrn
{
    uint32_t size = 5;
    float alpha = 1e-4F;
    float beta = 0.75F;
    float k = 1.0F;
};

/// Along channels, in the order of the inputs.
struct Concat
{
};

/// y = activation(x0 + scale * x1): the residual sum.
struct Add
{
    float scale = 1.0F;
    Activation activation = Activation::None;
};

/// Flattens its input in C,H,W order.
struct FullyConnected
{
    uint32_t outFeatures = 0;
    bool bias = true;
    Activation activation = Activation::None;
};

/// Over channels.
struct Softmax
{
};

/// Over channels: y = x / max(|x|, 1e-12). An embedding's direction.
struct L2Normalize
{
};

} // namespace inceptoscope
