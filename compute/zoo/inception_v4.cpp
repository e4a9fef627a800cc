#include "zoo/networks.h"
#include "zoo/stem_v4.h"

namespace inceptoscope {

namespace {

/// Modules have slim's names; checkpoints number them through, "features.6".
struct Names
{
    std::string name;
    std::string path;

    Names(std::string_view module, uint32_t feature)
        : name(module)
        , path("features." + std::to_string(feature))
    {
    }

    [[nodiscard]] ModuleHeading heading(
        ModuleKind kind, std::string_view group, std::string_view drawn,
        std::string_view article) const
    {
        return {
            .name = name,
            .title = name,
            .kind = kind,
            .group = group,
            .drawn = drawn,
            .article = article,
            .path = path};
    }
};

constexpr ConvOptions halve{.stride = 2, .padding = 0};

Tensor averagePool(const Tensor& x)
{
    return x.avgPool(
        "branch3.0", 3, {.stride = 1, .padding = 1, .ceilMode = false, .countIncludePad = false});
}

Tensor inceptionA(const Tensor& x, const Names& names)
{
    const ModuleScope module(
        x, names.heading(
               ModuleKind::Inception, "Inception-A", "Szegedy et al. 2016, figure 4",
               "module A (figure 4)"));
    return concat({
        x.conv("branch0", 96, 1),
        x.conv("branch1.0", 64, 1).conv("branch1.1", 96, 3),
        x.conv("branch2.0", 64, 1).conv("branch2.1", 96, 3).conv("branch2.2", 96, 3),
        averagePool(x).conv("branch3.1", 96, 1),
    });
}

Tensor reductionA(const Tensor& x, const Names& names)
{
    const ModuleScope module(
        x, names.heading(
               ModuleKind::Reduction, "Reduction-A",
               "Szegedy et al. 2016, figure 7 with k, l, m, n = 192, 224, 256, 384",
               "reduction block A (figure 7)"));
    return concat({
        x.conv("branch0", 384, 3, halve),
        x.conv("branch1.0", 192, 1).conv("branch1.1", 224, 3).conv("branch1.2", 256, 3, halve),
        x.maxPool("branch2", 3, {.ceilMode = false}),
    });
}

Tensor inceptionB(const Tensor& x, const Names& names)
{
    const ModuleScope module(
        x, names.heading(
               ModuleKind::Inception, "Inception-B", "Szegedy et al. 2016, figure 5",
               "module B (figure 5)"));
    return concat({
        x.conv("branch0", 384, 1),
        x.conv("branch1.0", 192, 1).conv("branch1.1", 224, {1, 7}).conv("branch1.2", 256, {7, 1}),
        x.conv("branch2.0", 192, 1)
            .conv("branch2.1", 192, {7, 1})
            .conv("branch2.2", 224, {1, 7})
            .conv("branch2.3", 224, {7, 1})
            .conv("branch2.4", 256, {1, 7}),
        averagePool(x).conv("branch3.1", 128, 1),
    });
}

Tensor reductionB(const Tensor& x, const Names& names)
{
    const ModuleScope module(
        x, names.heading(
               ModuleKind::Reduction, "Reduction-B", "Szegedy et al. 2016, figure 8",
               "reduction block B (figure 8)"));
    return concat({
        x.conv("branch0.0", 192, 1).conv("branch0.1", 192, 3, halve),
        x.conv("branch1.0", 256, 1)
            .conv("branch1.1", 256, {1, 7})
            .conv("branch1.2", 320, {7, 1})
            .conv("branch1.3", 320, 3, halve),
        x.maxPool("branch2", 3, {.ceilMode = false}),
    });
}

Tensor inceptionC(const Tensor& x, const Names& names)
{
    const ModuleScope module(
        x, names.heading(
               ModuleKind::Inception, "Inception-C", "Szegedy et al. 2016, figure 6",
               "module C (figure 6)"));
    const Tensor short1 = x.conv("branch1_0", 384, 1);
    const Tensor long2 =
        x.conv("branch2_0", 384, 1).conv("branch2_1", 448, {3, 1}).conv("branch2_2", 512, {1, 3});
    return concat({
        x.conv("branch0", 256, 1),
        concat(
            {short1.conv("branch1_1a", 256, {1, 3}), short1.conv("branch1_1b", 256, {3, 1})},
            "branch1"),
        concat(
            {long2.conv("branch2_3a", 256, {1, 3}), long2.conv("branch2_3b", 256, {3, 1})},
            "branch2"),
        averagePool(x).conv("branch3.1", 256, 1),
    });
}

} // namespace

Network inceptionV4(const Size& size)
{
    GraphBuilder builder({3, size.input, size.input}, tensorflowStyle());
    const StemV4 names{
        .convolutions =
            {{{"Conv2d_1a_3x3", "features.0"},
              {"Conv2d_2a_3x3", "features.1"},
              {"Conv2d_2b_3x3", "features.2"}}},
        .modules =
            {{{"Mixed_3a", "features.3"}, {"Mixed_4a", "features.4"}, {"Mixed_5a", "features.5"}}},
        .conv3a = "conv",
        .conv5a = "conv",
    };
    Tensor x = stemV4(builder.input(), names);
    uint32_t feature = 6;
    for (const char* name : {"Mixed_5b", "Mixed_5c", "Mixed_5d", "Mixed_5e"})
        x = inceptionA(x, {name, feature++});
    x = reductionA(x, {"Mixed_6a", feature++});
    for (const char letter : std::string_view("bcdefgh"))
        x = inceptionB(x, {std::string("Mixed_6") + letter, feature++});
    x = reductionB(x, {"Mixed_7a", feature++});
    for (const char* name : {"Mixed_7b", "Mixed_7c", "Mixed_7d"})
        x = inceptionC(x, {name, feature++});
    const Classifier head = classify(x, {.pool = "global_pool", .fc = "last_linear"}, size.classes);
    return {
        .id = "inception_v4",
        .title = "Inception v4",
        .family = "Inception v4",
        .year = 2016,
        .paper = "Szegedy et al., Inception-v4, Inception-ResNet, 2016 (arXiv:1602.07261), "
                 "figures 3-9",
        .follows = "The released code (slim) as timm ports it.",
        .differences =
            {"Figure 3 draws 7x1 before 1x7 in the stem; the code, and this network, have 1x7 "
             "first.",
             "slim has an auxiliary head on Mixed_6h; timm's port and its weights don't.",
             "Averages leave the padding out."},
        .status = {},
        .preprocessing = inceptionPreprocessing(scaledResize(342, 299, size.input)),
        .graph = builder.finish(head.logits, head.probabilities),
        .auxiliaryLogits = {},
    };
}

} // namespace inceptoscope
