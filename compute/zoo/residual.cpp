#include "zoo/residual.h"

namespace inceptoscope {

namespace {

constexpr ConvOptions halve{.stride = 2, .padding = 0};

Tensor branch(const Tensor& x, size_t index, const Steps& steps, bool numbersSingle)
{
    const std::string name = "branch" + std::to_string(index);
    if (steps.size() == 1 && !numbersSingle)
        return x.conv(name, steps[0].channels, steps[0].kernel);
    Tensor result = x;
    for (size_t i = 0; i < steps.size(); ++i)
        result = result.conv(name + "." + std::to_string(i), steps[i].channels, steps[i].kernel);
    return result;
}

} // namespace

Tensor residualBlock(
    const Tensor& x, const std::string& name, const std::string& title,
    const ResidualDesign& design, bool last)
{
    const ModuleScope module(
        x, {.name = name,
            .title = title,
            .kind = ModuleKind::Inception,
            .group = design.group,
            .drawn = design.drawn,
            .article = design.article});
    std::vector<Tensor> branches;
    for (const Steps& steps : design.branches)
        branches.push_back(branch(x, branches.size(), steps, design.numbersSingle));
    // The convolution that brings the channels back has a bias, but no batch normalisation.
    const Tensor residual =
        concat(branches, "concat")
            .conv(
                "conv2d", x.shape().c, 1,
                {.activation = Activation::None, .style = ConvStyle{.bias = true}});
    return add(
        x, residual,
        {.scale = last ? 1.0F : design.scale,
         .activation = last ? Activation::None : Activation::Relu});
}

Tensor residualBlocks(Tensor x, const std::string& prefix, uint32_t n, const ResidualDesign& design)
{
    const std::string letter(design.group.substr(design.group.size() - 1));
    for (uint32_t i = 0; i < n; ++i)
        x = residualBlock(
            x, prefix + "." + std::to_string(i), "ResNet-" + letter + " " + std::to_string(i + 1),
            design);
    return x;
}

Tensor residualReductionA(const Tensor& x, const ReductionWidths& w, bool numbersSingle)
{
    const ModuleScope module(
        x, {.name = "mixed_6a",
            .title = "Reduction A",
            .kind = ModuleKind::Reduction,
            .group = "Reduction-A",
            .drawn = "Szegedy et al. 2016, figure 7",
            .article = "reduction block A (figure 7)"});
    return concat({
        x.conv(numbersSingle ? "branch0.0" : "branch0", w.n, 3, halve),
        x.conv("branch1.0", w.k, 1).conv("branch1.1", w.l, 3).conv("branch1.2", w.m, 3, halve),
        x.maxPool("branch2", 3, {.ceilMode = false}),
    });
}

Tensor residualReductionB(const Tensor& x, const ReductionBWidths& w)
{
    const ModuleScope module(
        x, {.name = "mixed_7a",
            .title = "Reduction B",
            .kind = ModuleKind::Reduction,
            .group = "Reduction-B",
            .drawn = w.drawn,
            .article = w.article});
    return concat({
        x.conv("branch0.0", 256, 1).conv("branch0.1", w.b0, 3, halve),
        x.conv("branch1.0", 256, 1).conv("branch1.1", w.b1, 3, halve),
        x.conv("branch2.0", 256, 1)
            .conv("branch2.1", w.b2Middle, 3)
            .conv("branch2.2", w.b2, 3, halve),
        x.maxPool("branch3", 3, {.ceilMode = false}),
    });
}

Tensor residualStem(Tensor x)
{
    const auto heading = [](std::string_view name) {
        return ModuleHeading{
            .name = name,
            .title = name,
            .group = "Stem",
            .drawn = "Szegedy et al. 2016, figure 14"};
    };
    x = convModule(x, heading("conv2d_1a"), 32, 3, halve);
    x = convModule(x, heading("conv2d_2a"), 32, 3, {.padding = 0});
    x = convModule(x, heading("conv2d_2b"), 64, 3);
    x = maxPoolModule(x, heading("maxpool_3a"), 3, {.ceilMode = false});
    x = convModule(x, heading("conv2d_3b"), 80, 1);
    return convModule(x, heading("conv2d_4a"), 192, 3, {.padding = 0});
}

} // namespace inceptoscope
