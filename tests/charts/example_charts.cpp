#include "charts/example_charts.h"

namespace inceptoscope {

namespace {

struct Version
{
    const char* name;
    double gigaMacs;
    double top1; ///< accuracy
    double megaParams;
};

/// Crowded on purpose: three pairs nearly coincide.
constexpr Version versions[] = {
    {"GoogLeNet (Inception v1)", 1.58, 0.698, 6.6},
    {"GoogLeNet, batch norm", 1.59, 0.700, 6.6},
    {"BN-Inception", 2.03, 0.735, 11.3},
    {"Inception v2 (slim)", 2.10, 0.739, 11.2},
    {"Inception v2 (article)", 4.80, 0.766, 25.0},
    {"Inception v3", 5.71, 0.788, 23.8},
    {"Inception v4", 12.27, 0.802, 42.7},
    {"Inception-ResNet v1", 7.20, 0.787, 33.0},
    {"Inception-ResNet v2", 13.16, 0.803, 55.8},
    {"Inception-ResNet v2, paper", 13.0, 0.801, 56},
    {"GoogLeNet, naive modules", 5.50, 0.0, 20.0},
};

} // namespace

BarChart exampleBars()
{
    BarChart chart{
        .title = "MACs of the versions",
        .note = "counted",
        .axis = {.title = "MACs"},
        .series = {{"counted", markOf(1)}, {"measured", markOf(0)}},
        .bars = {}};
    for (const Version& v : versions)
        chart.bars.push_back(
            {.label = v.name,
             .values =
                 {{.value = v.gigaMacs * 1e9, .text = shortNumber(v.gigaMacs * 1e9)},
                  {.value = v.gigaMacs * 0.9e9,
                   .text = "measured",
                   .low = v.gigaMacs * 0.8e9,
                   .high = v.gigaMacs * 1.1e9}},
             .tip = v.name});
    return chart;
}

Scatter exampleScatter()
{
    Scatter chart{
        .title = "Accuracy against MACs",
        .note = "single crop",
        .x = {.title = "MACs", .unit = {}, .log = true},
        .y = {.title = "top-1 accuracy", .unit = {}, .fromZero = false, .percent = true},
        .sizeTitle = "bubble area: params",
        .points = {},
        .legend = {},
        .front = true};
    for (const Version& v : versions)
        if (v.top1 > 0)
            chart.points.push_back(
                {.label = v.name,
                 .x = v.gigaMacs * 1e9,
                 .y = v.top1,
                 .size = v.megaParams,
                 .mark = markOf(int(chart.points.size())),
                 .tip = v.name});
    return chart;
}

Icicle exampleIcicle()
{
    const auto cell = [](const char* label, double value, int parent, int level, int kind) {
        return IcicleCell{
            .label = label,
            .valueText = QString::number(value),
            .value = value,
            .parent = parent,
            .level = level,
            .kind = kind,
            .tip = label};
    };
    return {
        .title = "Parts",
        .note = {},
        .cells =
            {cell("network", 100, -1, -1, -1), cell("Stem", 60, 0, 0, -1),
             cell("conv1", 40, 1, 1, 0), cell("conv2", 20, 1, 1, 1),
             cell("Inception", 30, 0, 0, -1), cell("3x3", 30, 4, 1, 1),
             cell("Classifier", 10, 0, 0, -1)},
        .columnWidths = {1, 1},
        .legend = {{"1×1 conv", markOf(0)}, {"3×3 conv", markOf(1)}}};
}

Roofline exampleRoofline()
{
    Roofline chart{
        .title = "Roofline",
        .note = "llvmpipe",
        .roofs =
            {{.label = "FMA 72 GFLOP/s", .gflops = 72},
             {.label = "read 12 GB/s", .gflops = 0, .gigabytes = 12},
             {.label = "copy 9 GB/s", .gflops = 0, .gigabytes = 9}},
        .dots = {},
        .legend = {{"1×1 conv", markOf(0)}, {"3×3 conv", markOf(1)}}};
    for (int i = 0; i < 40; ++i)
        chart.dots.push_back(
            {.label = QStringLiteral("inception_%1/3x3").arg(i),
             .intensity = 2 + 1.5 * i,
             .gflops = 10.0 + i,
             .weight = 0.01 * (i % 7),
             .kind = i % 4,
             .tip = QStringLiteral("op %1").arg(i)});
    return chart;
}

} // namespace inceptoscope
