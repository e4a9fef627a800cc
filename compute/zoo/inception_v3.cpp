#include "zoo/networks.h"

namespace inceptoscope {

namespace {

/// Averages count the padding, as in torchvision and timm.
Tensor averagePool(const Tensor& x)
{
    return x.avgPool("branch_pool.avg", 3, {.stride = 1, .padding = 1, .ceilMode = false});
}

constexpr ConvOptions halve{.stride = 2, .padding = 0};

Tensor halvePool(const Tensor& x)
{
    return x.maxPool("branch_pool", 3, {.ceilMode = false});
}

/// One of the article's designs and where the paper draws it.
struct Design
{
    std::string_view group;
    std::string_view drawn;
    std::string_view article;
};

ModuleHeading heading(std::string_view name, ModuleKind kind, const Design& design)
{
    return {
        .name = name,
        .title = name,
        .kind = kind,
        .group = design.group,
        .drawn = design.drawn,
        .article = design.article};
}

Tensor inceptionA(const Tensor& x, std::string_view name, uint32_t poolFeatures)
{
    const ModuleScope module(
        x,
        heading(
            name, ModuleKind::Inception,
            {"Inception-A", "Szegedy et al. 2015, figure 5 with one 5x5", "module A (figure 5)"}));
    return concat({
        x.conv("branch1x1", 64, 1),
        x.conv("branch5x5_1", 48, 1).conv("branch5x5_2", 64, 5),
        x.conv("branch3x3dbl_1", 64, 1).conv("branch3x3dbl_2", 96, 3).conv("branch3x3dbl_3", 96, 3),
        averagePool(x).conv("branch_pool", poolFeatures, 1),
    });
}

Tensor reductionA(const Tensor& x, std::string_view name)
{
    const ModuleScope module(
        x,
        heading(
            name, ModuleKind::Reduction,
            {"Reduction-A", "Szegedy et al. 2015, figure 10", "grid size reduction (figure 10)"}));
    return concat({
        x.conv("branch3x3", 384, 3, halve),
        x.conv("branch3x3dbl_1", 64, 1)
            .conv("branch3x3dbl_2", 96, 3)
            .conv("branch3x3dbl_3", 96, 3, halve),
        halvePool(x),
    });
}

Tensor inceptionB(const Tensor& x, std::string_view name, uint32_t c7)
{
    const ModuleScope module(
        x, heading(
               name, ModuleKind::Inception,
               {"Inception-B", "Szegedy et al. 2015, figure 6 with n = 7", "module B (figure 6)"}));
    return concat({
        x.conv("branch1x1", 192, 1),
        x.conv("branch7x7_1", c7, 1)
            .conv("branch7x7_2", c7, {1, 7})
            .conv("branch7x7_3", 192, {7, 1}),
        x.conv("branch7x7dbl_1", c7, 1)
            .conv("branch7x7dbl_2", c7, {7, 1})
            .conv("branch7x7dbl_3", c7, {1, 7})
            .conv("branch7x7dbl_4", c7, {7, 1})
            .conv("branch7x7dbl_5", 192, {1, 7}),
        averagePool(x).conv("branch_pool", 192, 1),
    });
}

Tensor reductionB(const Tensor& x, std::string_view name)
{
    const ModuleScope module(
        x,
        heading(
            name, ModuleKind::Reduction,
            {"Reduction-B", "Szegedy et al. 2015, figure 10", "grid size reduction (figure 10)"}));
    return concat({
        x.conv("branch3x3_1", 192, 1).conv("branch3x3_2", 320, 3, halve),
        x.conv("branch7x7x3_1", 192, 1)
            .conv("branch7x7x3_2", 192, {1, 7})
            .conv("branch7x7x3_3", 192, {7, 1})
            .conv("branch7x7x3_4", 192, 3, halve),
        halvePool(x),
    });
}

/// 1x3 and 3x1 side by side.
Tensor fork(const Tensor& x, const std::string& step, std::string_view both)
{
    return concat({x.conv(step + "a", 384, {1, 3}), x.conv(step + "b", 384, {3, 1})}, both);
}

Tensor inceptionC(const Tensor& x, std::string_view name)
{
    const ModuleScope module(
        x, heading(
               name, ModuleKind::Inception,
               {"Inception-C", "Szegedy et al. 2015, figure 7", "module C (figure 7)"}));
    return concat({
        x.conv("branch1x1", 320, 1),
        fork(x.conv("branch3x3_1", 384, 1), "branch3x3_2", "branch3x3"),
        fork(
            x.conv("branch3x3dbl_1", 448, 1).conv("branch3x3dbl_2", 384, 3), "branch3x3dbl_3",
            "branch3x3dbl"),
        averagePool(x).conv("branch_pool", 192, 1),
    });
}

/// The 5x5 convolution leaves one pixel at the network's own input size.
Tensor auxiliary(const Tensor& x, uint32_t classes)
{
    const ModuleScope module(
        x, {.name = "AuxLogits",
            .title = "Auxiliary head",
            .kind = ModuleKind::Auxiliary,
            .group = "Auxiliary",
            .drawn = "Szegedy et al. 2015, figure 8"});
    return x.avgPool("avgpool", 5, {.stride = 3, .ceilMode = false})
        .conv("conv0", 128, 1)
        .conv("conv1", 768, 5, {.padding = 0})
        .globalAvgPool("pool")
        .fc("fc", classes);
}

Tensor stem(Tensor x)
{
    const auto heading = [](std::string_view name) {
        return ModuleHeading{.name = name, .title = name, .group = "Stem"};
    };
    const PoolOptions floor{.ceilMode = false};
    x = convModule(x, heading("Conv2d_1a_3x3"), 32, 3, halve);
    x = convModule(x, heading("Conv2d_2a_3x3"), 32, 3, {.padding = 0});
    x = convModule(x, heading("Conv2d_2b_3x3"), 64, 3);
    x = maxPoolModule(x, heading("maxpool1"), 3, floor);
    x = convModule(x, heading("Conv2d_3b_1x1"), 80, 1);
    x = convModule(x, heading("Conv2d_4a_3x3"), 192, 3, {.padding = 0});
    return maxPoolModule(x, heading("maxpool2"), 3, floor);
}

} // namespace

Network inceptionV3(const Size& size)
{
    GraphBuilder builder({3, size.input, size.input}, tensorflowStyle());
    Tensor x = stem(builder.input());
    x = inceptionA(x, "Mixed_5b", 32);
    x = inceptionA(x, "Mixed_5c", 64);
    x = inceptionA(x, "Mixed_5d", 64);
    x = reductionA(x, "Mixed_6a");
    x = inceptionB(x, "Mixed_6b", 128);
    x = inceptionB(x, "Mixed_6c", 160);
    x = inceptionB(x, "Mixed_6d", 160);
    x = inceptionB(x, "Mixed_6e", 192);
    // Below an input of 267 pixels the auxiliary head's windows find no room.
    std::vector<NodeId> auxiliaryLogits;
    if (x.shape().h >= 17)
        auxiliaryLogits.push_back(auxiliary(x, size.classes).id());
    x = reductionB(x, "Mixed_7a");
    x = inceptionC(x, "Mixed_7b");
    x = inceptionC(x, "Mixed_7c");
    const Classifier head = classify(x, {}, size.classes);
    return {
        .id = "inception_v3",
        .title = "Inception v3",
        .family = "Inception v3",
        .year = 2015,
        .paper = "Szegedy et al., Rethinking the Inception Architecture, 2015 (arXiv:1512.00567), "
                 "table 1, figures 5-8, 10",
        .follows = "The released code (slim, torchvision, timm).",
        .differences =
            {"Module A has a 5x5 branch where figure 5 draws a 3x3.",
             "Four modules B; the paper's table 1 has five.",
             ("Averages count the padding in torchvision and timm; TensorFlow's don't, so weights "
              "ported from there differ at the borders."),
             ("The auxiliary head has batch normalisation and a 5x5 convolution in place of the "
              "paper's fully connected layer."),
             "The paper's table 1 differs in the stem too; inception_v2 shows it."},
        .status = {},
        .preprocessing = inceptionPreprocessing(scaledResize(342, 299, size.input)),
        .graph = builder.finish(head.logits, head.probabilities),
        .auxiliaryLogits = auxiliaryLogits,
    };
}

} // namespace inceptoscope
