#include "error.h"
#include "experiments/parts.h"
#include "experiments/registry.h"

namespace inceptoscope {

namespace {

constexpr uint32_t drawnInput = 1152;

/// Block B of Inception-ResNet v2 as figure 17 draws it, with this many linear filters before the
/// sum.
Body blockB(uint32_t linear)
{
    return [=](const Tensor& x) {
        const Tensor joined = concat(
            {x.conv("branch0", 192, 1), x.conv("branch1_0", 128, 1)
                                            .conv("branch1_1", 160, {1, 7})
                                            .conv("branch1_2", 192, {7, 1})},
            "concat");
        const Tensor residual =
            linear == 0 ? joined
                        : joined.conv("linear", linear, 1, {.activation = Activation::None});
        return add(x, residual, {.scale = 0.1F, .activation = Activation::Relu});
    };
}

std::string refusalOf(uint32_t linear)
{
    try {
        (void)oneModule("Block B", {drawnInput, 17, 17}, blockB(linear));
        return {};
    } catch (const Error& error) {
        return error.what();
    }
}

ExperimentReport countShape(const SettingValues& values)
{
    const uint32_t width = values.whole("width");
    ExperimentReport report;
    report.sides = {
        side("1x1 linear to 1152", oneModule("Block B", {drawnInput, 17, 17}, blockB(1152)))};
    const std::string asked = refusalOf(width);
    const std::string without = refusalOf(0);
    if (asked.empty())
        report.sides.push_back(side(
            "1x1 linear to " + std::to_string(width),
            oneModule("Block B", {drawnInput, 17, 17}, blockB(width))));
    report.add(
        {.name = "refusal",
         .title = "with " + std::to_string(width) + " filters before the sum",
         .value = asked.empty() ? std::string("accepted") : asked});
    report.add(
        {.name = "refusal_without_linear",
         .title = "without the linear 1x1, 384 channels before the sum",
         .value = without.empty() ? std::string("accepted") : without});
    report.add(
        {.name = "accepted_width",
         .title = "filters that the sum accepts",
         .value = double(drawnInput),
         .decimals = 0});
    return report;
}

ExperimentVerdict judgeShape(const ExperimentReport& report)
{
    const uint32_t width = report.values.whole("width");
    std::string asked = refusalOf(width);
    if (const size_t place = asked.rfind(": "); place != std::string::npos)
        asked.erase(0, place + 2); // where in the graph: nobody who reads this knows it
    if (width == drawnInput)
        return {
            asked.empty() ? "holds: with 1152 filters the sum is accepted; try another width"
                          : "does not hold: " + asked,
            asked.empty()};
    return {
        asked.empty() ? "does not hold: " + std::to_string(width) + " filters are accepted"
                      : "holds: the sum is refused (" + asked + ")",
        !asked.empty()};
}

} // namespace

Experiment residualShape()
{
    return {
        .id = "residual-shape",
        .title = "A sum needs equal shapes",
        .chapter = "Inception-ResNet",
        .claim = "The residual sum needs equal shapes, hence the 1x1 without activation that "
                 "brings the channels back.",
        .source = "article, Inception-ResNet; Szegedy et al. 2016 (arXiv:1602.07261), section 3.2, "
                  "figures 10 to 19; figure 17 itself prints 1154",
        .settings =
            {{.name = "width",
              .title = "filters of the 1x1 before the sum",
              .least = 1024,
              .most = 1280,
              .step = 2,
              .standard = 1154,
              .words = {{1152, "1152 (as many as come in)"}, {1154, "1154 (as printed)"}}}},
        .count = countShape,
        .judge = judgeShape,
        .timed = false};
}

} // namespace inceptoscope
