#include "weights/onnx/onnx_layer_parts.h"

#include "shown_text.h"

#include <algorithm>

namespace inceptoscope {

namespace {

bool fitsChannels(const OnnxConstant& constant, uint64_t channels)
{
    return constant.elements() == 1 || constant.squeezed() == std::vector<uint64_t>{channels};
}

std::vector<uint32_t> sizes(
    const OnnxModel& model, const OnnxNode& node, const char* name, size_t count, uint32_t unset,
    int64_t least)
{
    constexpr int64_t most = 1 << 16;
    const auto found = integersAttribute(model, node, name);
    if (!found)
        return std::vector<uint32_t>(count, unset);
    const bool allowed =
        found->size() == count && std::all_of(found->begin(), found->end(), [&](int64_t n) {
            return n >= least && n <= most;
        });
    if (!allowed)
        model.refuse(
            "node \"" + shown(node.name) + "\" has " + name + " that are not " +
            std::to_string(count) + " numbers from " + std::to_string(least) + " to " +
            std::to_string(most));
    return {found->begin(), found->end()};
}

void readGeometry(const OnnxModel& model, const OnnxNode& node, OnnxLayer& layer)
{
    const auto strides = sizes(model, node, "strides", 2, 1, 1);
    const auto dilations = sizes(model, node, "dilations", 2, 1, 1);
    const auto pads = sizes(model, node, "pads", 4, 0, 0);
    layer.stride = {strides[0], strides[1]};
    layer.dilation = {dilations[0], dilations[1]};
    layer.padding = {.left = pads[1], .right = pads[3], .top = pads[0], .bottom = pads[2]};
    const int64_t groups = integerAttribute(model, node, "group").value_or(1);
    if (groups < 1 || uint64_t(groups) > layer.channels())
        model.refuse(
            "node \"" + shown(node.name) + "\" has " + std::to_string(groups) + " groups and " +
            std::to_string(layer.channels()) + " output channels");
    layer.groups = uint32_t(groups);
    const auto kernel = integersAttribute(model, node, "kernel_shape");
    const std::vector<uint64_t>& shape = layer.weight.shape;
    if (kernel && (kernel->size() != 2 || uint64_t((*kernel)[0]) != shape[2] ||
                   uint64_t((*kernel)[1]) != shape[3]))
        model.refuse(
            "node \"" + shown(node.name) + "\" has weights of " + toString(shape) +
            ", but another kernel_shape");
}

/// y = alpha * x W + beta * b; W is [in, out], or with transB [out, in].
bool readProduct(const OnnxModel& model, const OnnxNode& node, OnnxLayer& layer)
{
    const bool gemm = node.op == "Gemm";
    const bool outFirst = gemm && integerAttribute(model, node, "transB").value_or(0) != 0;
    if (!outFirst)
        layer.weight = layer.weight.transposed({1, 0});
    if (gemm) {
        layer.weightFactor = double(numberAttribute(model, node, "alpha").value_or(1));
        layer.biasFactor = double(numberAttribute(model, node, "beta").value_or(1));
    }
    const bool transA = gemm && integerAttribute(model, node, "transA").value_or(0) != 0;
    return !transA;
}

} // namespace

std::optional<OnnxLayer> readLayer(
    const OnnxModel& model, const OnnxNode& node,
    const std::vector<std::optional<OnnxConstant>>& constants, std::string& fault)
{
    const bool convolution = node.op == "Conv";
    const auto refuse = [&](const char* why) {
        fault = why;
        return std::nullopt;
    };
    const auto stored = [&](size_t index) {
        const bool has = index < constants.size() && constants[index] &&
                         model.tensors[constants[index]->tensor].dtype;
        return has ? constants[index] : std::nullopt;
    };
    const auto weight = stored(1);
    if (!weight)
        return refuse("has no weights that are stored as floating-point numbers");
    if (weight->shape.size() != (convolution ? 4U : 2U) || weight->elements() == 0)
        return refuse("has weights of another rank than an image's layers");
    OnnxLayer layer{
        .name = node.name,
        .convolution = convolution,
        .weight = *weight,
        .bias = stored(2),
        .steps = {}};
    if (node.inputs.size() > 2 && !node.inputs[2].empty() && !layer.bias)
        return refuse("has a bias that is not stored as floating-point numbers");
    if (convolution)
        readGeometry(model, node, layer);
    else if (!readProduct(model, node, layer))
        return refuse("reads its input transposed");
    if (layer.bias && !fitsChannels(*layer.bias, layer.channels()))
        model.refuse(
            "node \"" + shown(node.name) + "\" has " + std::to_string(layer.channels()) +
            " output channels, but a bias of " + toString(layer.bias->shape));
    return layer;
}

/// Broadcasting aligns the last axes; before version 7 an attribute said which.
bool isChannelwise(
    const OnnxModel& model, const OnnxNode& node, const OnnxConstant& constant,
    const OnnxLayer& layer, bool batchNorm)
{
    if (!fitsChannels(constant, layer.channels()))
        return false;
    if (constant.elements() == 1)
        return !batchNorm || layer.channels() == 1;
    const std::vector<uint64_t>& shape = constant.shape;
    if (batchNorm)
        return shape.size() == 1;
    const bool first = integerAttribute(model, node, "axis").value_or(0) == 1;
    if (integerAttribute(model, node, "broadcast").value_or(0) != 0 && first)
        return shape[0] == layer.channels();
    const size_t behind = layer.convolution ? 2 : 0; // axes after the channels
    return shape.size() > behind && shape[shape.size() - 1 - behind] == layer.channels();
}

} // namespace inceptoscope
