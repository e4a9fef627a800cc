#include "zoo/networks.h"

namespace inceptoscope {

namespace {

constexpr std::string_view figure = "Ioffe & Szegedy 2015, appendix, figure 5";

struct Widths
{
    uint32_t b0, b1Reduce, b1, b2Reduce, b2, b3;
};

Tensor inception(const Tensor& x, const std::string& name, const Widths& w, PoolKind pool)
{
    const ModuleScope module(
        x, {.name = name,
            .title = name,
            .kind = ModuleKind::Inception,
            .group = "Inception",
            .drawn = figure,
            .article = "module A's idea: two 3x3 for a 5x5"});
    const Pool2d pooling{
        .kind = pool,
        .kernel = {3, 3},
        .stride = {1, 1},
        .padding = Padding::symmetric(1, 1),
        .countIncludePad = false};
    return concat({
        x.conv("Branch_0.0", w.b0, 1),
        x.conv("Branch_1.0", w.b1Reduce, 1).conv("Branch_1.1", w.b1, 3),
        x.conv("Branch_2.0", w.b2Reduce, 1).conv("Branch_2.1", w.b2, 3).conv("Branch_2.2", w.b2, 3),
        x.then("Branch_3.0", pooling).conv("Branch_3.1", w.b3, 1),
    });
}

Tensor reduction(const Tensor& x, const std::string& name, const Widths& w)
{
    const ModuleScope module(
        x, {.name = name,
            .title = name,
            .kind = ModuleKind::Reduction,
            .group = "Reduction",
            .drawn = figure});
    return concat({
        x.conv("Branch_0.0", w.b1Reduce, 1)
            .conv("Branch_0.1", w.b1, 3, {.stride = 2, .same = true}),
        x.conv("Branch_1.0", w.b2Reduce, 1)
            .conv("Branch_1.1", w.b2, 3)
            .conv("Branch_1.2", w.b2, 3, {.stride = 2, .same = true}),
        x.maxPool("Branch_2.0", 3, {.same = true}),
    });
}

Tensor stem(Tensor x)
{
    {
        // A separable convolution: each colour filtered on its own, then mixed. No batch
        // normalisation on it.
        const ModuleScope module(
            x, {.name = "Conv2d_1a_7x7", .title = "Conv2d_1a_7x7", .group = "Stem"});
        x = x.conv(
                 "depthwise", 24, 7,
                 {.stride = 2,
                  .same = true,
                  .activation = Activation::None,
                  .groups = 3,
                  .style = ConvStyle{.bias = false}})
                .conv("pointwise", 64, 1, {.style = ConvStyle{.bias = true}});
    }
    const auto heading = [](std::string_view name) {
        return ModuleHeading{.name = name, .title = name, .group = "Stem"};
    };
    x = maxPoolModule(x, heading("MaxPool_2a_3x3"), 3, {.same = true});
    x = convModule(x, heading("Conv2d_2b_1x1"), 64, 1);
    x = convModule(x, heading("Conv2d_2c_3x3"), 192, 3);
    return maxPoolModule(x, heading("MaxPool_3a_3x3"), 3, {.same = true});
}

} // namespace

Network bnInceptionSlim(const Size& size)
{
    GraphBuilder builder({3, size.input, size.input}, tensorflowStyle(false));
    constexpr PoolKind average = PoolKind::Average;
    Tensor x = stem(builder.input());
    x = inception(x, "Mixed_3b", {64, 64, 64, 64, 96, 32}, average);
    x = inception(x, "Mixed_3c", {64, 64, 96, 64, 96, 64}, average);
    x = reduction(x, "Mixed_4a", {0, 128, 160, 64, 96, 0});
    x = inception(x, "Mixed_4b", {224, 64, 96, 96, 128, 128}, average);
    x = inception(x, "Mixed_4c", {192, 96, 128, 96, 128, 128}, average);
    x = inception(x, "Mixed_4d", {160, 128, 160, 128, 160, 96}, average);
    x = inception(x, "Mixed_4e", {96, 128, 192, 160, 192, 96}, average);
    x = reduction(x, "Mixed_5a", {0, 128, 192, 192, 256, 0});
    x = inception(x, "Mixed_5b", {352, 192, 320, 160, 224, 128}, average);
    x = inception(x, "Mixed_5c", {352, 192, 320, 192, 224, 128}, PoolKind::Max);
    const Tensor logits = [&] {
        const ModuleScope module(
            x,
            {.name = "Logits", .title = "Pool, linear", .kind = ModuleKind::Head, .group = "Head"});
        return x.globalAvgPool("pool").fc("fc", size.classes);
    }();
    return {
        .id = "bn_inception_slim",
        .title = "BN-Inception, slim's variant",
        .family = "Inception v2",
        .year = 2015,
        .paper = "Ioffe & Szegedy, Batch Normalization, 2015 (arXiv:1502.03167), figure 5",
        .follows = "TF-slim's inception_v2, of the same paper.",
        .differences =
            {"The stem is a depthwise-separable 7x7 with a bias and without batch normalisation.",
             "A pool projection of 96 gives 4c and 4d (slim's Mixed_4d and Mixed_4e) the 576 "
             "channels that the paper's output column prints.",
             "TensorFlow's SAME padding, batch normalisation without gamma, averages that leave "
             "the padding out.",
             "slim's names are one off the paper's: Mixed_4a is 3c, Mixed_5a is 4e."},
        .status = {},
        .preprocessing = inceptionPreprocessing(scaledResize(256, 224, size.input)),
        .graph = builder.finish(logits, softmaxModule(logits)),
        .auxiliaryLogits = {},
    };
}

} // namespace inceptoscope
