#pragma once

#include "weights/match/layer_flow.h"
#include "weights/onnx/onnx_constants.h"

#include <optional>
#include <string>
#include <vector>

namespace inceptoscope {

/// What a file does with a layer's result, channel by channel, before anything else reads it.
struct OnnxStep
{
    enum class Kind : uint32_t
    {
        BatchNorm, ///< operands: scale, bias, mean, variance, one value a channel
        Multiply,
        Divide,
        Add,
        Subtract
    };
    Kind kind = Kind::Add;
    std::vector<OnnxConstant> operands; ///< one value a channel, or one for all
    double epsilon = 0;
};

/// A convolution or fully connected layer of a file.
struct OnnxLayer
{
    std::string name;
    bool convolution = true;
    OnnxConstant weight;                             ///< OIHW or [out, in]
    std::optional<OnnxConstant> bias = std::nullopt; ///< one value a channel, or one for all
    double weightFactor = 1;                         ///< Gemm's alpha
    double biasFactor = 1;                           ///< Gemm's beta
    Extent stride = {};
    Extent dilation = {};
    Padding padding = {}; ///< its own; a Pad before it counts apart
    uint32_t groups = 1;
    std::vector<OnnxStep> steps = {};

    [[nodiscard]] uint64_t channels() const { return weight.shape[0]; }
};

struct OnnxLayers
{
    std::vector<OnnxLayer> layers;  ///< in topological order
    LayerFlow flow;                 ///< its layers' `source` counts in `layers`
    std::vector<std::string> notes; ///< sentences on layers that can't be used
};

/// Finds the layers of a file and how data flows between them: weights are followed through what
/// only reshapes them, biases and batch normalisation are recognised however they are written.
/// Throws Error(BadInput) for a graph that makes no sense: a cycle, a value that nothing makes or
/// two nodes make, a stride of 0.
[[nodiscard]] OnnxLayers findLayers(const OnnxModel& model);

} // namespace inceptoscope
