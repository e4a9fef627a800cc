#include "experiments/parts.h"
#include "experiments/registry.h"

namespace inceptoscope {

namespace {

ExperimentReport countTwo(const SettingValues& values)
{
    const StandAt& at = depthOf(values);
    const uint32_t c = values.whole("channels");
    const Shape input{c, at.input.h, at.input.w};
    const Activation between = values.on("relu") ? Activation::Relu : Activation::None;
    ExperimentReport report;
    report.at = at.module;
    report.sides = {
        side(
            "one 5x5",
            oneModule("One 5x5", input, [&](const Tensor& x) { return x.conv("5x5", c, 5); })),
        side(
            "two 3x3",
            oneModule(
                "Two 3x3", input,
                [&](const Tensor& x) {
                    return x.conv("3x3_1", c, 3, {.activation = between}).conv("3x3_2", c, 3);
                })),
        side(
            "one 3x3",
            oneModule("One 3x3", input, [&](const Tensor& x) { return x.conv("3x3", c, 3); })),
    };
    addCostRatios(report);
    const double five = double(report.sides[0].cost.macs);
    report.ratio("5x5_to_3x3", five / double(report.sides[2].cost.macs));
    report.add(
        {.name = "fewer_macs_percent",
         .title = "MACs that two 3x3 save",
         .value = 100 * (1 - double(report.sides[1].cost.macs) / five),
         .unit = "%",
         .decimals = 1});
    report.add(
        {.name = "equal_receptive_fields",
         .title = "receptive fields of the 5x5 and of the two 3x3",
         .value = report.sides[0].receptiveField == report.sides[1].receptiveField
                      ? std::string("equal")
                      : std::string("different")});
    report.add(
        {.name = "nonlinearities",
         .title = "ReLUs on the way through the two 3x3",
         .value = values.on("relu") ? 2.0 : 1.0,
         .decimals = 0});
    return report;
}

} // namespace

Experiment twoThreeByThree()
{
    return {
        .id = "two-3x3",
        .title = "5x5 as two 3x3",
        .chapter = "Inception v2",
        .claim = "A 5x5 convolution costs 2.78 times a 3x3; two 3x3 in a row see as far as a 5x5 "
                 "and cost 28 % less.",
        .source = "article, Inception v2; Szegedy et al. 2015 (arXiv:1512.00567), section 3.1, "
                  "figures 1 and 5",
        .settings =
            {{.name = "channels",
              .title = "channels, in and out",
              .least = 8,
              .most = 192,
              .step = 8,
              .standard = 64},
             switchSetting("relu", "ReLU between the two 3x3", true),
             depthSetting()},
        .count = countTwo,
        .judge =
            [](const ExperimentReport& report) {
                const double fewer = report.number("fewer_macs_percent").value_or(0);
                const bool sameField =
                    report.sides[0].receptiveField == report.sides[1].receptiveField;
                return costVerdict(report, percent(fewer) + " fewer MACs", fewer > 0 && sameField);
            },
        .onPicture = true};
}

} // namespace inceptoscope
