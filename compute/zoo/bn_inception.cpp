#include "zoo/networks.h"

namespace inceptoscope {

namespace {

constexpr std::string_view figure = "Ioffe & Szegedy 2015, appendix, figure 5";

/// A row of the table in figure 5 of the paper: 1x1 | 3x3 | double 3x3 | pool. Width 0: the
/// branch isn't there, and the pooled channels pass through.
struct Widths
{
    uint32_t b1, b2Reduce, b2, b3Reduce, b3, b4;
};

Tensor inception(const Tensor& x, const std::string& row, const Widths& w, PoolKind pool)
{
    const RowNames names(row);
    const ModuleScope module(
        x, {.name = names.name,
            .title = names.title,
            .kind = ModuleKind::Inception,
            .group = "Inception",
            .drawn = figure,
            .article = "module A's idea: two 3x3 for a 5x5",
            .alias = names.alias,
            .separator = "_"});
    const Pool2d pooling{
        .kind = pool,
        .kernel = {3, 3},
        .stride = {1, 1},
        .padding = Padding::symmetric(1, 1),
        .ceilMode = true};
    return concat({
        x.conv("1x1", w.b1, 1),
        x.conv("3x3_reduce", w.b2Reduce, 1).conv("3x3", w.b2, 3),
        x.conv("double_3x3_reduce", w.b3Reduce, 1)
            .conv("double_3x3_1", w.b3, 3)
            .conv("double_3x3_2", w.b3, 3),
        x.then("pool", pooling).conv("pool_proj", w.b4, 1),
    });
}

Tensor reduction(const Tensor& x, const std::string& row, const Widths& w)
{
    const RowNames names(row, "Reduction");
    const ModuleScope module(
        x, {.name = names.name,
            .title = names.title,
            .kind = ModuleKind::Reduction,
            .group = "Reduction",
            .drawn = figure,
            .alias = names.alias,
            .separator = "_"});
    return concat({
        x.conv("3x3_reduce", w.b2Reduce, 1).conv("3x3", w.b2, 3, {.stride = 2}),
        x.conv("double_3x3_reduce", w.b3Reduce, 1)
            .conv("double_3x3_1", w.b3, 3)
            .conv("double_3x3_2", w.b3, 3, {.stride = 2}),
        x.maxPool("pool", 3),
    });
}

Tensor stem(Tensor x)
{
    const auto heading = [](std::string_view name, std::string_view title) {
        return ModuleHeading{.name = name, .title = title, .group = "Stem", .separator = "_"};
    };
    {
        const ModuleScope module(x, heading("conv1", "Convolution 1"));
        x = x.conv("7x7_s2", 64, 7, {.stride = 2, .padding = 3});
    }
    x = maxPoolModule(x, heading("pool1", "Max pool 1"), 3);
    {
        const ModuleScope module(x, heading("conv2", "Convolution 2"));
        x = x.conv("3x3_reduce", 64, 1).conv("3x3", 192, 3);
    }
    return maxPoolModule(x, heading("pool2", "Max pool 2"), 3);
}

} // namespace

Network bnInception(const Size& size)
{
    const ConvStyle style{
        .bias = true, .batchNorm = BatchNorm{.eps = 1e-5F, .keys = BatchNormKeys::Suffixed}};
    GraphBuilder builder({3, size.input, size.input}, style);
    constexpr PoolKind average = PoolKind::Average;
    Tensor x = stem(builder.input());
    x = inception(x, "3a", {64, 64, 64, 64, 96, 32}, average);
    x = inception(x, "3b", {64, 64, 96, 64, 96, 64}, average);
    x = reduction(x, "3c", {0, 128, 160, 64, 96, 0});
    x = inception(x, "4a", {224, 64, 96, 96, 128, 128}, average);
    x = inception(x, "4b", {192, 96, 128, 96, 128, 128}, average);
    x = inception(x, "4c", {160, 128, 160, 128, 160, 128}, average);
    x = inception(x, "4d", {96, 128, 192, 160, 192, 128}, average);
    x = reduction(x, "4e", {0, 128, 192, 192, 256, 0});
    x = inception(x, "5a", {352, 192, 320, 160, 224, 128}, average);
    x = inception(x, "5b", {352, 192, 320, 192, 224, 128}, PoolKind::Max);
    const Classifier head = classify(x, {.pool = "global_pool", .fc = "last_linear"}, size.classes);
    return {
        .id = "bn_inception",
        .title = "BN-Inception (Inception v2)",
        .family = "Inception v2",
        .year = 2015,
        .paper = "Ioffe & Szegedy, Batch Normalization, 2015 (arXiv:1502.03167), figure 5",
        .follows = "The port of the authors' Caffe model in pretrainedmodels.",
        .differences =
            {"The rows of 4c and 4d add up to 608 channels, while the output column prints 576. "
             "Here it is the sum.",
             "Convolutions have a bias beside batch normalisation; the stem is a dense 7x7.",
             "Pools round up, averages count the padding, and the last module pools with a "
             "maximum.",
             "3c and 4e have no 1x1 branch and pass the pooled channels through: they halve the "
             "grid."},
        .status = {},
        .preprocessing =
            {.resize = scaledResize(256, 224, size.input),
             .order = ChannelOrder::Bgr,
             .range = 255.0F,
             .mean = {104.0F, 117.0F, 128.0F},
             .scale = {1, 1, 1}},
        .graph = builder.finish(head.logits, head.probabilities),
        .auxiliaryLogits = {},
    };
}

} // namespace inceptoscope
