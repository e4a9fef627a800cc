#include "ascii.h"
#include "experiments/optimiser_rules.h"
#include "experiments/parts.h"
#include "experiments/registry.h"

#include <array>
#include <cmath>

namespace inceptoscope {

namespace {

using Point = std::array<double, 2>;

/// A loss of two weights, where it starts, and its gradient written out.
struct Landscape
{
    const char* name;
    Point start;
    double (*loss)(const Point&);
    Point (*gradient)(const Point&);
};

/// Beale 1958: least, 0, at (3, 0.5).
double beale(const Point& p)
{
    const auto [x, y] = p;
    const double a = 1.5 - x + x * y;
    const double b = 2.25 - x + x * y * y;
    const double c = 2.625 - x + x * y * y * y;
    return a * a + b * b + c * c;
}

Point bealeGradient(const Point& p)
{
    const auto [x, y] = p;
    const double a = 1.5 - x + x * y;
    const double b = 2.25 - x + x * y * y;
    const double c = 2.625 - x + x * y * y * y;
    return {
        2 * (a * (y - 1) + b * (y * y - 1) + c * (y * y * y - 1)),
        2 * x * (a + 2 * b * y + 3 * c * y * y)};
}

const std::array<Landscape, 4>& landscapes()
{
    static const std::array<Landscape, 4> all = {{
        {"bowl",
         {-3, 2},
         [](const Point& p) { return (p[0] * p[0] + p[1] * p[1]) / 2; },
         [](const Point& p) { return p; }},
        {"ravine",
         {-7, 2},
         [](const Point& p) { return p[0] * p[0] / 200 + p[1] * p[1]; },
         [](const Point& p) {
             return Point{p[0] / 100, 2 * p[1]};
         }},
        // A saddle at (0, 0) between two valleys at y = -1 and 1.
        {"saddle",
         {2, 0.001},
         [](const Point& p) {
             const double v = p[1] * p[1];
             return p[0] * p[0] / 2 + v * v / 4 - v / 2 + 0.25;
         },
         [](const Point& p) {
             return Point{p[0], p[1] * p[1] * p[1] - p[1]};
         }},
        {"beale", {1, 1.2}, beale, bealeGradient},
    }};
    return all;
}

struct Path
{
    std::vector<double> x;
    std::vector<double> y;
    std::vector<double> loss;
};

/// Stops where a point has left every picture: it doesn't come back.
Path walk(
    const Landscape& landscape, OptimiserRule rule, const OptimiserRates& rates, uint32_t steps)
{
    constexpr double lost = 1e6;
    Path path;
    Point p = landscape.start;
    Point memory{};
    memory.fill(firstMemory(rule, rates));
    for (uint32_t i = 0; i <= steps; ++i) {
        path.x.push_back(p[0]);
        path.y.push_back(p[1]);
        path.loss.push_back(landscape.loss(p));
        const Point gradient = landscape.gradient(p);
        for (size_t axis = 0; axis < 2; ++axis)
            p.at(axis) += rule(gradient.at(axis), memory.at(axis), rates);
        if (!std::isfinite(p[0]) || !std::isfinite(p[1]) || std::hypot(p[0], p[1]) > lost)
            break;
    }
    return path;
}

constexpr std::array<double, 5> epsValues = {1e-10, 1e-8, 1e-4, 0.1, 1.0};

ExperimentReport countOptimisers(const SettingValues& values)
{
    const Landscape& landscape = landscapes().at(values.whole("loss"));
    const OptimiserRates rates{
        .step = values["step"],
        .momentum = values["momentum"],
        .decay = values["decay"],
        .eps = epsValues.at(values.whole("eps")),
        .epsInside = values.on("eps_inside")};
    struct Named
    {
        const char* name;
        const char* key;
        OptimiserRule rule;
    };
    ExperimentReport report;
    ExperimentPlot paths{
        .title = "paths", .xTitle = "weight 1", .yTitle = "weight 2", .curves = {}};
    ExperimentPlot losses{
        .title = "loss, step by step", .xTitle = "step", .yTitle = "loss", .curves = {}};
    for (const Named& one :
         {Named{"SGD", "sgd", sgdStep}, Named{"momentum", "momentum", momentumStep},
          Named{"RMSProp", "rmsprop", rmspropStep}}) {
        Path path = walk(landscape, one.rule, rates, values.whole("steps"));
        std::vector<double> at;
        for (size_t i = 0; i < path.loss.size(); ++i)
            at.push_back(double(i));
        const bool left = path.loss.size() <= values.whole("steps");
        report.add(
            {.name = std::string("loss_") + one.key,
             .title = std::string(one.name) + ": loss after " +
                      std::to_string(path.loss.size() - 1) + " steps" +
                      (left ? ", when it had left for good" : ""),
             .value = path.loss.back(),
             .decimals = 5});
        report.add(
            {.name = std::string("end_") + one.key,
             .title = std::string(one.name) + ": where it ends",
             .value = std::vector<double>{path.x.back(), path.y.back()},
             .decimals = 4});
        losses.curves.push_back({one.name, at, path.loss});
        paths.curves.push_back({one.name, std::move(path.x), std::move(path.y)});
    }
    report.plots = {std::move(paths), std::move(losses)};
    return report;
}

ExperimentVerdict judgeOptimisers(const ExperimentReport& report)
{
    const double plain = *report.number("loss_sgd");
    const double root = *report.number("loss_rmsprop");
    const bool holds = root < plain;
    const std::string losses = "after these steps the loss is " + ascii::general(root, 3) +
                               " with RMSProp, " + ascii::general(plain, 3) + " with SGD, " +
                               ascii::general(*report.number("loss_momentum"), 3) +
                               " with momentum";
    return {(holds ? "holds here: " : "does not hold here: ") + losses, holds};
}

} // namespace

Experiment optimisers()
{
    std::vector<std::string> names;
    for (const Landscape& landscape : landscapes())
        names.emplace_back(landscape.name);
    return {
        .id = "optimisers",
        .title = "SGD, momentum, RMSProp",
        .chapter = "Inception v3",
        .claim = "RMSProp, with which Inception v3 was trained, divides each weight's step by the "
                 "size of its recent gradients, and gets on where plain SGD creeps.",
        .source = "article, Inception v3; Szegedy et al. 2015 (arXiv:1512.00567), section 8; "
                  "Tieleman & Hinton 2012, lecture 6.5",
        .settings =
            {choiceSetting("loss", "loss of two weights", names, 1),
             {.name = "step",
              .title = "step size (learning rate)",
              .least = 0.01,
              .most = 1,
              .step = 0.01,
              .standard = 0.1},
             {.name = "momentum",
              .title = "momentum: what is kept of the last step",
              .least = 0,
              .most = 0.99,
              .step = 0.01,
              .standard = 0.9,
              .words = {{0, "0 (plain SGD)"}}},
             {.name = "decay",
              .title = "decay of RMSProp's mean square",
              .least = 0,
              .most = 0.99,
              .step = 0.01,
              .standard = 0.9,
              .words = {{0, "0 (this step's gradient alone)"}}},
             choiceSetting(
                 "eps", "eps, which keeps it from dividing by zero",
                 {"1e-10", "1e-8", "1e-4", "0.1", "1"}, 1),
             switchSetting("eps_inside", "eps under the root, as TensorFlow has it", false),
             {.name = "steps", .title = "steps", .least = 1, .most = 500, .standard = 100}},
        .count = countOptimisers,
        .judge = judgeOptimisers,
        .timed = false};
}

} // namespace inceptoscope
