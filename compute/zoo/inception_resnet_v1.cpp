#include "zoo/networks.h"
#include "zoo/residual.h"

namespace inceptoscope {

namespace {

constexpr const char* paper =
    "Szegedy et al., Inception-v4, Inception-ResNet, 2016 (arXiv:1602.07261), figures 10-15";

ResidualDesign blockA(bool numbersSingle)
{
    return {
        .group = "Inception-ResNet-A",
        .drawn = "Szegedy et al. 2016, figure 10",
        .article = "module A (figure 10)",
        .branches = {{{32}}, {{32}, {32, {3, 3}}}, {{32}, {32, {3, 3}}, {32, {3, 3}}}},
        .scale = 0.17F,
        .numbersSingle = numbersSingle};
}

ResidualDesign blockB(bool numbersSingle)
{
    return {
        .group = "Inception-ResNet-B",
        .drawn = "Szegedy et al. 2016, figure 11",
        .article = "module B (figure 11)",
        .branches = {{{128}}, {{128}, {128, {1, 7}}, {128, {7, 1}}}},
        .scale = 0.10F,
        .numbersSingle = numbersSingle};
}

ResidualDesign blockC(bool numbersSingle)
{
    return {
        .group = "Inception-ResNet-C",
        .drawn = "Szegedy et al. 2016, figure 13",
        .article = "module C (figure 13)",
        .branches = {{{192}}, {{192}, {192, {1, 3}}, {192, {3, 1}}}},
        .scale = 0.20F,
        .numbersSingle = numbersSingle};
}

Tensor trunk(Tensor x, bool numbersSingle)
{
    x = residualStem(x);
    x = convModule(
        x,
        {.name = "conv2d_4b",
         .title = "conv2d_4b",
         .group = "Stem",
         .drawn = "Szegedy et al. 2016, figure 14"},
        256, 3, {.stride = 2, .padding = 0});
    x = residualBlocks(x, "repeat_1", 5, blockA(numbersSingle));
    x = residualReductionA(x, {192, 192, 256, 384}, numbersSingle);
    x = residualBlocks(x, "repeat_2", 10, blockB(numbersSingle));
    x = residualReductionB(
        x, {384, 256, 256, 256, "Szegedy et al. 2016, figure 12", "reduction block B (figure 12)"});
    return residualBlocks(x, "repeat_3", 5, blockC(numbersSingle));
}

} // namespace

Network inceptionResnetV1(const Size& size)
{
    GraphBuilder builder({3, size.input, size.input}, tensorflowStyle());
    const Tensor x = trunk(builder.input(), true);
    const Tensor logits = [&] {
        const ModuleScope module(
            x,
            {.name = "head", .title = "Pool, linear", .kind = ModuleKind::Head, .group = "Head"});
        return x.globalAvgPool("pool").fc("fc", size.classes);
    }();
    return {
        .id = "inception_resnet_v1",
        .title = "Inception-ResNet v1",
        .family = "Inception-ResNet",
        .year = 2016,
        .paper = paper,
        .follows = "The figures: 5, 10 and 5 blocks between 256, 896 and 1792 channels.",
        .differences =
            {"Residuals are scaled by 0.17, 0.10 and 0.20: the paper says 0.1 to 0.3, the authors' "
             "code for v2 has these.",
             "The 1x1 that brings the channels back has a bias, no batch normalisation and no "
             "ReLU, as in all code.",
             "Known code (FaceNet's) adds a sixth block C and another head; see facenet."},
        .status = "as drawn: no ImageNet weights were published",
        .preprocessing = inceptionPreprocessing(scaledResize(342, 299, size.input)),
        .graph = builder.finish(logits, softmaxModule(logits)),
        .auxiliaryLogits = {},
    };
}

Network facenet(const Size& size)
{
    GraphBuilder builder({3, size.input, size.input}, tensorflowStyle());
    Tensor x = trunk(builder.input(), false);
    x = residualBlock(x, "block8", "ResNet-C 6", blockC(false), true);
    x = globalPoolModule(x, "avgpool_1a");
    const auto heading = [](std::string_view name, std::string_view title) {
        return ModuleHeading{
            .name = name, .title = title, .kind = ModuleKind::Head, .group = "Head"};
    };
    {
        const ModuleScope module(x, heading("last_linear", "Linear"));
        x = x.then("", FullyConnected{.outFeatures = 512, .bias = false});
    }
    {
        const ModuleScope module(x, heading("last_bn", "Batch norm"));
        x = x.then("", BatchNorm{});
    }
    {
        const ModuleScope module(x, heading("normalize", "L2 norm"));
        x = x.then("", L2Normalize{});
    }
    return {
        .id = "facenet",
        .title = "FaceNet (Inception-ResNet v1)",
        .family = "Inception-ResNet",
        .year = 2016,
        .paper = paper,
        .follows = "facenet-pytorch: Inception-ResNet v1 for faces. Instead of classes an "
                   "embedding in 512 dimensions, of length one (Schroff et al. 2015, "
                   "arXiv:1503.03832): faces of one person lie close together.",
        .differences =
            {"A sixth block C, unscaled and without ReLU, which the figures don't have.",
             "The head is a linear layer without bias, batch normalisation and division by the "
             "length.",
             "Pixels are (p - 127.5) / 128; older models whiten each picture on its own."},
        .status = {},
        .preprocessing =
            {.resize = size.input,
             .order = ChannelOrder::Rgb,
             .range = 255.0F,
             .mean = {127.5F, 127.5F, 127.5F},
             .scale = {1 / 128.0F, 1 / 128.0F, 1 / 128.0F}},
        .graph = builder.finish(),
        .auxiliaryLogits = {},
        .embedding = x.id(),
    };
}

} // namespace inceptoscope
