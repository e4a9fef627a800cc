#include "zoo/networks.h"

namespace inceptoscope {

namespace {

/// Columns of table 1, Szegedy et al. 2014.
struct Widths
{
    uint32_t b1, b2Reduce, b2, b3Reduce, b3, b4;
};

Tensor inception(const Tensor& x, const std::string& row, const Widths& w)
{
    const RowNames names(row);
    const ModuleScope module(
        x, {.name = names.name,
            .title = names.title,
            .kind = ModuleKind::Inception,
            .group = "Inception",
            .drawn = "Szegedy et al. 2014, figure 2b",
            .article = "module with dimension reductions (figure 2b)",
            .alias = names.alias,
            .separator = "/"});
    return concat({
        x.conv("1x1", w.b1, 1),
        x.conv("3x3_reduce", w.b2Reduce, 1).conv("3x3", w.b2, 3),
        x.conv("5x5_reduce", w.b3Reduce, 1).conv("5x5", w.b3, 5),
        x.maxPool("pool", 3, {.stride = 1, .padding = 1}).conv("pool_proj", w.b4, 1),
    });
}

/// The paper's naive module: no reductions, and the pooled channels pass through, so that each
/// module has more of them than the one before.
Tensor naiveInception(const Tensor& x, const std::string& row, const Widths& w)
{
    const RowNames names(row, "Naive Inception");
    const ModuleScope module(
        x, {.name = names.name,
            .title = names.title,
            .kind = ModuleKind::Inception,
            .group = "Naive Inception",
            .drawn = "Szegedy et al. 2014, figure 2a",
            .article = "naive module (figure 2a)",
            .alias = names.alias,
            .separator = "/"});
    return concat({
        x.conv("1x1", w.b1, 1),
        x.conv("3x3", w.b2, 3),
        x.conv("5x5", w.b3, 5),
        x.maxPool("pool", 3, {.stride = 1, .padding = 1}),
    });
}

/// Paper, section 5: average pool 5x5/3, 1x1 convolution with 128 filters, fully connected
/// with 1024 units, linear classifier. Used in training with weight 0.3 each.
Tensor auxiliary(const Tensor& x, const std::string& name, const std::string& title, uint32_t n)
{
    const ModuleScope module(
        x, {.name = name,
            .title = title,
            .kind = ModuleKind::Auxiliary,
            .group = "Auxiliary",
            .separator = "/"});
    return x.avgPool("ave_pool", 5, {.stride = 3, .ceilMode = false})
        .conv("conv", 128, 1)
        .fc("fc", 1024, Activation::Relu)
        .fc("classifier", n);
}

/// A module whose nodes' names follow a slash, as in Caffe's file.
ModuleHeading
heading(std::string_view name, std::string_view title, ModuleKind kind, std::string_view group)
{
    return {.name = name, .title = title, .kind = kind, .group = group, .separator = "/"};
}

Tensor reduction(const Tensor& x, std::string_view name, std::string_view title)
{
    const ModuleScope module(x, heading(name, title, ModuleKind::Reduction, "Reduction"));
    return x.maxPool("3x3_s2", 3);
}

Tensor stem(Tensor x)
{
    {
        const ModuleScope module(x, heading("conv1", "Convolution 1", ModuleKind::Stem, "Stem"));
        x = x.conv("7x7_s2", 64, 7, {.stride = 2, .padding = 3});
    }
    {
        const ModuleScope module(x, heading("pool1", "Max pool 1 + LRN", ModuleKind::Stem, "Stem"));
        x = x.maxPool("3x3_s2", 3).lrn("norm1");
    }
    {
        const ModuleScope module(
            x, heading("conv2", "Convolution 2 + LRN", ModuleKind::Stem, "Stem"));
        x = x.conv("3x3_reduce", 64, 1).conv("3x3", 192, 3).lrn("norm2");
    }
    const ModuleScope module(x, heading("pool2", "Max pool 2", ModuleKind::Stem, "Stem"));
    return x.maxPool("3x3_s2", 3);
}

Classifier caffeHead(Tensor x, uint32_t classes)
{
    {
        const ModuleScope module(x, heading("pool5", "Average pool", ModuleKind::Head, "Head"));
        x = x.globalAvgPool("7x7_s1");
    }
    const Tensor logits = [&] {
        const ModuleScope module(x, heading("loss3", "Linear", ModuleKind::Head, "Head"));
        return x.fc("classifier", classes);
    }();
    const ModuleScope module(logits, heading("prob", "Softmax", ModuleKind::Head, "Head"));
    return {.logits = logits, .probabilities = logits.softmax("softmax")};
}

/// The network around its modules; `auxiliary` heads only where they were published.
struct Trunk
{
    Classifier head;
    std::vector<NodeId> auxiliaryLogits;
};

Trunk trunk(Tensor x, decltype(inception)* module, bool auxiliaryHeads, uint32_t classes)
{
    std::vector<NodeId> auxiliaryLogits;
    const auto addHead = [&](const char* name, const char* title) {
        if (auxiliaryHeads)
            auxiliaryLogits.push_back(auxiliary(x, name, title, classes).id());
    };
    x = stem(x);
    x = module(x, "3a", {64, 96, 128, 16, 32, 32});
    x = module(x, "3b", {128, 128, 192, 32, 96, 64});
    x = reduction(x, "pool3", "Max pool 3");
    x = module(x, "4a", {192, 96, 208, 16, 48, 64});
    addHead("loss1", "Auxiliary head 1");
    x = module(x, "4b", {160, 112, 224, 24, 64, 64});
    x = module(x, "4c", {128, 128, 256, 24, 64, 64});
    x = module(x, "4d", {112, 144, 288, 32, 64, 64});
    addHead("loss2", "Auxiliary head 2");
    x = module(x, "4e", {256, 160, 320, 32, 128, 128});
    x = reduction(x, "pool4", "Max pool 4");
    x = module(x, "5a", {256, 160, 320, 32, 128, 128});
    x = module(x, "5b", {384, 192, 384, 48, 128, 128});
    return {caffeHead(x, classes), std::move(auxiliaryLogits)};
}

Preprocessing preprocessing(uint32_t input)
{
    return {
        .resize = scaledResize(256, 224, input),
        .order = ChannelOrder::Bgr,
        .range = 255.0F,
        .mean = {104.0F, 117.0F, 123.0F},
        .scale = {1, 1, 1}};
}

} // namespace

Network googlenet(const Size& size)
{
    GraphBuilder builder({3, size.input, size.input});
    const Trunk made = trunk(builder.input(), inception, true, size.classes);
    return {
        .id = "googlenet",
        .title = "GoogLeNet (Inception v1)",
        .family = "Inception v1",
        .year = 2014,
        .paper = "Szegedy et al., Going Deeper with Convolutions, 2014 (arXiv:1409.4842), table 1",
        .follows = "The paper's table 1, in its details as Caffe's bvlc_googlenet: dense 7x7 stem, "
                   "LRN, 5x5 branches, biases, pools that round up.",
        .differences =
            {"Table 1 counts 2.7 K parameters and 34 M operations for the first layer, which fits "
             "a depthwise-separable 7x7. Caffe's and this one is dense: 9.4 K weights, 118 M MACs.",
             "Table 1 prints parameters for 4a to 5b that its own widths don't give, and 54 M "
             "operations for 5a (51 M). Here the layers themselves are counted.",
             "LRN divides alpha by the window's size, as Caffe and PyTorch do; TensorFlow's "
             "doesn't.",
             "The auxiliary heads sit on 4a and 4d and only help training."},
        .status = {},
        .preprocessing = preprocessing(size.input),
        .graph = builder.finish(made.head.logits, made.head.probabilities),
        .auxiliaryLogits = made.auxiliaryLogits,
    };
}

Network googlenetNaive(const Size& size)
{
    GraphBuilder builder({3, size.input, size.input});
    const Trunk made = trunk(builder.input(), naiveInception, false, size.classes);
    return {
        .id = "googlenet_naive",
        .title = "GoogLeNet with naive modules",
        .family = "Inception v1",
        .year = 2014,
        .paper =
            "Szegedy et al., Going Deeper with Convolutions, 2014 (arXiv:1409.4842), figure 2a "
            "with the widths of table 1",
        .follows = "A thought experiment: GoogLeNet's stem, widths and head, but each module "
                   "without its 1x1 reductions and pool projection, as figure 2a draws it.",
        .differences =
            {"The paper draws the naive module and explains why it isn't used; it gives no network "
             "of it.",
             "Pooled channels pass through whole and pile up from module to module: 416 after 3a, "
             "4944 after 5b."},
        .status = "thought experiment, never trained",
        .preprocessing = preprocessing(size.input),
        .graph = builder.finish(made.head.logits, made.head.probabilities),
        .auxiliaryLogits = {},
    };
}

} // namespace inceptoscope
