#include "ascii.h"
#include "experiments/bench.h"
#include "experiments/matrices.h"
#include "experiments/parts.h"
#include "experiments/registry.h"
#include "weights/synthetic.h"

namespace inceptoscope {

namespace {

/// What a smaller copy of the three ways gets of the picture: the stem's last convolution.
constexpr const char* tryAt = "maxpool2";
constexpr Shape tryInput{32, 56, 56};

/// Convolutions of figure 10, half of the output; `stride` of their last ones.
std::vector<Tensor> convolutions(const Tensor& x, uint32_t half, uint32_t stride, bool same)
{
    const ConvOptions last{
        .stride = stride,
        .padding = stride == 1 || same ? std::optional<uint32_t>() : 0,
        .same = same};
    const uint32_t narrow = half / 5;    // 64 of 320
    const uint32_t deep = half * 3 / 10; // 96 of 320
    return {
        x.conv("3x3_reduce", narrow, 1).conv("3x3", half - deep, 3, last),
        x.conv("double_reduce", narrow, 1)
            .conv("double_1", deep, 3)
            .conv("double_2", deep, 3, last)};
}

Tensor halved(const Tensor& x, bool same)
{
    return x.maxPool("pool", 3, {.stride = 2, .same = same, .ceilMode = false});
}

/// Twice the channels: the convolutions beside a 1x1, in place of what a reduction pools.
Tensor doubled(const Tensor& x)
{
    std::vector<Tensor> branches = convolutions(x, x.shape().c, 1, false);
    branches.push_back(x.conv("1x1", x.shape().c, 1));
    return concat(branches);
}

Network poolFirst(const Shape& input, bool same)
{
    return oneModule(
        "Pool, then Inception", input, [=](const Tensor& x) { return doubled(halved(x, same)); });
}

Network poolLast(const Shape& input, bool same)
{
    return oneModule(
        "Inception, then pool", input, [=](const Tensor& x) { return halved(doubled(x), same); });
}

Network parallel(const Shape& input, bool same)
{
    return oneModule("Reduction in parallel", input, [=](const Tensor& x) {
        std::vector<Tensor> branches = convolutions(x, x.shape().c, 2, same);
        branches.push_back(halved(x, same));
        return concat(branches);
    });
}

ExperimentReport countBottleneck(const SettingValues& values)
{
    const uint32_t grid = values.whole("grid");
    const uint32_t channels = values.whole("channels");
    const Shape input{channels, grid, grid};
    ExperimentReport report;
    report.sides = {
        side("Inception, then pool", poolLast(input, false)),
        side("reduction in parallel", parallel(input, false)),
        side("pool, then Inception", poolFirst(input, false))};
    addCostRatios(report);
    report.add(
        {.name = "shape",
         .title = "in and out",
         .value = toString(input) + " to " + toString(report.sides[1].output)});
    return report;
}

/// The input's 2x2 pixels under each output pixel, a row each.
std::vector<float> blocksOf(const std::vector<float>& values, const Shape& shape)
{
    std::vector<float> blocks;
    blocks.reserve(values.size());
    for (uint32_t c = 0; c < shape.c; ++c)
        for (uint32_t dy = 0; dy < 2; ++dy)
            for (uint32_t dx = 0; dx < 2; ++dx)
                for (uint32_t y = dy; y < shape.h; y += 2)
                    for (uint32_t x = dx; x < shape.w; x += 2)
                        blocks.push_back(values[(size_t(c) * shape.h + y) * shape.w + x]);
    return blocks;
}

void rebuildInput(const SettingValues&, ExperimentReport& report, ExperimentBench& bench)
{
    const std::vector<float> input = bench.inputOf(tryAt, tryInput);
    const std::vector<float> target = blocksOf(input, tryInput);
    const size_t samples = size_t(tryInput.h / 2) * (tryInput.w / 2);
    const Network ways[] = {
        poolLast(tryInput, true), parallel(tryInput, true), poolFirst(tryInput, true)};
    const char* names[] = {"inception_then_pool", "parallel", "pool_then_inception"};
    for (size_t i = 0; i < std::size(ways); ++i) {
        const Graph& graph = ways[i].graph;
        const auto out = bench.run(graph, *syntheticWeights(graph, ""), input, {graph.size() - 1});
        const double error = reconstructionError(
            out[0], graph[graph.size() - 1].shape.c, target, size_t(tryInput.c) * 4, samples);
        report.add(
            {.name = std::string("lost_percent_") + names[i],
             .title = "what a linear map can't rebuild of the input, " + report.sides[i].title,
             .value = 100 * error,
             .unit = "%",
             .decimals = 1});
    }
    report.add(
        {.name = "rebuilt",
         .title = "rebuilt",
         .value = bench.inputText(tryAt, tryInput) +
                  ", from twice the channels on half the grid, random weights"});
}

ExperimentVerdict judgeBottleneck(const ExperimentReport& report)
{
    const double cheaper = 100 * (1 - report.ratioOf("macs"));
    const std::string paper = "the parallel reduction has " + percent(cheaper) +
                              " fewer MACs than Inception before pooling";
    const auto kept = report.number("lost_percent_parallel");
    const auto narrow = report.number("lost_percent_pool_then_inception");
    if (cheaper <= 0)
        return {"does not hold: " + paper, false};
    if (!kept || !narrow)
        return {"holds on paper: " + paper + "; what is lost was not tried", std::nullopt};
    const std::string lost =
        "of the picture's maps it loses " + percent(*kept) + ", pooling first " + percent(*narrow);
    const bool holds = *kept < *narrow;
    std::string text = holds
                           ? "holds: " + paper + ", and " + lost
                           : "holds for the cost, not for what is lost: " + paper + ", but " + lost;
    const std::string speed = speedText(report.sides[1].timeRatio);
    if (!speed.empty())
        text += "; " + speed;
    return {text, holds};
}

} // namespace

Experiment bottleneck()
{
    return {
        .id = "bottleneck",
        .title = "No representational bottleneck",
        .chapter = "Inception v2",
        .claim = "Pooling before the module squeezes the representation, pooling after it is "
                 "expensive; convolution and pooling in parallel are neither.",
        .source = "article, Inception v2 and v4; Szegedy et al. 2015 (arXiv:1512.00567), sections "
                  "2 and 5, figures 9 and 10",
        .settings =
            {{.name = "grid",
              .title = "rows and columns before",
              .least = 9,
              .most = 71,
              .step = 2,
              .standard = 35,
              .words = {{35, "35 (the paper's)"}}},
             {.name = "channels",
              .title = "channels before",
              .least = 40,
              .most = 640,
              .step = 40,
              .standard = 320,
              .words = {{320, "320 (the paper's)"}}}},
        .count = countBottleneck,
        .measure = rebuildInput,
        .judge = judgeBottleneck,
        .onPicture = true};
}

} // namespace inceptoscope
