#include "zoo/googlenet.h"

#include "graph/builder.h"

namespace inceptoscope {

namespace {

/// Columns of table 1, Szegedy et al. 2014.
struct Widths
{
    uint32_t b1, b2Reduce, b2, b3Reduce, b3, b4;
};

Tensor inception(const Tensor& x, const std::string& row, const Widths& w)
{
    const ModuleScope module(x, "inception_" + row, "Inception " + row, ModuleKind::Inception);
    return concat({
        x.conv("1x1", w.b1, 1),
        x.conv("3x3_reduce", w.b2Reduce, 1).conv("3x3", w.b2, 3),
        x.conv("5x5_reduce", w.b3Reduce, 1).conv("5x5", w.b3, 5),
        x.maxPool("pool", 3, {.stride = 1, .padding = 1}).conv("pool_proj", w.b4, 1),
    });
}

/// Paper, section 5: average pool 5x5/3, 1x1 convolution with 128 filters, fully connected
/// with 1024 units, linear classifier. Used in training with weight 0.3 each.
Tensor auxiliary(const Tensor& x, const std::string& name, const std::string& title)
{
    const ModuleScope module(x, name, title, ModuleKind::Auxiliary);
    return x.avgPool("ave_pool", 5, {.stride = 3, .ceilMode = false})
        .conv("conv", 128, 1)
        .fc("fc", 1024, Activation::Relu)
        .fc("classifier", 1000);
}

Tensor
reduction(const Tensor& x, const std::string& name, const std::string& title, ModuleKind kind)
{
    const ModuleScope module(x, name, title, kind);
    return x.maxPool("3x3_s2", 3);
}

Tensor stem(Tensor x)
{
    {
        const ModuleScope module(x, "conv1", "Convolution 1", ModuleKind::Stem);
        x = x.conv("7x7_s2", 64, 7, {.stride = 2, .padding = 3});
    }
    {
        const ModuleScope module(x, "pool1", "Max pool 1 + LRN", ModuleKind::Stem);
        x = x.maxPool("3x3_s2", 3).lrn("norm1");
    }
    {
        const ModuleScope module(x, "conv2", "Convolution 2 + LRN", ModuleKind::Stem);
        x = x.conv("3x3_reduce", 64, 1).conv("3x3", 192, 3).lrn("norm2");
    }
    return reduction(x, "pool2", "Max pool 2", ModuleKind::Stem);
}

} // namespace

Network googlenet(uint32_t inputSize)
{
    GraphBuilder builder({3, inputSize, inputSize});
    Tensor x = stem(builder.input());
    x = inception(x, "3a", {64, 96, 128, 16, 32, 32});
    x = inception(x, "3b", {128, 128, 192, 32, 96, 64});
    x = reduction(x, "pool3", "Max pool 3", ModuleKind::Reduction);
    x = inception(x, "4a", {192, 96, 208, 16, 48, 64});
    const Tensor aux1 = auxiliary(x, "loss1", "Auxiliary head 1");
    x = inception(x, "4b", {160, 112, 224, 24, 64, 64});
    x = inception(x, "4c", {128, 128, 256, 24, 64, 64});
    x = inception(x, "4d", {112, 144, 288, 32, 64, 64});
    const Tensor aux2 = auxiliary(x, "loss2", "Auxiliary head 2");
    x = inception(x, "4e", {256, 160, 320, 32, 128, 128});
    x = reduction(x, "pool4", "Max pool 4", ModuleKind::Reduction);
    x = inception(x, "5a", {256, 160, 320, 32, 128, 128});
    x = inception(x, "5b", {384, 192, 384, 48, 128, 128});
    {
        const ModuleScope module(x, "pool5", "Average pool", ModuleKind::Head);
        x = x.globalAvgPool("7x7_s1");
    }
    const Tensor logits = [&] {
        const ModuleScope module(x, "loss3", "Linear", ModuleKind::Head);
        return x.fc("classifier", 1000);
    }();
    const Tensor probabilities = [&] {
        const ModuleScope module(logits, "prob", "Softmax", ModuleKind::Head);
        return logits.softmax("softmax");
    }();
    return {
        .id = "googlenet",
        .title = "GoogLeNet (Inception v1)",
        .paper = "Szegedy et al., Going Deeper with Convolutions, 2014 (arXiv:1409.4842), table 1",
        .follows = "The paper's table 1 as Caffe's bvlc_googlenet implements it: dense 7x7 stem, "
                   "LRN, 5x5 branches, biases, pools that round up. Where table 1 misprints "
                   "(parameters of 4a-5b, operations of 5a) the layers themselves decide.",
        .preprocessing =
            {.resize = (inputSize * 256 + 112) / 224,
             .order = ChannelOrder::Bgr,
             .range = 255.0F,
             .mean = {104.0F, 117.0F, 123.0F},
             .scale = {1, 1, 1}},
        .graph = builder.finish(logits, probabilities),
        .auxiliaryLogits = {aux1.id(), aux2.id()},
    };
}

} // namespace inceptoscope
