#include "zoo/networks.h"
#include "zoo/residual.h"
#include "zoo/stem_v4.h"

namespace inceptoscope {

namespace {

constexpr const char* paper =
    "Szegedy et al., Inception-v4, Inception-ResNet, 2016 (arXiv:1602.07261), figures 3, 7, 15-19";

ResidualDesign blockA(bool numbersSingle)
{
    return {
        .group = "Inception-ResNet-A",
        .drawn = "Szegedy et al. 2016, figure 16",
        .article = "module A (figure 16)",
        .branches = {{{32}}, {{32}, {32, {3, 3}}}, {{32}, {48, {3, 3}}, {64, {3, 3}}}},
        .scale = 0.17F,
        .numbersSingle = numbersSingle};
}

ResidualDesign blockB(bool numbersSingle)
{
    return {
        .group = "Inception-ResNet-B",
        .drawn = "Szegedy et al. 2016, figure 17",
        .article = "module B (figure 17)",
        .branches = {{{192}}, {{128}, {160, {1, 7}}, {192, {7, 1}}}},
        .scale = 0.10F,
        .numbersSingle = numbersSingle};
}

ResidualDesign blockC(bool numbersSingle)
{
    return {
        .group = "Inception-ResNet-C",
        .drawn = "Szegedy et al. 2016, figure 19",
        .article = "module C (figure 19)",
        .branches = {{{192}}, {{192}, {224, {1, 3}}, {256, {3, 1}}}},
        .scale = 0.20F,
        .numbersSingle = numbersSingle};
}

constexpr ReductionBWidths reductionB{
    384, 288, 288, 320, "Szegedy et al. 2016, figure 18", "reduction block B (figure 18)"};

/// Only the code has it, between the stem and the blocks.
Tensor mixed5b(const Tensor& x)
{
    const ModuleScope module(
        x, {.name = "mixed_5b",
            .title = "Mixed_5b",
            .kind = ModuleKind::Inception,
            .group = "Inception-A",
            .drawn = "in the released code only",
            .article = "module A, as in v3"});
    return concat({
        x.conv("branch0", 96, 1),
        x.conv("branch1.0", 48, 1).conv("branch1.1", 64, 5),
        x.conv("branch2.0", 64, 1).conv("branch2.1", 96, 3).conv("branch2.2", 96, 3),
        x.avgPool(
             "branch3.0", 3,
             {.stride = 1, .padding = 1, .ceilMode = false, .countIncludePad = false})
            .conv("branch3.1", 64, 1),
    });
}

} // namespace

Network inceptionResnetV2(const Size& size)
{
    GraphBuilder builder({3, size.input, size.input}, tensorflowStyle());
    Tensor x = residualStem(builder.input());
    x = maxPoolModule(
        x, {.name = "maxpool_5a", .title = "maxpool_5a", .group = "Stem"}, 3, {.ceilMode = false});
    x = mixed5b(x);
    x = residualBlocks(x, "repeat", 10, blockA(false));
    x = residualReductionA(x, {256, 256, 384, 384});
    x = residualBlocks(x, "repeat_1", 20, blockB(false));
    x = residualReductionB(x, reductionB);
    x = residualBlocks(x, "repeat_2", 9, blockC(false));
    x = residualBlock(x, "block8", "ResNet-C 10", blockC(false), true);
    x = convModule(
        x, {.name = "conv2d_7b", .title = "conv2d_7b", .kind = ModuleKind::Head, .group = "Head"},
        1536, 1);
    const Classifier head = classify(x, {.pool = "global_pool", .fc = "classif"}, size.classes);
    return {
        .id = "inception_resnet_v2",
        .title = "Inception-ResNet v2",
        .family = "Inception-ResNet",
        .year = 2016,
        .paper = paper,
        .follows = "The released code (slim, timm), which the authors call what they intended.",
        .differences =
            {"The stem is v3's with one more Inception module, 320 channels; figure 3 draws v4's "
             "stem, 384.",
             "10, 20 and 10 blocks between 320, 1088 and 2080 channels; the figures have 5, 10 and "
             "5 between 384, 1152 and 2144.",
             "The last block C is unscaled and has no ReLU; a 1x1 convolution to 1536 channels "
             "follows.",
             "inception_resnet_v2_paper is the network as drawn."},
        .status = {},
        .preprocessing = inceptionPreprocessing(scaledResize(333, 299, size.input)),
        .graph = builder.finish(head.logits, head.probabilities),
        .auxiliaryLogits = {},
    };
}

Network inceptionResnetV2Paper(const Size& size)
{
    GraphBuilder builder({3, size.input, size.input}, tensorflowStyle());
    const StemV4 names{
        .convolutions = {{{"stem1", "stem1"}, {"stem2", "stem2"}, {"stem3", "stem3"}}},
        .modules = {{{"mixed_3a", "mixed_3a"}, {"mixed_4a", "mixed_4a"}, {"mixed_5a", "mixed_5a"}}},
        .conv3a = "branch1.0",
        .conv5a = "branch0.0",
    };
    Tensor x = stemV4(builder.input(), names);
    x = residualBlocks(x, "repeat_1", 5, blockA(true));
    x = residualReductionA(x, {256, 256, 384, 384}, true);
    x = residualBlocks(x, "repeat_2", 10, blockB(true));
    x = residualReductionB(x, reductionB);
    x = residualBlocks(x, "repeat_3", 5, blockC(true));
    const Tensor logits = [&] {
        const ModuleScope module(
            x,
            {.name = "head", .title = "Pool, linear", .kind = ModuleKind::Head, .group = "Head"});
        return x.globalAvgPool("pool").fc("fc", size.classes);
    }();
    return {
        .id = "inception_resnet_v2_paper",
        .title = "Inception-ResNet v2 as drawn",
        .family = "Inception-ResNet",
        .year = 2016,
        .paper = paper,
        .follows =
            "The figures: v4's stem, then 5, 10 and 5 blocks between 384, 1152 and 2144 channels.",
        .differences =
            {"Figure 17 prints 1154 and figure 19 prints 2048 for the last 1x1, which could not be "
             "added to 1152 and 2144 channels.",
             "With 32.4 M parameters and 9.26 G MACs it is smaller than the Inception v4 that it "
             "is said to match; the released code isn't."},
        .status = "as drawn: no weights were published",
        .preprocessing = inceptionPreprocessing(scaledResize(342, 299, size.input)),
        .graph = builder.finish(logits, softmaxModule(logits)),
        .auxiliaryLogits = {},
    };
}

} // namespace inceptoscope
