#include "zoo/networks.h"

namespace inceptoscope {

namespace {

constexpr ConvOptions halve{.stride = 2, .padding = 0};

/// Averages leave the padding out, as in the authors' framework.
Tensor averagePool(const Tensor& x)
{
    return x.avgPool(
        "pool.0", 3, {.stride = 1, .padding = 1, .ceilMode = false, .countIncludePad = false});
}

Tensor halvePool(const Tensor& x)
{
    return x.maxPool("pool", 3, {.ceilMode = false});
}

Tensor moduleA(const Tensor& x, const std::string& number)
{
    const std::string name = "a" + number;
    const std::string title = "Module A " + number;
    const ModuleScope module(
        x, {.name = name,
            .title = title,
            .kind = ModuleKind::Inception,
            .group = "Inception-A",
            .drawn = "Szegedy et al. 2015, figure 5",
            .article = "module A (figure 5)"});
    return concat({
        x.conv("b1x1.0", 64, 1),
        x.conv("b3x3.0", 48, 1).conv("b3x3.1", 64, 3),
        x.conv("b3x3dbl.0", 64, 1).conv("b3x3dbl.1", 96, 3).conv("b3x3dbl.2", 96, 3),
        averagePool(x).conv("pool.1", 64, 1),
    });
}

Tensor reductionA(const Tensor& x)
{
    const ModuleScope module(
        x, {.name = "reduction_a",
            .title = "Reduction A",
            .kind = ModuleKind::Reduction,
            .group = "Reduction-A",
            .drawn = "Szegedy et al. 2015, figure 10",
            .article = "grid size reduction (figure 10)"});
    return concat({
        x.conv("b3x3.0", 384, 3, halve),
        x.conv("b3x3dbl.0", 64, 1).conv("b3x3dbl.1", 96, 3).conv("b3x3dbl.2", 96, 3, halve),
        halvePool(x),
    });
}

Tensor moduleB(const Tensor& x, const std::string& number, uint32_t c7)
{
    const std::string name = "b" + number;
    const std::string title = "Module B " + number;
    const ModuleScope module(
        x, {.name = name,
            .title = title,
            .kind = ModuleKind::Inception,
            .group = "Inception-B",
            .drawn = "Szegedy et al. 2015, figure 6 with n = 7",
            .article = "module B (figure 6)"});
    return concat({
        x.conv("b1x1.0", 192, 1),
        x.conv("b7x7.0", c7, 1).conv("b7x7.1", c7, {1, 7}).conv("b7x7.2", 192, {7, 1}),
        x.conv("b7x7dbl.0", c7, 1)
            .conv("b7x7dbl.1", c7, {7, 1})
            .conv("b7x7dbl.2", c7, {1, 7})
            .conv("b7x7dbl.3", c7, {7, 1})
            .conv("b7x7dbl.4", 192, {1, 7}),
        averagePool(x).conv("pool.1", 192, 1),
    });
}

Tensor reductionB(const Tensor& x)
{
    const ModuleScope module(
        x, {.name = "reduction_b",
            .title = "Reduction B",
            .kind = ModuleKind::Reduction,
            .group = "Reduction-B",
            .drawn = "Szegedy et al. 2015, figure 10",
            .article = "grid size reduction (figure 10)"});
    return concat({
        x.conv("b3x3.0", 192, 1).conv("b3x3.1", 320, 3, halve),
        x.conv("b7x7x3.0", 192, 1)
            .conv("b7x7x3.1", 192, {1, 7})
            .conv("b7x7x3.2", 192, {7, 1})
            .conv("b7x7x3.3", 192, 3, halve),
        halvePool(x),
    });
}

/// 1x3 and 3x1 side by side.
Tensor fork(const Tensor& x, const std::string& branch)
{
    return concat(
        {x.conv(branch + ".a.0", 384, {1, 3}), x.conv(branch + ".b.0", 384, {3, 1})}, branch);
}

Tensor moduleC(const Tensor& x, const std::string& number)
{
    const std::string name = "c" + number;
    const std::string title = "Module C " + number;
    const ModuleScope module(
        x, {.name = name,
            .title = title,
            .kind = ModuleKind::Inception,
            .group = "Inception-C",
            .drawn = "Szegedy et al. 2015, figure 7",
            .article = "module C (figure 7)"});
    return concat({
        x.conv("b1x1.0", 320, 1),
        fork(x.conv("b3x3.pre.0", 384, 1), "b3x3"),
        fork(x.conv("b3x3dbl.pre.0", 448, 1).conv("b3x3dbl.pre.1", 384, 3), "b3x3dbl"),
        averagePool(x).conv("pool.1", 192, 1),
    });
}

Tensor
stemConv(const Tensor& x, const std::string& number, uint32_t channels, const ConvOptions& options)
{
    const std::string name = "stem" + number;
    const std::string title = "Convolution " + number;
    const ModuleScope module(x, {.name = name, .title = title, .group = "Stem"});
    return x.conv("0", channels, 3, options);
}

/// The first seven rows of table 1, literally; the last is padded so that it keeps 35x35.
Tensor stem(Tensor x)
{
    x = stemConv(x, "1", 32, halve);
    x = stemConv(x, "2", 32, {.padding = 0});
    x = stemConv(x, "3", 64, {});
    x = maxPoolModule(
        x, {.name = "stem_pool", .title = "Max pool", .group = "Stem"}, 3, {.ceilMode = false});
    x = stemConv(x, "4", 80, {.padding = 0});
    x = stemConv(x, "5", 192, halve);
    return stemConv(x, "6", 288, {});
}

} // namespace

Network inceptionV2(const Size& size)
{
    GraphBuilder builder({3, size.input, size.input}, tensorflowStyle());
    Tensor x = stem(builder.input());
    for (const char* number : {"1", "2", "3"})
        x = moduleA(x, number);
    x = reductionA(x);
    constexpr uint32_t widths[] = {128, 160, 160, 160, 192};
    for (uint32_t i = 0; i < std::size(widths); ++i)
        x = moduleB(x, std::to_string(i + 1), widths[i]);
    x = reductionB(x);
    x = moduleC(x, "1");
    x = moduleC(x, "2");
    const Tensor logits = [&] {
        const ModuleScope module(
            x,
            {.name = "head", .title = "Pool, linear", .kind = ModuleKind::Head, .group = "Head"});
        return x.globalAvgPool("pool").fc("fc", size.classes);
    }();
    return {
        .id = "inception_v2",
        .title = "Inception v2 (the article's table)",
        .family = "Inception v2",
        .year = 2015,
        .paper = "Szegedy et al., Rethinking the Inception Architecture, 2015 (arXiv:1512.00567), "
                 "table 1, figures 5, 6, 7, 10",
        .follows = "A reading of table 1: its rows literally, three modules A, five B, two C, with "
                   "the filter widths of v3's released code, since the paper gives none.",
        .differences =
            {"Its 26.0 M parameters, 6.35 G MACs and 54 layers follow from that reading; the 3.8 G "
             "operations and 42 layers that the paper states can't be reproduced.",
             "The row of the last stem convolution keeps 35x35 and so must be padded, though only "
             "another row is marked so.",
             "The text of section 6 calls the modules figures 5 and 6 where the table says 5, 6 "
             "and 7.",
             "The authors call Inception v3's code the best reference."},
        .status = "a reading: the paper leaves the widths open",
        .preprocessing = inceptionPreprocessing(scaledResize(342, 299, size.input)),
        .graph = builder.finish(logits, softmaxModule(logits)),
        .auxiliaryLogits = {},
    };
}

} // namespace inceptoscope
