#include "zoo/networks.h"

namespace inceptoscope {

namespace {

/// Columns of table 1, Szegedy et al. 2014; the 5x5 column is a 3x3 here.
struct Widths
{
    uint32_t b1, b2Reduce, b2, b3Reduce, b3, b4;
};

Tensor inception(const Tensor& x, const std::string& row, const Widths& w)
{
    const std::string name = "inception" + row;
    const std::string title = "Inception " + row;
    const ModuleScope module(
        x, {.name = name,
            .title = title,
            .kind = ModuleKind::Inception,
            .group = "Inception",
            .drawn = "Szegedy et al. 2014, figure 2b with 3x3 for 5x5",
            .article = "module with dimension reductions (figure 2b)"});
    return concat({
        x.conv("branch1", w.b1, 1),
        x.conv("branch2.0", w.b2Reduce, 1).conv("branch2.1", w.b2, 3),
        x.conv("branch3.0", w.b3Reduce, 1).conv("branch3.1", w.b3, 3),
        x.maxPool("branch4.0", 3, {.stride = 1, .padding = 1}).conv("branch4.1", w.b4, 1),
    });
}

/// Adaptive windows instead of the paper's 5x5/3 ones, and batch normalisation.
Tensor auxiliary(const Tensor& x, const std::string& name, const std::string& title, uint32_t n)
{
    const ModuleScope module(
        x, {.name = name, .title = title, .kind = ModuleKind::Auxiliary, .group = "Auxiliary"});
    return x.then("pool", AdaptiveAvgPool2d{.out = {4, 4}})
        .conv("conv", 128, 1)
        .fc("fc1", 1024, Activation::Relu)
        .fc("fc2", n);
}

Tensor reduction(const Tensor& x, const std::string& number, uint32_t kernel)
{
    const std::string name = "maxpool" + number;
    const std::string title = "Max pool " + number;
    return maxPoolModule(
        x, {.name = name, .title = title, .kind = ModuleKind::Reduction, .group = "Reduction"},
        kernel);
}

Tensor stem(Tensor x)
{
    x = convModule(
        x, {.name = "conv1", .title = "Convolution 1", .group = "Stem"}, 64, 7,
        {.stride = 2, .padding = 3});
    x = maxPoolModule(x, {.name = "maxpool1", .title = "Max pool 1", .group = "Stem"}, 3);
    x = convModule(x, {.name = "conv2", .title = "Convolution 2", .group = "Stem"}, 64, 1);
    x = convModule(x, {.name = "conv3", .title = "Convolution 3", .group = "Stem"}, 192, 3);
    return maxPoolModule(x, {.name = "maxpool2", .title = "Max pool 2", .group = "Stem"}, 3);
}

} // namespace

Network googlenetBn(const Size& size)
{
    GraphBuilder builder({3, size.input, size.input}, tensorflowStyle());
    Tensor x = stem(builder.input());
    x = inception(x, "3a", {64, 96, 128, 16, 32, 32});
    x = inception(x, "3b", {128, 128, 192, 32, 96, 64});
    x = reduction(x, "3", 3);
    x = inception(x, "4a", {192, 96, 208, 16, 48, 64});
    const Tensor aux1 = auxiliary(x, "aux1", "Auxiliary head 1", size.classes);
    x = inception(x, "4b", {160, 112, 224, 24, 64, 64});
    x = inception(x, "4c", {128, 128, 256, 24, 64, 64});
    x = inception(x, "4d", {112, 144, 288, 32, 64, 64});
    const Tensor aux2 = auxiliary(x, "aux2", "Auxiliary head 2", size.classes);
    x = inception(x, "4e", {256, 160, 320, 32, 128, 128});
    x = reduction(x, "4", 2);
    x = inception(x, "5a", {256, 160, 320, 32, 128, 128});
    x = inception(x, "5b", {384, 192, 384, 48, 128, 128});
    const Classifier head = classify(x, {}, size.classes);
    return {
        .id = "googlenet_bn",
        .title = "GoogLeNet with batch norm",
        .family = "Inception v1",
        .year = 2014,
        .paper = "Szegedy et al., Going Deeper with Convolutions, 2014 (arXiv:1409.4842), table 1; "
                 "batch normalisation: Ioffe & Szegedy 2015 (arXiv:1502.03167)",
        .follows = "torchvision's googlenet: batch normalisation in place of biases, no LRN.",
        .differences =
            {"The branch that is 5x5 in the paper is 3x3 here: a slip taken over from TensorFlow's "
             "slim, kept because the published weights have it.",
             "Pool 4 is 2x2; the paper and Caffe have 3x3.",
             "The auxiliary heads pool adaptively to 4x4 instead of 5x5 with stride 3, and are "
             "untrained in the published weights.",
             "torchvision's weights expect pixels in -1..1 (its transform_input)."},
        .status = {},
        .preprocessing = inceptionPreprocessing(scaledResize(256, 224, size.input)),
        .graph = builder.finish(head.logits, head.probabilities),
        .auxiliaryLogits = {aux1.id(), aux2.id()},
    };
}

} // namespace inceptoscope
