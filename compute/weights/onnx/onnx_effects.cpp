#include "weights/onnx/onnx_effects.h"

#include "ascii.h"
#include "shown_text.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <string_view>

namespace inceptoscope {

namespace {

/// One value in, the same out, in another shape at most.
constexpr std::array<std::string_view, 8> passing = {
    "Identity", "Dropout", "Cast", "Reshape", "Flatten", "Squeeze", "Unsqueeze", "Transpose"};

constexpr double unbounded = 3e38; // exporters write the largest float for no limit

std::string text(double value)
{
    return ascii::general(value, 6);
}

/// The only value of a constant.
std::optional<double> scalar(const OnnxModel& model, const OnnxOperands& constants, size_t index)
{
    if (index >= constants.size() || !constants[index] || constants[index]->elements() != 1 ||
        !model.tensors[constants[index]->tensor].dtype)
        return std::nullopt;
    return double(readConstant(model, *constants[index]).front());
}

FlowEffect named(const OnnxNode& node, std::string op)
{
    return {.op = std::move(op), .node = shown(node.name)};
}

/// The limits are operands from version 11 on; one that isn't there is no limit.
std::optional<FlowEffect>
clip(const OnnxModel& model, const OnnxNode& node, const OnnxOperands& constants)
{
    std::array<double, 2> limits = {-INFINITY, INFINITY};
    for (size_t i = 0; i < 2; ++i) {
        if (const auto number = numberAttribute(model, node, i == 0 ? "min" : "max"))
            limits.at(i) = double(*number);
        if (i + 1 >= node.inputs.size() || node.inputs[i + 1].empty())
            continue;
        const auto operand = scalar(model, constants, i + 1);
        if (!operand)
            return named(node, "Clip");
        limits.at(i) = *operand;
    }
    const auto [low, high] = limits;
    if (low == 0 && high >= unbounded)
        return named(node, "Relu");
    if (low <= -unbounded && high >= unbounded)
        return std::nullopt;
    FlowEffect effect = named(node, "Clip");
    effect.numbers = {low, high};
    effect.detail = "from " + text(low) + " to " + text(high);
    return effect;
}

std::optional<FlowEffect> sloped(const OnnxModel& model, const OnnxNode& node, double usual)
{
    const auto alpha = numberAttribute(model, node, "alpha");
    const double slope = alpha ? double(*alpha) : usual;
    FlowEffect effect = named(node, node.op == "LeakyRelu" && slope == 0 ? "Relu" : node.op);
    if (effect.op == "Relu")
        return effect;
    effect.numbers = {slope};
    effect.detail = (node.op == "LeakyRelu" ? "slope " : "alpha ") + text(slope);
    return effect;
}

FlowEffect lrn(const OnnxModel& model, const OnnxNode& node)
{
    constexpr int64_t most = 1 << 16;
    const int64_t size = integerAttribute(model, node, "size").value_or(0);
    FlowEffect effect = lrnEffect(
        {.size = uint32_t(std::clamp<int64_t>(size, 0, most)),
         .alpha = numberAttribute(model, node, "alpha").value_or(1e-4F),
         .beta = numberAttribute(model, node, "beta").value_or(0.75F),
         .k = numberAttribute(model, node, "bias").value_or(1.0F)});
    effect.node = shown(node.name);
    return effect;
}

/// Sides of rows and columns out of [N, C, H, W before; N, C, H, W behind].
std::optional<Padding> imagePadding(const std::vector<int64_t>& all)
{
    constexpr int64_t most = 1 << 12;
    if (all.size() != 8 || all[0] != 0 || all[1] != 0 || all[4] != 0 || all[5] != 0 ||
        std::any_of(all.begin(), all.end(), [](int64_t n) { return n < 0 || n > most; }))
        return std::nullopt;
    return Padding{
        .left = uint32_t(all[3]),
        .right = uint32_t(all[7]),
        .top = uint32_t(all[2]),
        .bottom = uint32_t(all[6])};
}

/// Sides are an operand from version 11 on, before an attribute; none: nothing is padded.
std::optional<FlowEffect>
pad(const OnnxModel& model, const OnnxNode& node, const OnnxOperands& constants)
{
    const std::string mode = textAttribute(node, "mode");
    if (!mode.empty() && mode != "constant")
        return named(node, "Pad by " + shown(mode));
    const auto value =
        node.inputs.size() > 2 && !node.inputs[2].empty()
            ? scalar(model, constants, 2)
            : std::optional(double(numberAttribute(model, node, "value").value_or(0)));
    if (value != 0.0)
        return named(node, "Pad with a value other than zero");
    FlowEffect effect = named(node, "Pad");
    std::optional<std::vector<int64_t>> sides;
    if (node.inputs.size() > 1) {
        if (constants.size() > 1 && constants[1])
            sides = model.wholeNumbers(constants[1]->tensor);
    } else {
        sides = integersAttribute(model, node, "pads");
        if (!sides)
            sides = integersAttribute(model, node, "paddings");
        if (!sides)
            return std::nullopt;
    }
    const auto padding = sides && node.inputs.size() < 4 ? imagePadding(*sides) : std::nullopt;
    effect.known = padding.has_value();
    effect.padding = padding.value_or(Padding{});
    if (effect.known && effect.padding == Padding{})
        return std::nullopt;
    return effect;
}

std::optional<Extent> extent(const OnnxModel& model, const OnnxNode& node, const char* name)
{
    constexpr int64_t most = 1 << 12;
    const auto found = integersAttribute(model, node, name);
    if (!found || found->size() != 2 ||
        std::any_of(found->begin(), found->end(), [](int64_t n) { return n < 1 || n > most; }))
        return std::nullopt;
    return Extent{uint32_t((*found)[0]), uint32_t((*found)[1])};
}

void readPads(const OnnxModel& model, const OnnxNode& node, FlowWindow& window)
{
    using Pads = FlowWindow::Pads;
    const std::string automatic = textAttribute(node, "auto_pad");
    if (automatic == "SAME_UPPER")
        window.pads = Pads::SameUpper;
    else if (automatic == "SAME_LOWER")
        window.pads = Pads::SameLower;
    if (window.pads != Pads::Given || automatic == "VALID")
        return;
    const auto pads = integersAttribute(model, node, "pads");
    if (!pads)
        return;
    std::vector<int64_t> all(8);
    if (pads->size() == 4) {
        std::copy_n(pads->begin(), 2, all.begin() + 2);
        std::copy_n(pads->begin() + 2, 2, all.begin() + 6);
    }
    const auto padding = imagePadding(all);
    if (pads->size() == 4 && padding)
        window.padding = *padding;
    else
        window.pads = Pads::Unknown;
}

} // namespace

std::optional<FlowEffect>
readEffect(const OnnxModel& model, const OnnxNode& node, const OnnxOperands& constants)
{
    if (std::find(passing.begin(), passing.end(), node.op) != passing.end())
        return std::nullopt;
    if (node.op == "Clip")
        return clip(model, node, constants);
    if (node.op == "LeakyRelu")
        return sloped(model, node, 0.01);
    if (node.op == "Elu" || node.op == "Celu")
        return sloped(model, node, 1);
    if (node.op == "LRN")
        return lrn(model, node);
    if (node.op == "Pad")
        return pad(model, node, constants);
    const bool floor = node.op == "Max" && node.inputs.size() == 2 &&
                       (scalar(model, constants, 0) == 0.0 || scalar(model, constants, 1) == 0.0);
    return named(node, floor ? "Relu" : shown(node.op));
}

bool isPool(const OnnxNode& node)
{
    return node.op == "MaxPool" || node.op == "GlobalMaxPool" || node.op == "AveragePool" ||
           node.op == "GlobalAveragePool" || node.op == "ReduceMean";
}

FlowWindow readWindow(const OnnxModel& model, const OnnxNode& node)
{
    FlowWindow window{.average = node.op != "MaxPool" && node.op != "GlobalMaxPool"};
    if (node.op.starts_with("Global") || node.op == "ReduceMean") {
        window.whole = true;
        return window;
    }
    window.kernel = extent(model, node, "kernel_shape").value_or(Extent{1, 1});
    window.stride = extent(model, node, "strides").value_or(Extent{1, 1});
    window.dilation = extent(model, node, "dilations").value_or(Extent{1, 1});
    window.ceilMode = integerAttribute(model, node, "ceil_mode").value_or(0) != 0;
    window.countIncludePad = integerAttribute(model, node, "count_include_pad").value_or(0) != 0;
    readPads(model, node, window);
    return window;
}

size_t takePads(const LayerFlow& flow, size_t effects, FlowWindow& window)
{
    using Pads = FlowWindow::Pads;
    const bool own = window.pads != Pads::Given || window.padding != Padding{};
    // Zeros of a Pad count in an average, while the pool's own may not: that is no one window.
    if (window.average && own && !window.countIncludePad)
        return effects;
    while (effects != 0 && flow.lastEffect(effects).op == "Pad") {
        const FlowEffect& pad = flow.lastEffect(effects);
        const auto widen = [](uint32_t& side, uint32_t by) {
            constexpr uint32_t most = 1 << 20;
            side = std::min(side + by, most);
        };
        widen(window.padding.left, pad.padding.left);
        widen(window.padding.right, pad.padding.right);
        widen(window.padding.top, pad.padding.top);
        widen(window.padding.bottom, pad.padding.bottom);
        if (!pad.known)
            window.pads = Pads::Unknown;
        window.countIncludePad = window.average;
        effects = flow.withoutLast(effects);
    }
    return effects;
}

} // namespace inceptoscope
