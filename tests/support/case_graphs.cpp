#include "support/case_graphs.h"

#include "graph/builder.h"

#include <stdexcept>

namespace inceptoscope {

namespace {

using Json = nlohmann::json;

Shape shapeOf(const Json& nchw)
{
    return {
        nchw.at(1), nchw.size() > 2 ? nchw.at(2).get<uint32_t>() : 1U,
        nchw.size() > 3 ? nchw.at(3).get<uint32_t>() : 1U};
}

Extent extentOf(const Json& hw)
{
    return {hw.at(0), hw.at(1)};
}

Padding paddingOf(const Json& params)
{
    if (params.contains("pad_hw"))
        return Padding::symmetric(params["pad_hw"].at(0), params["pad_hw"].at(1));
    const Json& sides = params.at("pad_left_right_top_bottom");
    return {.left = sides.at(0), .right = sides.at(1), .top = sides.at(2), .bottom = sides.at(3)};
}

Activation activationOf(const Json& params)
{
    return params.at("relu").get<bool>() ? Activation::Relu : Activation::None;
}

Conv2d convOf(const Json& entry)
{
    const Json& params = entry.at("params");
    Conv2d op{
        .outChannels = entry.at("out_shape").at(1),
        .kernel = extentOf(params.at("kernel")),
        .stride = extentOf(params.at("stride")),
        .padding = paddingOf(params),
        .groups = params.at("groups"),
        .bias = params.at("bias"),
        .activation = activationOf(params)};
    if (!params.at("bn_eps").is_null())
        op.batchNorm = BatchNorm{.eps = params["bn_eps"], .gamma = params.value("bn_gamma", true)};
    return op;
}

Pool2d poolOf(const Json& params)
{
    return {
        .kind = params.at("kind") == "max" ? PoolKind::Max : PoolKind::Average,
        .kernel = extentOf(params.at("kernel")),
        .stride = extentOf(params.at("stride")),
        .padding = paddingOf(params),
        .ceilMode = params.value("ceil_mode", false),
        .countIncludePad = params.value("count_include_pad", true)};
}

/// Figure 2a of the GoogLeNet paper without the reductions, figure 2b with them.
void addModule(const Tensor& x, const std::string& id, const Json& params)
{
    const auto at = [&](const char* name) { return id + "." + name; };
    const auto reduced = [&](const char* name, size_t which) {
        const Json& reduce = params.at("reduce");
        return reduce.is_null() ? x : x.conv(at(name), reduce.at(which), 1);
    };
    const Tensor b1 = x.conv(at("1x1"), params.at("c1x1"), 1);
    const Tensor b2 = reduced("3x3_reduce", 0).conv(at("3x3"), params.at("c3x3"), 3);
    const Tensor b3 = reduced("5x5_reduce", 1).conv(at("5x5"), params.at("c5x5"), 5);
    Tensor b4 = x.maxPool(at("pool"), 3, {.stride = 1, .padding = 1, .ceilMode = false});
    if (!params.at("pool_proj").is_null())
        b4 = b4.conv(at("pool_proj"), params["pool_proj"], 1);
    (void)concat({b1, b2, b3, b4}, id);
}

/// The same module under gradient_ops.json's names.
void addShortModule(const Tensor& x, const std::string& id, const Json& params)
{
    const auto at = [&](const char* name) { return id + "." + name; };
    const Json& reduce = params.at("reduce");
    const Tensor b1 = x.conv(at("b1"), params.at("c1x1"), 1);
    const Tensor b2 = x.conv(at("b2_reduce"), reduce.at(0), 1).conv(at("b2"), params.at("c3x3"), 3);
    const Tensor b3 = x.conv(at("b3_reduce"), reduce.at(1), 1).conv(at("b3"), params.at("c5x5"), 5);
    const Tensor pool = x.maxPool(at("pool"), 3, {.stride = 1, .padding = 1, .ceilMode = false});
    (void)concat({b1, b2, b3, pool.conv(at("b4"), params.at("pool_proj"), 1)}, id);
}

/// An Inception-ResNet block: 1x1 beside 1x1 and 1x3, then a linear 1x1 with a bias.
void addResidualBlock(const Tensor& x, const std::string& id, const Json& params)
{
    const ConvStyle normalised{.bias = false, .batchNorm = BatchNorm{.eps = 1e-3F}};
    const auto branch = [&](const Tensor& from, const char* name, uint32_t channels,
                            Extent kernel) {
        return from.conv(id + "." + name, channels, kernel, {.style = normalised});
    };
    const Tensor b0 = branch(x, "branch0", 3, {1, 1});
    const Tensor b1 = branch(branch(x, "branch1.0", 2, {1, 1}), "branch1.1", 4, {1, 3});
    const Tensor up = concat({b0, b1}, id + ".joined")
                          .conv(id + ".conv2d", x.shape().c, 1, {.activation = Activation::None});
    (void)add(x, up, {.scale = params.at("scale"), .activation = Activation::Relu}, id);
}

/// Channels `first` to `first + n - 1` of x.
Tensor
cut(const Tensor& x, const std::string& name, uint32_t first, uint32_t n, TensorMap& weights,
    Activation activation = Activation::None)
{
    Conv2d op{
        .outChannels = n,
        .kernel = {1, 1},
        .stride = {1, 1},
        .padding = {},
        .bias = false,
        .activation = activation};
    const size_t channels = x.shape().c;
    std::vector<float> identity(n * channels, 0.0F);
    for (uint32_t o = 0; o < n; ++o)
        identity[o * channels + first + o] = 1.0F;
    Tensor result = x.then(name, op);
    weights.add(x.builder().node(result.id()).name + ".weight", {n, channels, 1, 1}, identity);
    return result;
}

std::vector<Tensor>
operands(const Tensor& x, const std::string& id, const Json& inputs, TensorMap& weights)
{
    std::vector<Tensor> result;
    uint32_t first = 0;
    for (const Json& input : inputs) {
        const uint32_t channels = shapeOf(input.at("shape")).c;
        result.push_back(
            cut(x, id + ".operand" + std::to_string(result.size()), first, channels, weights));
        first += channels;
    }
    return result;
}

Shape stacked(const Json& inputs)
{
    Shape shape = shapeOf(inputs.at(0).at("shape"));
    for (size_t i = 1; i < inputs.size(); ++i)
        shape.c += shapeOf(inputs.at(i).at("shape")).c;
    return shape;
}

void addOp(const Tensor& x, const Json& entry, TensorMap& weights)
{
    const std::string id = entry.at("id");
    const std::string op = entry.at("op");
    const Json& params = entry.at("params");
    // Without batch normalisation a layer's keys are its name + ".weight", so the name must end
    // like the case's keys: "ops/ID.conv".
    if (op == "conv")
        (void)x.then(params.at("bn_eps").is_null() ? id + ".conv" : id, convOf(entry));
    else if (op == "pool")
        (void)x.then(id, poolOf(params));
    else if (op == "adaptive_avg_pool")
        (void)x.then(id, AdaptiveAvgPool2d{.out = extentOf(params.at("out"))});
    else if (op == "lrn")
        (void)x.lrn(
            id, {.size = params.at("size"),
                 .alpha = params.at("alpha"),
                 .beta = params.at("beta"),
                 .k = params.at("k")});
    else if (op == "batch_norm")
        (void)x.then(id + ".bn", BatchNorm{.eps = params.at("eps"), .gamma = params.at("gamma")});
    else if (op == "l2_normalize")
        (void)x.then(id, L2Normalize{});
    else if (op == "softmax")
        (void)x.softmax(id);
    else if (op == "fc")
        (void)x.then(
            id + ".fc", FullyConnected{
                            .outFeatures = entry.at("out_shape").at(1),
                            .bias = params.at("bias"),
                            .activation = activationOf(params)});
    else if (op == "global_avg_pool")
        (void)x.globalAvgPool(id);
    else if (op == "relu") // there is none by itself: of what passes unchanged
        (void)cut(x, id, 0, x.shape().c, weights, Activation::Relu);
    else if (op == "inception_resnet")
        addResidualBlock(x, id, params);
    else if (op == "inception_v1" && params.contains("keys"))
        addShortModule(x, id, params);
    else if (op == "inception_naive" || op == "inception_v1")
        addModule(x, id, params);
    else if (op == "concat")
        (void)concat(operands(x, id, entry.at("inputs"), weights), id);
    else if (op == "residual_add") {
        const std::vector<Tensor> both = operands(x, id, entry.at("inputs"), weights);
        (void)add(
            both.at(0), both.at(1),
            {.scale = params.at("scale"), .activation = activationOf(params)}, id);
    } else
        throw std::invalid_argument("ops.json: " + id + " is an unknown op, " + op);
}

} // namespace

Graph caseGraph(const Json& entry, TensorMap& weights, const std::string& folder)
{
    GraphBuilder builder(stacked(entry.at("inputs")));
    {
        const ModuleScope module(
            builder.input(), folder, entry.at("id").get<std::string>(), ModuleKind::Stem);
        addOp(builder.input(), entry, weights);
    }
    return builder.finish();
}

} // namespace inceptoscope
