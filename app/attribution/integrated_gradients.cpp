#include "attribution/evidence_run.h"

namespace inceptoscope {

namespace {

constexpr uint32_t fewestSteps = 32;
constexpr uint32_t mostSteps = 512;

/// The straight way from the baseline to the picture.
struct Path
{
    const std::vector<float>& from;
    std::vector<float> to;

    [[nodiscard]] std::vector<float> at(double share) const
    {
        std::vector<float> values(to.size());
        for (size_t i = 0; i < to.size(); ++i)
            values[i] = float(double(from[i]) + share * (double(to[i]) - double(from[i])));
        return values;
    }
};

/// A gradient on the way, added up in double precision.
void addGradient(EvidenceRun& run, const Path& path, double share, std::vector<double>& sums)
{
    run.setInput(path.at(share));
    (void)run.forward();
    run.backward();
    const std::vector<float> gradient = run.derivative(run.graph().input());
    for (size_t i = 0; i < sums.size(); ++i)
        sums[i] += double(gradient[i]);
}

void attribute(
    const Path& path, const std::vector<double>& ends, const std::vector<double>& inner,
    uint32_t steps, Evidence& evidence)
{
    double sum = 0;
    for (size_t i = 0; i < ends.size(); ++i) {
        const double mean = (ends[i] / 2 + inner[i]) / steps;
        const double share = (double(path.to[i]) - double(path.from[i])) * mean;
        evidence.attributions[i] = float(share);
        sum += share;
    }
    evidence.completeness->sum = sum;
    evidence.completeness->steps = steps;
}

} // namespace

std::vector<float> blackInput(const OpenedNetwork& opened)
{
    const Preprocessing& preprocessing = opened.network.preprocessing;
    const Shape& input = opened.network.graph[opened.network.graph.input()].shape;
    std::vector<float> values;
    for (size_t c = 0; c < input.c; ++c)
        values.insert(
            values.end(), input.pixels(),
            -preprocessing.mean.at(c) * preprocessing.scale.at(c)); // pixel 0 of Preprocessing
    return values;
}

/// The trapezoidal rule along the straight way, with twice the steps until the attributions add up
/// to the difference of the scores (Sundararajan et al. 2017, sections 3 and 5): points that were
/// run stay points.
void askIntegratedGradients(
    EvidenceRun& run, const std::vector<float>& baseline, Evidence& evidence)
{
    const Path path{baseline, run.read(run.graph().input())};
    evidence.attributions.assign(path.to.size(), 0.0F);
    evidence.completeness = Completeness{};
    std::vector<double> ends(evidence.inputGradient.begin(), evidence.inputGradient.end());
    std::vector<double> inner(path.to.size(), 0.0);
    run.setShare(0.01, 0.02);
    run.setInput(baseline);
    evidence.completeness->baselineScore = double(run.forward().at(evidence.classIndex));
    evidence.completeness->difference = evidence.score - evidence.completeness->baselineScore;
    run.backward();
    const std::vector<float> atBaseline = run.derivative(run.graph().input());
    for (size_t i = 0; i < ends.size(); ++i)
        ends[i] += double(atBaseline[i]);
    uint32_t done = 1; // steps whose inner points are in the sum
    for (uint32_t steps = fewestSteps; steps <= mostSteps; steps *= 2) {
        for (uint32_t i = 1; i < steps; ++i) {
            if (done > 1 && i % 2 == 0)
                continue;
            const double begin = double(i - 1) / steps;
            run.setShare(0.02 + 0.98 * begin, 0.02 + 0.98 * (begin + 1.0 / steps));
            addGradient(run, path, double(i) / steps, inner);
        }
        done = steps;
        attribute(path, ends, inner, steps, evidence);
        if (evidence.completeness->error() <= completenessBound)
            break;
    }
    evidence.map = channelSum(evidence.attributions, evidence.input);
}

} // namespace inceptoscope
